import type { Ari } from './ari.ts';
import type { AriChannel } from './ari-events.ts';
import { ATTEMPT_ARGUMENT } from './attempt.ts';
import { attemptCallOf, type Call, callOf, type Leg, readLegId } from './call.ts';
import { type Forwards, forwardedCallOf } from './forwards.ts';
import { isMarkedAsOverflow } from './overflow-mark.ts';
import { readPlacedBridgeId } from './placed-call.ts';
import type { Playbacks } from './playbacks.ts';
import type { Transfers } from './transfers.ts';
import type { Voicemails } from './voicemails.ts';

/** What the engine holds at one moment. */
export type Held = {
  readonly channels: readonly HeldChannel[];
  readonly bridgeIds: readonly string[];
  /** Bridge id by channel id. */
  readonly bridgeOf: ReadonlyMap<string, string>;
};

type HeldChannel = {
  readonly channel: AriChannel;
  /** What the dialplan gave to Stasis, null while the channel is not in Stasis. */
  readonly args: readonly string[] | null;
};

/** What happened before a connection is not told again, so it is read from lists. */
export async function readHeld(ari: Ari): Promise<Held> {
  const [channels, bridges] = await Promise.all([ari.channels(), ari.bridges()]);
  return {
    channels: channels.map((channel) => ({
      channel,
      args: channel.dialplan.app_name === 'Stasis' ? channel.dialplan.app_data.split(',').slice(1) : null,
    })),
    bridgeIds: bridges.map(({ id }) => id),
    bridgeOf: new Map(
      bridges.flatMap(({ id, channels: inside }) => inside.map((channelId) => [channelId, id])),
    ),
  };
}

type Parts = {
  readonly ari: Ari;
  /** Brought in line with what is held. */
  readonly calls: Map<string, Call>;
  /** Channels whose beginning in Stasis is still to be told as an event. */
  readonly justStarted: ReadonlySet<string>;
  readonly playbacks: Playbacks;
  readonly transfers: Transfers;
  readonly forwards: Forwards;
  readonly voicemails: Voicemails;
  /** What an attempt dialled, null where an earlier life of this process did. */
  readonly dialledNumbers: (
    attemptId: string,
  ) => { readonly to: string; readonly calledNumber: string } | null;
  /** Id of the trunk that carries a channel. */
  readonly trunkOf: (channel: AriChannel) => string | null;
  readonly background: (work: Promise<unknown>, what: string) => void;
  /** A talk may have ended unseen. */
  readonly afterTalk: (call: Call) => Promise<void>;
  /** Reports the answer of a call, once. */
  readonly answered: (call: Call) => void;
  /** Reports the end of a call that is no longer there. */
  readonly ended: (call: Call) => void;
};

/**
 * Makes the calls what the engine holds. Calls of an earlier life of this process are taken up and silenced; of calls that were
 * known, what changed meanwhile is reported. Legs and bridges that belong to no call are removed.
 * @returns calls that nobody has answered, in the order in which they came. Whether an earlier life of this process had let them in cannot
 *   be seen: they are still to come through the door, where all before them are counted.
 */
export async function takeOver(held: Held, parts: Parts): Promise<readonly Call[]> {
  const { calls, transfers } = parts;
  const known = new Set(calls.keys());
  const there = new Map(held.channels.map(({ channel }) => [channel.id, channel]));
  for (const call of [...calls.values()]) {
    const channel = there.get(call.callId);
    if (channel === undefined) {
      parts.ended(call);
      continue;
    }
    if (channel.state === 'Up') parts.answered(call);
    if (call.forward !== null) continue;
    await Promise.all([parts.playbacks.reconcile(call), parts.voicemails.reconcile(call)]);
  }
  const newcomers: Call[] = [];
  for (const { channel, args } of held.channels) {
    if (args === null || parts.justStarted.has(channel.id) || calls.has(channel.id)) continue;
    const call = callIn(channel, args, parts);
    if (call === null) continue;
    const [isOverflow] = await Promise.all([
      isMarkedAsOverflow(parts.ari, call.callId),
      parts.playbacks.adopt(call),
      parts.voicemails.adopt(call),
    ]);
    if (isOverflow) call.admission = 'overflow';
    if (isOverflow || call.answered) calls.set(call.callId, call);
    else newcomers.push(call);
  }
  for (const { channel } of held.channels) {
    const call = calls.has(channel.id) ? null : forwardedCallOf(channel, parts.trunkOf(channel));
    if (call !== null) calls.set(call.callId, call);
  }
  for (const call of calls.values())
    if (call.forward !== null) parts.background(parts.forwards.listenTo(call.callId), 'forwarded call');
  for (const call of calls.values()) {
    const { transfer } = call;
    if (transfer === null) continue;
    for (const leg of [...transfer.legs.values()]) {
      if (!there.has(leg.legId)) transfers.legEnded(call, transfer, leg, null, null);
    }
  }
  for (const leg of newestFirst(held.channels)) takeOverLeg(leg, held, known, parts);
  for (const call of calls.values()) {
    if (known.has(call.callId) || call.forward !== null) continue;
    // The legs may have gone while nobody was there to end the ring tone.
    call.ringTone = true;
    transfers.tuneRinging(call);
    if (call.transfer === null) await parts.afterTalk(call);
  }
  const talking = new Set([...calls.values()].flatMap((call) => [...(call.transfer?.legs.keys() ?? [])]));
  for (const bridgeId of held.bridgeIds) {
    if (!talking.has(bridgeId) && readPlacedBridgeId(bridgeId) === null)
      parts.background(transfers.removeBridge(bridgeId), 'orphan bridge');
  }
  return newcomers.toSorted((one, other) => placeInLine(one.callId) - placeInLine(other.callId));
}

/** A received call, or an attempt that was answered; null where the channel is neither's. */
function callIn(channel: AriChannel, args: readonly string[], parts: Parts): Call | null {
  if (args[0] === 'offered') return callOf(channel, args);
  return args[0] === ATTEMPT_ARGUMENT
    ? attemptCallOf(channel, parts.dialledNumbers(channel.id), parts.trunkOf(channel))
    : null;
}

/** The engine counts its channels upward. */
function placeInLine(callId: string): number {
  return Number(callId.slice(callId.lastIndexOf('.') + 1));
}

/** Of two transfers of one call the flow has given up the older one. */
function newestFirst(channels: readonly HeldChannel[]): readonly HeldChannel[] {
  const idOf = ({ channel }: HeldChannel) => readLegId(channel.id)?.id ?? -1;
  return channels.toSorted((one, other) => idOf(other) - idOf(one));
}

function takeOverLeg(held: HeldChannel, all: Held, known: ReadonlySet<string>, parts: Parts): void {
  const { channel, args } = held;
  const { calls, justStarted, transfers, background } = parts;
  const named = readLegId(channel.id);
  if (named === null) return;
  const call = calls.get(named.callId);
  if (call === undefined) {
    background(transfers.hangUpLeg(channel.id), 'leg without a call');
    return;
  }
  const bridged = all.bridgeOf.has(channel.id);
  const adopted = !known.has(call.callId);
  if (adopted) {
    call.transfer ??= { id: named.id, legs: new Map(), failures: [], whisper: null };
    if (call.transfer.id === named.id)
      call.transfer.legs.set(channel.id, legAsFound(held, named.target, bridged, parts));
  }
  const { transfer } = call;
  const leg = transfer?.legs.get(channel.id);
  if (transfer === null || leg === undefined) {
    // Ended by our own order, which was not heard.
    background(transfers.hangUpLeg(channel.id), 'leg that was given up');
    return;
  }
  if (args === null || bridged || justStarted.has(channel.id)) return;
  if (adopted && leg.state === 'whispering') {
    // Nobody knows how much of it was heard, or whether the key was pressed.
    background(transfers.hangUpLeg(channel.id), 'leg that was whispered to');
    return;
  }
  // Answered while nobody looked: goes on as if the answer came now.
  background(transfers.answered(call, transfer, leg, args), 'answered leg');
}

function legAsFound({ channel, args }: HeldChannel, target: number, bridged: boolean, parts: Parts): Leg {
  const whispering = args?.[0] === 'leg' && args.includes('whisper');
  const state = bridged
    ? 'talking'
    : whispering
      ? 'whispering'
      : channel.state === 'Ringing'
        ? 'ringing'
        : 'placed';
  return {
    target,
    legId: channel.id,
    to: null,
    trunkId: parts.trunkOf(channel),
    presented: null,
    state,
    rang: channel.state !== 'Down',
  };
}
