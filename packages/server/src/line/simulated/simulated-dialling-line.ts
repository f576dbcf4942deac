import type { Clock } from '../../clock.ts';
import type { AttemptEvent, DialFailure, DiallingLine, DialOrder } from '../port.ts';

/** What becomes of a telephone that a campaign calls; times count from dialling. */
export type SimulatedCitizen =
  | { readonly answerAfterMs: number; readonly hangsUpAfterMs?: number }
  | ({ readonly failAfterMs: number } & Pick<DialFailure, 'sipCode' | 'q850Cause' | 'rang' | 'earlyMedia'>);

type Ringing = { readonly order: DialOrder; readonly cancel: () => void; readonly dialledMs: number };

/** Calls of campaigns in memory, driven by the clock that it is given; who answers is told, and carries no sound. */
export class SimulatedDiallingLine implements DiallingLine {
  /** What was dialled, in order. */
  readonly orders: DialOrder[] = [];
  readonly #clock: Clock;
  readonly #lines: number;
  readonly #citizen: (order: DialOrder) => SimulatedCitizen;
  readonly #onHungUp: (attemptId: string) => void;
  readonly #ringing = new Map<string, Ringing>();
  readonly #talking = new Set<string>();
  #listener: (event: AttemptEvent) => void = () => undefined;

  constructor(parts: {
    readonly clock: Clock;
    readonly lines: number;
    readonly citizen: (order: DialOrder) => SimulatedCitizen;
    /** Told when the talk of an answered attempt is over. */
    readonly onHungUp: (attemptId: string) => void;
  }) {
    this.#clock = parts.clock;
    this.#lines = parts.lines;
    this.#citizen = parts.citizen;
    this.#onHungUp = parts.onHungUp;
  }

  onAttempt(listener: (event: AttemptEvent) => void): void {
    this.#listener = listener;
  }

  get heldAttempts(): ReadonlyMap<string, 'ringing' | 'answered'> {
    return new Map([
      ...[...this.#ringing.keys()].map((id) => [id, 'ringing'] as const),
      ...[...this.#talking].map((id) => [id, 'answered'] as const),
    ]);
  }

  linesFor(leftFree: number): number {
    return Math.max(0, this.#lines - this.#ringing.size - this.#talking.size - leftFree);
  }

  async dial(order: DialOrder): Promise<void> {
    const { attemptId } = order;
    this.orders.push(order);
    if (this.linesFor(order.linesLeftFree) === 0) {
      this.#listener({ type: 'notDialled', attemptId, reason: 'noLine' });
      return;
    }
    const citizen = this.#citizen(order);
    const answers = 'answerAfterMs' in citizen && citizen.answerAfterMs < order.ringTimeoutMs;
    const afterMs = Math.min(
      'answerAfterMs' in citizen ? citizen.answerAfterMs : citizen.failAfterMs,
      order.ringTimeoutMs,
    );
    const cancel = this.#clock.after(afterMs, () => {
      if (!answers) {
        this.#fail(attemptId, citizen, 'failAfterMs' in citizen ? null : 'timeout');
        return;
      }
      this.#ringing.delete(attemptId);
      this.#talking.add(attemptId);
      this.#listener({ type: 'answered', attemptId, sipCallId: null });
      if (citizen.hangsUpAfterMs === undefined) return;
      this.#clock.after(citizen.hangsUpAfterMs, () => void this.hangUp(attemptId));
    });
    this.#ringing.set(attemptId, { order, cancel, dialledMs: this.#clock.monotonicMs() });
    this.#listener({ type: 'dialled', attemptId, trunkId: 'simulated', sipCallId: null });
    if (!('rang' in citizen) || citizen.rang)
      this.#listener({ type: 'ringing', attemptId, earlyMedia: false });
  }

  async cancelDial(attemptId: string): Promise<void> {
    const ringing = this.#ringing.get(attemptId);
    if (ringing === undefined) return;
    ringing.cancel();
    this.#fail(attemptId, null, 'order');
  }

  /** As of a `Line`. */
  async hangUp(attemptId: string): Promise<void> {
    if (this.#talking.delete(attemptId)) this.#onHungUp(attemptId);
  }

  #fail(attemptId: string, citizen: SimulatedCitizen | null, cancelledBy: DialFailure['cancelledBy']): void {
    const ringing = this.#ringing.get(attemptId);
    this.#ringing.delete(attemptId);
    const how =
      citizen !== null && 'failAfterMs' in citizen
        ? citizen
        : { sipCode: null, q850Cause: null, rang: true, earlyMedia: false };
    this.#listener({
      type: 'dialFailed',
      attemptId,
      sipCode: how.sipCode,
      q850Cause: how.q850Cause,
      rang: how.rang,
      earlyMedia: how.earlyMedia,
      afterMs: Math.round(this.#clock.monotonicMs() - (ringing?.dialledMs ?? 0)),
      cancelledBy,
    });
  }
}
