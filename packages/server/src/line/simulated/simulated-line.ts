import { jointFailure, type Key, type TransferFailure } from '@madoguchi/flow';
import type { Clock } from '../../clock.ts';
import { LineError } from '../line-error.ts';
import type {
  Admission,
  ForwardOrder,
  Line,
  LineEvent,
  RungTelephone,
  SurvivingCall,
  TransferOrder,
  VoicemailOrder,
  WhisperOrder,
} from '../port.ts';

/**
 * What becomes of a second leg; times count from the order. Where a key is asked for it is pressed `keyAfterMs` after picking up, or
 * never: an answering machine.
 */
export type SimulatedTransfer =
  | { readonly answerAfterMs: number; readonly keyAfterMs?: number; readonly staffHangsUpAfterMs?: number }
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
  /** What becomes of each telephone that is rung; where not given, it is answered after 1 s, and its key pressed at once. */
  readonly transfer?: (telephone: RungTelephone) => SimulatedTransfer;
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
  | { readonly type: 'forward'; readonly callId: string; readonly order: ForwardOrder }
  | { readonly type: 'endTransfer' | 'stopVoicemail'; readonly callId: string; readonly id: number }
  | { readonly type: 'ringTone'; readonly callId: string; readonly on: boolean }
  | { readonly type: 'recordVoicemail'; readonly callId: string; readonly order: VoicemailOrder };

type LegFailure = {
  readonly reason: TransferFailure;
  readonly sipCode: number | null;
  readonly q850Cause: number | null;
};

type SimulatedCall = {
  offer: Extract<LineEvent, { type: 'offered' }>;
  answered: boolean;
  announcement: { id: number; cancel: () => void } | null;
  transfer: { id: number; answered: boolean; target: number; cancel: () => void } | null;
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
    readonly admission?: Admission;
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

  /** Nobody hears a gap here. */
  announceAhead(): Promise<void> {
    return Promise.resolve();
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
    const { to, ringTimeoutMs, target = 0, alsoRing = [], whisper = null } = order;
    const telephones = [{ target, to, ringTimeoutMs }, ...alsoRing];
    const ringing = new Set<() => void>();
    const cancel = () => {
      for (const stop of ringing) stop();
    };
    call.transfer = { id: order.id, answered: false, target: 0, cancel };
    const failures: LegFailure[] = [];
    const legs = telephones.map((telephone) => this.#fateOf(telephone, whisper));
    if (legs.some(({ rings }) => rings)) this.#listener({ type: 'transferRinging', callId, id: order.id });
    for (const { afterMs, end } of legs) {
      const stop = this.#options.clock.after(afterMs, () => {
        ringing.delete(stop);
        if ('target' in end) {
          cancel();
          this.#talk(callId, call, order.id, end);
          return;
        }
        failures.push(end);
        if (ringing.size > 0) return;
        call.transfer = null;
        const reason = jointFailure(failures.map((failure) => failure.reason));
        const { sipCode, q850Cause } = failures.find((failure) => failure.reason === reason) ?? end;
        this.#listener({ type: 'transferFailed', callId, id: order.id, reason, sipCode, q850Cause });
      });
      ringing.add(stop);
    }
  }

  /** When a telephone that is rung takes the call, or can no longer. */
  #fateOf(
    telephone: RungTelephone,
    whisper: WhisperOrder | null,
  ): {
    readonly rings: boolean;
    readonly afterMs: number;
    readonly end: LegFailure | { readonly target: number; readonly staffHangsUpAfterMs: number | undefined };
  } {
    const fate = this.#options.transfer?.(telephone) ?? { answerAfterMs: 1000, keyAfterMs: 0 };
    const { target, ringTimeoutMs } = telephone;
    const unanswered = { reason: 'unanswered' as const, sipCode: null, q850Cause: 19 };
    if ('failAfterMs' in fate) {
      const rings = fate.reason === 'busy' || fate.reason === 'unanswered';
      const late = fate.failAfterMs > ringTimeoutMs;
      const { reason, sipCode, q850Cause } = fate;
      return {
        rings,
        afterMs: Math.min(fate.failAfterMs, ringTimeoutMs),
        end: late ? unanswered : { reason, sipCode, q850Cause },
      };
    }
    const { answerAfterMs, keyAfterMs, staffHangsUpAfterMs } = fate;
    if (answerAfterMs > ringTimeoutMs) return { rings: true, afterMs: ringTimeoutMs, end: unanswered };
    const end = { target, staffHangsUpAfterMs };
    if (whisper === null || whisper.acceptKey === null) return { rings: true, afterMs: answerAfterMs, end };
    return keyAfterMs !== undefined && keyAfterMs < whisper.acceptTimeoutMs
      ? { rings: true, afterMs: answerAfterMs + keyAfterMs, end }
      : { rings: true, afterMs: answerAfterMs + whisper.acceptTimeoutMs, end: unanswered };
  }

  #talk(
    callId: string,
    call: SimulatedCall,
    id: number,
    {
      target,
      staffHangsUpAfterMs,
      afterwards,
    }: { target: number; staffHangsUpAfterMs: number | undefined; afterwards?: () => void },
  ): void {
    const stay =
      staffHangsUpAfterMs === undefined
        ? () => undefined
        : this.#options.clock.after(staffHangsUpAfterMs, () => {
            call.transfer = null;
            this.#listener({ type: 'transferEnded', callId, id, by: 'staff' });
            afterwards?.();
          });
    call.transfer = { id, answered: true, target, cancel: stay };
    this.#listener({ type: 'transferAnswered', callId, id, target });
  }

  async endTransfer(callId: string, id: number): Promise<void> {
    this.commands.push({ type: 'endTransfer', callId, id });
    const call = this.#calls.get(callId);
    if (call?.transfer?.id !== id) return;
    call.transfer.cancel();
    call.transfer = null;
  }

  async forward(callId: string, order: ForwardOrder): Promise<void> {
    const call = this.#need(callId);
    this.commands.push({ type: 'forward', callId, order });
    const { rings, afterMs, end } = this.#fateOf({ target: 0, to: order.to, ringTimeoutMs: Infinity }, null);
    const hangUp = () => {
      this.#remove(callId);
      this.#listener({ type: 'hungUp', callId });
    };
    const cancel = this.#options.clock.after(afterMs, () => {
      if ('target' in end) {
        this.#talk(callId, call, order.id, { ...end, afterwards: hangUp });
        return;
      }
      call.transfer = null;
      this.#listener({ type: 'transferFailed', callId, id: order.id, ...end });
      hangUp();
    });
    call.transfer = { id: order.id, answered: false, target: 0, cancel };
    if (rings) this.#listener({ type: 'transferRinging', callId, id: order.id });
  }

  async ringTone(callId: string, on: boolean): Promise<void> {
    this.commands.push({ type: 'ringTone', callId, on });
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
        transfer === null
          ? null
          : {
              id: transfer.id,
              state: transfer.answered ? 'answered' : 'ringing',
              target: transfer.target,
            },
    }));
  }

  #need(callId: string): SimulatedCall {
    if (!this.#engineThere) throw new LineError('engineAway', 'simulated line');
    const call = this.#calls.get(callId);
    if (call === undefined) throw new LineError('callGone', 'simulated line');
    return call;
  }
}
