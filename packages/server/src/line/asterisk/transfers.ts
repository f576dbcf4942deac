import { jointFailure } from '@madoguchi/flow';
import type { LineEvent, RungTelephone, TransferOrder } from '../port.ts';
import type { Ari } from './ari.ts';
import { AriError, isGone, isUnanswered } from './ari-error.ts';
import { type Call, type Leg, type LegFailure, legIdOf, readLegId, type Transfer } from './call.ts';
import { routeTo } from './leg-route.ts';
import { classifyTransferFailure } from './transfer-failure.ts';
import type { Trunks } from './trunks.ts';
import { WHISPER_VARIABLE, Whispers } from './whispers.ts';

/** As in `telephony/src/asterisk/dialplan.ts`, which this adapter is generated for. */
const RECORDING_VARIABLE = 'MADOGUCHI_RECORDING';
const RECORD_CONTEXT = 'record';

export type TransferOptions = { readonly application: string };

/** The second legs of a call, from placing them to their end. The channel of a leg and its bridge share their id. */
export class Transfers {
  readonly #ari: Ari;
  readonly #emit: (event: LineEvent) => void;
  readonly #options: TransferOptions;
  readonly #trunks: Trunks;
  readonly #background: (work: Promise<unknown>, what: string) => void;
  readonly #beforeTalk: (call: Call) => Promise<void>;
  readonly whispers: Whispers;
  readonly #afterTalk: (call: Call) => Promise<void>;

  constructor(parts: {
    readonly ari: Ari;
    readonly emit: (event: LineEvent) => void;
    readonly options: TransferOptions;
    readonly trunks: Trunks;
    /** Runs work that nobody waits for; logs its failure. */
    readonly background: (work: Promise<unknown>, what: string) => void;
    readonly beforeTalk: (call: Call) => Promise<void>;
    /** The caller stays when the talk is over, or may be over. */
    readonly afterTalk: (call: Call) => Promise<void>;
  }) {
    this.#ari = parts.ari;
    this.#emit = parts.emit;
    this.#options = parts.options;
    this.#trunks = parts.trunks;
    this.#background = parts.background;
    this.#beforeTalk = parts.beforeTalk;
    this.whispers = new Whispers(parts.ari, parts.background);
    this.#afterTalk = parts.afterTalk;
  }

  async place(call: Call, order: TransferOrder): Promise<void> {
    const { to, ringTimeoutMs, target = 0, alsoRing = [], whisper = null } = order;
    const transfer: Transfer = { id: order.id, legs: new Map(), failures: [], whisper };
    call.transfer = transfer;
    const rung = [{ target, to, ringTimeoutMs }, ...alsoRing].map((telephone) => ({
      telephone,
      leg: this.#legTo(call, order, telephone),
    }));
    // All are known before the first is dialled: the failure of one is not yet the failure of the transfer.
    for (const { leg } of rung) transfer.legs.set(leg.legId, leg);
    await Promise.all(rung.map(({ leg, telephone }) => this.#dial(call, transfer, order, leg, telephone)));
  }

  #legTo(call: Call, order: TransferOrder, { target, to }: RungTelephone): Leg {
    return {
      target,
      legId: legIdOf(call.callId, order.id, target),
      to,
      trunkId: null,
      presented: null,
      state: 'placed',
      rang: false,
    };
  }

  async #dial(
    call: Call,
    transfer: Transfer,
    { recordingPath, whisper, calledNumber, presented }: TransferOrder,
    leg: Leg,
    { to, ringTimeoutMs }: RungTelephone,
  ): Promise<void> {
    const { legId } = leg;
    const route = routeTo(to, this.#trunks, call, calledNumber, presented);
    if (route === 'noLine' || route === 'notDialable') {
      transfer.legs.delete(legId);
      this.#cameToNothing(call, transfer, { reason: route, sipCode: null, q850Cause: null });
      return;
    }
    leg.trunkId = route.trunkId;
    leg.presented = route.presented;
    const flags = [
      ...(recordingPath === null ? [] : ['recorded']),
      ...(whisper === undefined ? [] : ['whisper']),
    ];
    const variables = {
      ...(recordingPath === null ? {} : { [RECORDING_VARIABLE]: recordingPath }),
      ...(whisper === undefined ? {} : { [WHISPER_VARIABLE]: JSON.stringify(whisper) }),
    };
    try {
      await this.#ari.request(
        'POST',
        `channels/${legId}`,
        {
          endpoint: route.endpoint,
          app: this.#options.application,
          appArgs: ['leg', ...flags].join(','),
          ...(route.callerId === null ? {} : { callerId: route.callerId }),
          timeout: String(Math.ceil(ringTimeoutMs / 1000)),
          originator: call.callId,
        },
        flags.length === 0 ? undefined : { variables },
      );
    } catch (error) {
      if (call.transfer !== transfer || !transfer.legs.has(legId)) return;
      // 409: this very leg was placed before; what becomes of it is reported as events.
      if (error instanceof AriError && error.status === 409) return;
      // Without an answer it may be dialled all the same: its events tell, or the take-over after a loss of the connection.
      if (isUnanswered(error)) return;
      if (!(error instanceof AriError)) {
        await this.end(call, transfer);
        throw error;
      }
      transfer.legs.delete(legId);
      this.#failed(call, transfer, leg, null, null);
    }
  }

  /** The leg rings, or its network plays something of its own (183): the caller hears our ring tone, never the network's sound. */
  ringing(call: Call, transfer: Transfer, leg: Leg): void {
    if (leg.state !== 'placed') return;
    const first = ![...transfer.legs.values()].some(({ rang }) => rang);
    leg.state = 'ringing';
    leg.rang = true;
    this.tuneRinging(call);
    if (first) this.#emit({ type: 'transferRinging', callId: call.callId, id: transfer.id });
  }

  /** The leg was answered (`leg`), or came back from the dialplan that records it (`recorded`). */
  async answered(call: Call, transfer: Transfer, leg: Leg, args: readonly string[]): Promise<void> {
    const recorded = args[0] === 'leg' && args.includes('recorded');
    if (args[0] !== 'leg' || !args.includes('whisper')) return this.#take(call, transfer, leg, recorded);
    if (this.whispers.isWhispering(leg.legId)) return;
    leg.state = 'whispering';
    this.tuneRinging(call);
    const order = transfer.whisper ?? (await this.#whisperOf(leg));
    if (call.transfer !== transfer || !transfer.legs.has(leg.legId)) return;
    this.whispers.start(leg.legId, order, (accepted) => {
      const next = accepted ? this.#take(call, transfer, leg, recorded) : this.hangUpLeg(leg.legId);
      this.#background(next, 'leg after its whisper');
    });
  }

  /** A key of the staff telephone. */
  keyPressed(leg: Leg, key: string): void {
    this.whispers.keyPressed(leg.legId, key);
  }

  async #whisperOf(leg: Leg): ReturnType<Whispers['orderOf']> {
    try {
      return await this.whispers.orderOf(leg.legId);
    } catch (error) {
      this.#background(this.hangUpLeg(leg.legId), 'leg without its whisper');
      throw error;
    }
  }

  /** This leg has the call: the others are cancelled, one that answers all the same is hung up. */
  async #take(call: Call, transfer: Transfer, leg: Leg, recorded: boolean): Promise<void> {
    for (const other of [...transfer.legs.values()]) {
      if (other === leg) continue;
      transfer.legs.delete(other.legId);
      this.#background(this.#remove(other), 'other leg');
    }
    const { legId } = leg;
    if (recorded) {
      leg.state = 'startingRecording';
      await this.#ari.request('POST', `channels/${legId}/continue`, {
        context: RECORD_CONTEXT,
        extension: 's',
        priority: '1',
      });
      return;
    }
    leg.state = 'bridging';
    call.waits = false;
    // Sent together: the engine carries them out in this order.
    await Promise.all([
      this.#beforeTalk(call),
      call.ringTone ? this.#stopRinging(call) : undefined,
      this.#ari.request('POST', `bridges/${legId}`, { type: 'mixing', name: 'transfer' }),
      this.#ari.request('POST', `bridges/${legId}/addChannel`, { channel: `${call.callId},${legId}` }),
    ]);
    if (call.transfer !== transfer || !transfer.legs.has(legId)) return this.removeBridge(legId);
    leg.state = 'talking';
    this.#emit({ type: 'transferAnswered', callId: call.callId, id: transfer.id, target: leg.target });
  }

  /** The leg is gone without our doing. */
  legEnded(call: Call, transfer: Transfer, leg: Leg, sipCode: number | null, q850Cause: number | null): void {
    transfer.legs.delete(leg.legId);
    this.whispers.stop(leg.legId);
    const { state, legId } = leg;
    if (state === 'bridging' || state === 'talking') {
      this.#background(this.removeBridge(legId), 'bridge');
      this.#background(this.#afterTalk(call), 'keys after a talk');
    }
    if (state === 'talking') {
      call.transfer = null;
      this.#emit({ type: 'transferEnded', callId: call.callId, id: transfer.id, by: 'staff' });
      return;
    }
    this.#failed(call, transfer, leg, sipCode, q850Cause);
  }

  /** The caller is gone: cancels or hangs up the legs. */
  callerEnded(call: Call): void {
    const { transfer } = call;
    if (transfer === null) return;
    call.transfer = null;
    const legs = [...transfer.legs.values()];
    if (legs.some(({ state }) => state === 'talking') && !call.ending) {
      this.#emit({ type: 'transferEnded', callId: call.callId, id: transfer.id, by: 'caller' });
    }
    for (const leg of legs) this.#background(this.#remove(leg), 'leg');
  }

  /** Ends the legs by our own order; reports nothing. */
  async end(call: Call, transfer: Transfer): Promise<void> {
    call.transfer = null;
    this.tuneRinging(call);
    const legs = [...transfer.legs.values()];
    const talked = legs.some(({ state }) => state === 'bridging' || state === 'talking');
    await Promise.all([...legs.map((leg) => this.#remove(leg)), talked ? this.#afterTalk(call) : undefined]);
  }

  async hangUpLeg(legId: string): Promise<void> {
    await this.#unlessGone(this.#ari.request('DELETE', `channels/${legId}`, { reason_code: '16' }));
  }

  /**
   * Removes the bridge of a leg, after taking the caller out of it. A caller who is in it while it is removed leaves it some time
   * later, and an announcement that begins in between is never heard and never ends (docs/decisions/0007).
   */
  async removeBridge(bridgeId: string): Promise<void> {
    await Promise.all([
      this.#takeOut(bridgeId),
      this.#unlessGone(this.#ari.request('DELETE', `bridges/${bridgeId}`)),
    ]);
  }

  /** Any refusal says that the caller is not in there. */
  async #takeOut(bridgeId: string): Promise<void> {
    const leg = readLegId(bridgeId);
    if (leg === null) return;
    try {
      await this.#ari.request('POST', `bridges/${bridgeId}/removeChannel`, { channel: leg.callId });
    } catch (error) {
      if (!(error instanceof AriError) || error.code !== 'status') throw error;
    }
  }

  async #remove({ legId, state }: Leg): Promise<void> {
    this.whispers.stop(legId);
    const bridged = state === 'bridging' || state === 'talking';
    await Promise.all([this.hangUpLeg(legId), bridged ? this.removeBridge(legId) : undefined]);
  }

  /**
   * Begins or ends the ring tone that the caller hears: while a staff telephone rings or listens to its whisper, or he waits. The engine
   * ends it for an announcement and does not go on with it by itself, so it is asked for again after one.
   */
  tuneRinging(call: Call): void {
    const legs = [...(call.transfer?.legs.values() ?? [])];
    const rings = legs.some(({ state }) => state === 'ringing' || state === 'whispering');
    const wanted = (rings || call.waits) && call.playing.size === 0;
    if (wanted === call.ringTone) return;
    if (!wanted) {
      this.silenceRinging(call);
      return;
    }
    call.ringTone = true;
    this.#background(this.#ari.request('POST', `channels/${call.callId}/ring`), 'ring tone');
  }

  /** An announcement begins. */
  silenceRinging(call: Call): void {
    if (call.ringTone) this.#background(this.#stopRinging(call), 'ring tone');
  }

  #stopRinging(call: Call): Promise<void> {
    call.ringTone = false;
    return this.#unlessGone(this.#ari.request('DELETE', `channels/${call.callId}/ring`));
  }

  /** Reported once no leg can take the call any more. */
  #failed(
    call: Call,
    transfer: Transfer,
    { state, rang }: Leg,
    sipCode: number | null,
    q850Cause: number | null,
  ): void {
    // Picked up and not taken: by an answering machine, or by somebody who did not want it.
    const reason =
      state === 'whispering' ? 'unanswered' : classifyTransferFailure({ sipCode, q850Cause, rang });
    this.#cameToNothing(call, transfer, { reason, sipCode, q850Cause });
  }

  #cameToNothing(call: Call, transfer: Transfer, why: LegFailure): void {
    transfer.failures.push(why);
    if (transfer.legs.size === 0) call.transfer = null;
    this.tuneRinging(call);
    if (transfer.legs.size > 0) return;
    const failure = jointly(transfer.failures);
    this.#emit({ type: 'transferFailed', callId: call.callId, id: transfer.id, ...failure });
  }

  async #unlessGone(request: Promise<unknown>): Promise<void> {
    try {
      await request;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

function jointly(failures: readonly LegFailure[]): LegFailure {
  const reason = jointFailure(failures.map((failure) => failure.reason));
  return failures.find((failure) => failure.reason === reason) ?? { reason, sipCode: null, q850Cause: null };
}
