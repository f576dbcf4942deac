import type { Key, TransferFailure } from '@madoguchi/flow';
import type { Clock } from '../../clock.ts';
import { LineError } from '../line-error.ts';
import type { Line, LineEvent, SurvivingCall, TransferOrder, VoicemailOrder } from '../port.ts';

/** What becomes of a second leg; times count from the order. */
export type SimulatedTransfer =
  | { readonly answerAfterMs: number; readonly staffHangsUpAfterMs?: number }
  | {
      readonly failAfterMs: number;
      readonly reason: TransferFailure;
      readonly sipCode: number | null;
      readonly q850Cause: number | null;
    };

export type SimulatedLineOptions = {
  readonly clock: Clock;
  /** Length of an announcement; 1,000 ms per sound where not given. */
  readonly announcementMs?: (sounds: readonly string[]) => number;
  /** What becomes of a transfer; where not given, it is answered after 1 s. */
  readonly transfer?: (order: TransferOrder) => SimulatedTransfer;
};

/** What was asked of the line, in order. */
export type SimulatedCommand =
  | { readonly type: 'answer' | 'stopAnnouncing' | 'hangUp'; readonly callId: string }
  | {
      readonly type: 'announce';
      readonly callId: string;
      readonly id: number;
      readonly sounds: readonly string[];
    }
  | { readonly type: 'transfer'; readonly callId: string; readonly order: TransferOrder }
  | { readonly type: 'endTransfer' | 'stopVoicemail'; readonly callId: string; readonly id: number }
  | { readonly type: 'recordVoicemail'; readonly callId: string; readonly order: VoicemailOrder };

type SimulatedCall = {
  offer: Extract<LineEvent, { type: 'offered' }>;
  answered: boolean;
  announcement: { id: number; cancel: () => void } | null;
  transfer: { id: number; answered: boolean; cancel: () => void } | null;
  voicemail: { order: VoicemailOrder; beganMs: number; cancel: () => void } | null;
};

/**
 * A line in memory, driven by the clock that it is given. Behaves as the port says, carries no sound. The test plays the
 * citizens: `offer`, `press`, `callerHangsUp`; and the fate of the engine: `loseEngine`, `returnEngine`.
 */
export class SimulatedLine implements Line {
  /** All that was asked of this line. */
  readonly commands: SimulatedCommand[] = [];
  readonly #options: SimulatedLineOptions;
  readonly #calls = new Map<string, SimulatedCall>();
  #listener: (event: LineEvent) => void = () => undefined;
  #engineThere = true;
  #callCount = 0;

  constructor(options: SimulatedLineOptions) {
    this.#options = options;
  }

  start(listener: (event: LineEvent) => void): Promise<readonly SurvivingCall[]> {
    this.#listener = listener;
    return Promise.resolve(this.#survivors());
  }

  /** Our own process ends; the engine and its calls go on and are there at the next `start`. */
  stop(): Promise<void> {
    this.#listener = () => undefined;
    return Promise.resolve();
  }

  /** A citizen calls; returns the call's id. */
  offer(call: {
    readonly calledNumber: string;
    readonly callerNumber?: string | null;
    readonly withheldReason?: SurvivingCall['withheldReason'];
    readonly admission?: Extract<LineEvent, { type: 'offered' }>['admission'];
  }): string {
    const callId = `simulated-1.${this.#callCount++}`;
    const offer = {
      type: 'offered' as const,
      callId,
      calledNumbers: [call.calledNumber],
      callerNumber: call.callerNumber ?? null,
      withheldReason: call.withheldReason ?? (call.callerNumber == null ? 'withheld' : null),
      admission: call.admission ?? 'served',
      sipCallId: `${callId}@simulated`,
    };
    this.#calls.set(callId, { offer, answered: false, announcement: null, transfer: null, voicemail: null });
    this.#listener(offer);
    return callId;
  }

  press(callId: string, key: Key): void {
    const { voicemail } = this.#need(callId);
    this.#listener({ type: 'keyPressed', callId, key, durationMs: 100 });
    if (voicemail !== null && voicemail.order.endKey === key) this.#endVoicemail(callId, 'key');
  }

  /** The caller has stopped speaking for as long as the voicemail allows. */
  fallsSilent(callId: string): void {
    this.#endVoicemail(callId, 'silence');
  }

  callerHangsUp(callId: string, q850Cause: number | null = 16): void {
    const call = this.#need(callId);
    this.#endVoicemail(callId, 'hangUp');
    if (call.transfer?.answered === true) {
      this.#listener({ type: 'transferEnded', callId, id: call.transfer.id, by: 'caller' });
    }
    this.#remove(callId);
    this.#listener({ type: 'callerHungUp', callId, q850Cause });
  }

  /** The engine dies, and all its calls with it. */
  loseEngine(): void {
    this.#engineThere = false;
    for (const callId of [...this.#calls.keys()]) this.#remove(callId);
    this.#listener({ type: 'engineLost' });
  }

  returnEngine(): void {
    this.#engineThere = true;
    this.#listener({ type: 'engineBack', surviving: this.#survivors() });
  }

  async answer(callId: string): Promise<void> {
    const call = this.#need(callId);
    this.commands.push({ type: 'answer', callId });
    if (call.answered) return;
    call.answered = true;
    this.#listener({ type: 'answered', callId });
  }

  async announce(callId: string, id: number, sounds: readonly string[]): Promise<void> {
    const call = this.#need(callId);
    this.commands.push({ type: 'announce', callId, id, sounds });
    const lengthMs = this.#options.announcementMs?.(sounds) ?? sounds.length * 1000;
    const cancel = this.#options.clock.after(lengthMs, () => {
      call.announcement = null;
      this.#listener({ type: 'announced', callId, id, completed: true });
    });
    call.announcement = { id, cancel };
  }

  async stopAnnouncing(callId: string): Promise<void> {
    this.commands.push({ type: 'stopAnnouncing', callId });
    const call = this.#calls.get(callId);
    if (call === undefined || call.announcement === null) return;
    const { id, cancel } = call.announcement;
    cancel();
    call.announcement = null;
    this.#listener({ type: 'announced', callId, id, completed: false });
  }

  async transfer(callId: string, order: TransferOrder): Promise<void> {
    const call = this.#need(callId);
    this.commands.push({ type: 'transfer', callId, order });
    const { clock } = this.#options;
    const fate = this.#options.transfer?.(order) ?? { answerAfterMs: 1000 };
    const { id } = order;
    const failing = 'failAfterMs' in fate;
    const afterMs = failing ? fate.failAfterMs : fate.answerAfterMs;
    if (!failing || fate.reason === 'busy' || fate.reason === 'unanswered') {
      this.#listener({ type: 'transferRinging', callId, id });
    }
    const late = afterMs > order.ringTimeoutMs;
    const cancel = clock.after(Math.min(afterMs, order.ringTimeoutMs), () => {
      if (late || failing) {
        call.transfer = null;
        const { reason, sipCode, q850Cause } =
          failing && !late ? fate : { reason: 'unanswered' as const, sipCode: null, q850Cause: 19 };
        this.#listener({ type: 'transferFailed', callId, id, reason, sipCode, q850Cause });
        return;
      }
      const { staffHangsUpAfterMs } = fate;
      const stay =
        staffHangsUpAfterMs === undefined
          ? () => undefined
          : clock.after(staffHangsUpAfterMs, () => {
              call.transfer = null;
              this.#listener({ type: 'transferEnded', callId, id, by: 'staff' });
            });
      call.transfer = { id, answered: true, cancel: stay };
      this.#listener({ type: 'transferAnswered', callId, id });
    });
    call.transfer = { id, answered: false, cancel };
  }

  async endTransfer(callId: string, id: number): Promise<void> {
    this.commands.push({ type: 'endTransfer', callId, id });
    const call = this.#calls.get(callId);
    if (call?.transfer?.id !== id) return;
    call.transfer.cancel();
    call.transfer = null;
  }

  async recordVoicemail(callId: string, order: VoicemailOrder): Promise<void> {
    const call = this.#need(callId);
    this.commands.push({ type: 'recordVoicemail', callId, order });
    const { clock } = this.#options;
    const cancel = clock.after(order.maxDurationMs, () => this.#endVoicemail(callId, 'limit'));
    call.voicemail = { order, beganMs: clock.monotonicMs(), cancel };
  }

  async stopVoicemail(callId: string, id: number): Promise<void> {
    this.commands.push({ type: 'stopVoicemail', callId, id });
    if (this.#calls.get(callId)?.voicemail?.order.id === id) this.#endVoicemail(callId, 'limit');
  }

  async hangUp(callId: string): Promise<void> {
    this.commands.push({ type: 'hangUp', callId });
    if (!this.#calls.has(callId)) return;
    this.#endVoicemail(callId, 'hangUp');
    this.#remove(callId);
    this.#listener({ type: 'hungUp', callId });
  }

  #endVoicemail(callId: string, endedBy: 'key' | 'silence' | 'limit' | 'hangUp'): void {
    const call = this.#calls.get(callId);
    if (call === undefined || call.voicemail === null) return;
    const { order, beganMs, cancel } = call.voicemail;
    cancel();
    call.voicemail = null;
    const durationMs = Math.round(this.#options.clock.monotonicMs() - beganMs);
    this.#listener({ type: 'voicemailRecorded', callId, id: order.id, durationMs, endedBy });
  }

  #remove(callId: string): void {
    const call = this.#calls.get(callId);
    call?.announcement?.cancel();
    call?.transfer?.cancel();
    call?.voicemail?.cancel();
    this.#calls.delete(callId);
  }

  #survivors(): readonly SurvivingCall[] {
    return [...this.#calls.values()].map(({ offer: { type: _, ...offer }, answered, transfer }) => ({
      ...offer,
      answered,
      transfer:
        transfer === null ? null : { id: transfer.id, state: transfer.answered ? 'answered' : 'ringing' },
    }));
  }

  #need(callId: string): SimulatedCall {
    if (!this.#engineThere) throw new LineError('engineAway', 'simulated line');
    const call = this.#calls.get(callId);
    if (call === undefined) throw new LineError('callGone', 'simulated line');
    return call;
  }
}
