import type { Ari } from './ari.ts';
import type { AriChannel } from './ari-events.ts';
import { type Call, callOf, readLegId } from './call.ts';
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
  /** Brought in line with what is held. */
  readonly calls: Map<string, Call>;
  /** Channels whose beginning in Stasis is still to be told as an event. */
  readonly justStarted: ReadonlySet<string>;
  readonly playbacks: Playbacks;
  readonly transfers: Transfers;
  readonly voicemails: Voicemails;
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
 */
export async function takeOver(held: Held, parts: Parts): Promise<void> {
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
    await Promise.all([parts.playbacks.reconcile(call), parts.voicemails.reconcile(call)]);
  }
  for (const { channel, args } of held.channels) {
    if (args?.[0] !== 'offered' || parts.justStarted.has(channel.id) || calls.has(channel.id)) continue;
    const call = callOf(channel, args);
    calls.set(call.callId, call);
    await Promise.all([parts.playbacks.adopt(call), parts.voicemails.adopt(call)]);
  }
  for (const call of calls.values()) {
    const { transfer } = call;
    if (transfer !== null && !there.has(transfer.legId)) transfers.legEnded(call, transfer, null, null);
  }
  for (const leg of held.channels) takeOverLeg(leg, held, known, parts);
  for (const call of calls.values()) {
    // The leg may have gone while nobody was there to end the ring tone.
    if (call.transfer === null && !known.has(call.callId))
      await Promise.all([transfers.stopRinging(call), parts.afterTalk(call)]);
  }
  const talking = new Set([...calls.values()].map((call) => call.transfer?.legId));
  for (const bridgeId of held.bridgeIds) {
    if (!talking.has(bridgeId)) parts.background(transfers.removeBridge(bridgeId), 'orphan bridge');
  }
}

function takeOverLeg(
  { channel, args }: HeldChannel,
  held: Held,
  known: ReadonlySet<string>,
  parts: Parts,
): void {
  const { calls, justStarted, transfers, background } = parts;
  const leg = readLegId(channel.id);
  if (leg === null) return;
  const call = calls.get(leg.callId);
  if (call === undefined) {
    background(transfers.hangUpLeg(channel.id), 'leg without a call');
    return;
  }
  const bridged = held.bridgeOf.has(channel.id);
  if (call.transfer === null && !known.has(call.callId)) {
    const rang = channel.state !== 'Down';
    const ringing = channel.state === 'Ringing';
    const state = bridged ? 'talking' : ringing ? 'ringing' : 'placed';
    call.transfer = {
      id: leg.id,
      legId: channel.id,
      dialling: null,
      trunkId: parts.trunkOf(channel),
      state,
      rang,
    };
  }
  const { transfer } = call;
  if (transfer?.legId !== channel.id) {
    // Ended by our own order, which was not heard.
    background(transfers.hangUpLeg(channel.id), 'leg that was given up');
    return;
  }
  if (args === null || bridged || justStarted.has(channel.id)) return;
  // Answered while nobody looked: goes on as if the answer came now.
  background(transfers.answered(call, transfer, args), 'answered leg');
}
