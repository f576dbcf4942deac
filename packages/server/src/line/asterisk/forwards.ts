import type { ForwardOrder, LineEvent } from '../port.ts';
import type { Ari } from './ari.ts';
import type { AriChannel } from './ari-events.ts';
import { type Call, callOf } from './call.ts';
import { routeTo } from './leg-route.ts';
import { classifyTransferFailure } from './transfer-failure.ts';
import type { Trunks } from './trunks.ts';

/** As in `telephony/src/asterisk/dialplan.ts`, which this adapter is generated for. */
const FORWARD_CONTEXT = 'forward';
const FORWARD_VARIABLE = 'MADOGUCHI_FORWARD';
const FORWARD_CALLER_VARIABLE = 'MADOGUCHI_FORWARD_CALLER';

/**
 * Calls that are passed on unanswered. The dialplan has them: only the engine's own `Dial` relays ringing, early sound and the final code
 * without an answer of ours in between, and it goes on while nobody of ours is there. We listen and count lines.
 */
export class Forwards {
  readonly #ari: Ari;
  readonly #application: string;
  readonly #trunks: Trunks;
  readonly #emit: (event: LineEvent) => void;

  constructor(parts: {
    readonly ari: Ari;
    readonly application: string;
    readonly trunks: Trunks;
    readonly emit: (event: LineEvent) => void;
  }) {
    this.#ari = parts.ari;
    this.#application = parts.application;
    this.#trunks = parts.trunks;
    this.#emit = parts.emit;
  }

  async place(call: Call, { id, to, calledNumber, presented }: ForwardOrder): Promise<void> {
    const route = routeTo(to, this.#trunks, call, calledNumber, presented);
    if (route === 'noLine' || route === 'notDialable') {
      const failure = { reason: route, sipCode: null, q850Cause: null };
      this.#emit({ type: 'transferFailed', callId: call.callId, id, ...failure });
      return;
    }
    call.forward = { id, to, trunkId: route.trunkId, presented: route.presented, rang: false };
    try {
      // Carried out in this order. Without the subscription nothing would be heard of a channel that leaves Stasis.
      await Promise.all([
        this.listenTo(call.callId),
        this.#set(call.callId, FORWARD_VARIABLE, route.endpoint),
        this.#set(call.callId, FORWARD_CALLER_VARIABLE, route.callerId ?? ''),
        this.#ari.request('POST', `channels/${call.callId}/continue`, {
          context: FORWARD_CONTEXT,
          extension: 's',
          priority: '1',
        }),
      ]);
    } catch (error) {
      call.forward = null;
      throw error;
    }
  }

  /** To be asked for anew after every loss of the connection. */
  async listenTo(callId: string): Promise<void> {
    const query = { eventSource: `channel:${callId}` };
    await this.#ari.request('POST', `applications/${this.#application}/subscription`, query);
  }

  ringing(call: Call): void {
    const { forward, callId } = call;
    if (forward === null || forward.rang) return;
    forward.rang = true;
    this.#emit({ type: 'transferRinging', callId, id: forward.id });
  }

  answered(call: Call): void {
    if (call.forward !== null)
      this.#emit({ type: 'transferAnswered', callId: call.callId, id: call.forward.id, target: 0 });
  }

  /** Whether a hang-up is that of the dialplan, which is past its `Dial` then: of a caller it would have been in the middle of it. */
  isEndedByEngine(call: Call, channel: AriChannel): boolean {
    return call.forward !== null && channel.dialplan.app_name !== 'Dial';
  }

  /** The call is over, before its own end is reported. @param cause Q.850, with which the engine ended it */
  ended(call: Call, cause: number | null, sipCode: number | null): void {
    const { forward, callId, answered } = call;
    if (forward === null) return;
    const { id, rang } = forward;
    if (answered) {
      this.#emit({ type: 'transferEnded', callId, id, by: call.ending ? 'staff' : 'caller' });
    } else if (call.ending) {
      const reason = classifyTransferFailure({ sipCode, q850Cause: cause, rang });
      // A cause, so that nobody takes it for a call that was never dialled.
      this.#emit({ type: 'transferFailed', callId, id, reason, sipCode, q850Cause: cause ?? 31 });
    }
  }

  async #set(callId: string, variable: string, value: string): Promise<void> {
    await this.#ari.request('POST', `channels/${callId}/variable`, { variable, value });
  }
}

/** A call that an earlier life of this process passed on, or null where the channel is no such. */
export function forwardedCallOf(channel: AriChannel, trunkId: string | null): Call | null {
  if (channel.dialplan.context !== FORWARD_CONTEXT) return null;
  const call = callOf(channel, ['offered', '', trunkId ?? '']);
  // By which trunk it left is not told; as a rule it is the one that it came by.
  call.forward = { id: 0, to: null, trunkId, presented: null, rang: channel.state !== 'Ring' };
  return call;
}
