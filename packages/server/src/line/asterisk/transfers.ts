import { kindOfNumber } from '@madoguchi/flow';
import { dialString, formatNumber, type Trunk } from '@madoguchi/telephony/trunk';
import type { LineEvent, TransferOrder } from '../port.ts';
import type { Ari } from './ari.ts';
import { AriError, isGone, isUnanswered } from './ari-error.ts';
import { type Call, legIdOf, readLegId, type Transfer } from './call.ts';
import { classifyTransferFailure } from './transfer-failure.ts';
import type { Trunks } from './trunks.ts';

/** As in `telephony/src/asterisk/dialplan.ts`, which this adapter is generated for. */
const RECORDING_VARIABLE = 'MADOGUCHI_RECORDING';
const RECORD_CONTEXT = 'record';

export type TransferOptions = { readonly application: string };

/** The second leg of a call, from placing it to its end. Its channel and its bridge share the id `callId-id`. */
export class Transfers {
  readonly #ari: Ari;
  readonly #emit: (event: LineEvent) => void;
  readonly #options: TransferOptions;
  readonly #trunks: Trunks;
  readonly #background: (work: Promise<unknown>, what: string) => void;
  readonly #beforeTalk: (call: Call) => Promise<void>;
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
    this.#afterTalk = parts.afterTalk;
  }

  async place(call: Call, order: TransferOrder): Promise<void> {
    const legId = legIdOf(call.callId, order.id);
    const calledNumber = order.calledNumber ?? this.#trunks.calledNumbers(call)[0] ?? null;
    const trunk = this.#trunks.forLeg(call, {
      calledNumber,
      tollFree: kindOfNumber(order.to) === 'tollFree',
    });
    if (trunk === 'noLine' || trunk === 'notDialable') {
      const { callId } = call;
      this.#emit({
        type: 'transferFailed',
        callId,
        id: order.id,
        reason: trunk,
        sipCode: null,
        q850Cause: null,
      });
      return;
    }
    const presented = presentedBy(trunk, calledNumber, call.offer.callerNumber);
    const transfer: Transfer = {
      id: order.id,
      legId,
      // A citizen's own number says nothing: he may call twice at once.
      dialling: { to: order.to, presented: presented === call.offer.callerNumber ? null : presented },
      trunkId: trunk.id,
      state: 'placed',
      rang: false,
    };
    call.transfer = transfer;
    const recorded = order.recordingPath !== null;
    try {
      await this.#ari.request(
        'POST',
        `channels/${legId}`,
        {
          endpoint: dialString(trunk, order.to, calledNumber),
          app: this.#options.application,
          appArgs: recorded ? 'leg,recorded' : 'leg',
          ...(presented === null ? {} : { callerId: formatNumber(presented, trunk.numberFormat) }),
          timeout: String(Math.ceil(order.ringTimeoutMs / 1000)),
          originator: call.callId,
        },
        recorded ? { variables: { [RECORDING_VARIABLE]: order.recordingPath } } : undefined,
      );
    } catch (error) {
      if (call.transfer !== transfer) return;
      // 409: this very leg was placed before; what becomes of it is reported as events.
      if (error instanceof AriError && error.status === 409) return;
      // Without an answer it may be dialled all the same: its events tell, or the take-over after a loss of the connection.
      if (isUnanswered(error)) return;
      call.transfer = null;
      if (!(error instanceof AriError)) throw error;
      this.#failed(call, transfer, null, null);
    }
  }

  ringing(call: Call, transfer: Transfer): void {
    if (transfer.state !== 'placed') return;
    transfer.state = 'ringing';
    transfer.rang = true;
    this.#background(this.#ari.request('POST', `channels/${call.callId}/ring`), 'ring tone');
    this.#emit({ type: 'transferRinging', callId: call.callId, id: transfer.id });
  }

  /** The leg was answered (`leg`), or came back from the dialplan that records it (`recorded`). */
  async answered(call: Call, transfer: Transfer, args: readonly string[]): Promise<void> {
    if (args[0] === 'leg' && args[1] === 'recorded') {
      transfer.state = 'startingRecording';
      await this.#ari.request('POST', `channels/${transfer.legId}/continue`, {
        context: RECORD_CONTEXT,
        extension: 's',
        priority: '1',
      });
      return;
    }
    transfer.state = 'bridging';
    const { legId } = transfer;
    // Sent together: the engine carries them out in this order.
    await Promise.all([
      this.#beforeTalk(call),
      transfer.rang ? this.stopRinging(call) : undefined,
      this.#ari.request('POST', `bridges/${legId}`, { type: 'mixing', name: 'transfer' }),
      this.#ari.request('POST', `bridges/${legId}/addChannel`, { channel: `${call.callId},${legId}` }),
    ]);
    if (call.transfer !== transfer) return this.removeBridge(legId);
    transfer.state = 'talking';
    this.#emit({ type: 'transferAnswered', callId: call.callId, id: transfer.id });
  }

  /** The leg is gone without our doing. */
  legEnded(call: Call, transfer: Transfer, sipCode: number | null, q850Cause: number | null): void {
    call.transfer = null;
    const { state, legId } = transfer;
    if (state === 'bridging' || state === 'talking') {
      this.#background(this.removeBridge(legId), 'bridge');
      this.#background(this.#afterTalk(call), 'keys after a talk');
    }
    if (state === 'talking') {
      this.#emit({ type: 'transferEnded', callId: call.callId, id: transfer.id, by: 'staff' });
      return;
    }
    if (transfer.rang) this.#background(this.stopRinging(call), 'ring tone');
    this.#failed(call, transfer, sipCode, q850Cause);
  }

  /** The caller is gone: cancels or hangs up the leg. */
  callerEnded(call: Call): void {
    const { transfer } = call;
    if (transfer === null) return;
    call.transfer = null;
    if (transfer.state === 'talking' && !call.ending) {
      this.#emit({ type: 'transferEnded', callId: call.callId, id: transfer.id, by: 'caller' });
    }
    this.#background(this.#remove(transfer), 'leg');
  }

  /** Ends the leg by our own order; reports nothing. */
  async end(call: Call, transfer: Transfer): Promise<void> {
    call.transfer = null;
    const ringing = transfer.state === 'ringing' ? this.stopRinging(call) : undefined;
    const talked = transfer.state === 'bridging' || transfer.state === 'talking';
    await Promise.all([ringing, this.#remove(transfer), talked ? this.#afterTalk(call) : undefined]);
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

  async #remove(transfer: Transfer): Promise<void> {
    const bridged = transfer.state === 'bridging' || transfer.state === 'talking';
    await Promise.all([
      this.hangUpLeg(transfer.legId),
      bridged ? this.removeBridge(transfer.legId) : undefined,
    ]);
  }

  /** Ends the ring tone that the caller hears. */
  stopRinging(call: Call): Promise<void> {
    return this.#unlessGone(this.#ari.request('DELETE', `channels/${call.callId}/ring`));
  }

  #failed(call: Call, transfer: Transfer, sipCode: number | null, q850Cause: number | null): void {
    const reason = classifyTransferFailure({ sipCode, q850Cause, rang: transfer.rang });
    this.#emit({ type: 'transferFailed', callId: call.callId, id: transfer.id, reason, sipCode, q850Cause });
  }

  async #unlessGone(request: Promise<unknown>): Promise<void> {
    try {
      await request;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

/** What the telephone that rings shows. A withheld caller stays withheld: it shows the called number then. */
function presentedBy(trunk: Trunk, calledNumber: string | null, callerNumber: string | null): string | null {
  switch (trunk.presentedNumber) {
    case 'called':
      return calledNumber;
    case 'caller':
      return callerNumber ?? calledNumber;
    default:
      return trunk.presentedNumber;
  }
}
