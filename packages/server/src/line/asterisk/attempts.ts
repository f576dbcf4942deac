import { mayDial } from '@madoguchi/flow';
import type { AttemptEvent, DialOrder, LineEvent } from '../port.ts';
import type { Ari } from './ari.ts';
import { isGone } from './ari-error.ts';
import type { AriChannel, AriEvent } from './ari-events.ts';
import { ATTEMPT_ARGUMENT, type Attempt, failureOf, isAttemptChannel } from './attempt.ts';
import { attemptCallOf, type Call } from './call.ts';
import { ringOut } from './ring-out.ts';
import type { Held } from './take-over.ts';
import type { Trunks } from './trunks.ts';

/** Calls that a campaign places, from dialling to the answer, with which each becomes a call like any other. */
export class Attempts {
  readonly #ari: Ari;
  readonly #application: string;
  readonly #trunks: Trunks;
  /** Nobody has answered them yet. Shared with `trunks`, which counts their lines. */
  readonly #attempts: Map<string, Attempt>;
  readonly #calls: Map<string, Call>;
  readonly #emit: (event: LineEvent) => void;
  readonly #background: (work: Promise<unknown>, what: string) => void;
  #listener: (event: AttemptEvent) => void = () => undefined;

  constructor(parts: {
    readonly ari: Ari;
    readonly application: string;
    readonly trunks: Trunks;
    readonly attempts: Map<string, Attempt>;
    readonly calls: Map<string, Call>;
    readonly emit: (event: LineEvent) => void;
    /** Runs work that nobody waits for; logs its failure. */
    readonly background: (work: Promise<unknown>, what: string) => void;
  }) {
    this.#ari = parts.ari;
    this.#application = parts.application;
    this.#trunks = parts.trunks;
    this.#attempts = parts.attempts;
    this.#calls = parts.calls;
    this.#emit = parts.emit;
    this.#background = parts.background;
  }

  listen(listener: (event: AttemptEvent) => void): void {
    this.#listener = listener;
  }

  get held(): ReadonlyMap<string, 'ringing' | 'answered'> {
    const answered = [...this.#calls.values()].filter(({ isAttempt }) => isAttempt);
    return new Map([
      ...[...this.#attempts.keys()].map((id) => [id, 'ringing'] as const),
      ...answered.map(({ callId }) => [callId, 'answered'] as const),
    ]);
  }

  /** The last fence before anything is dialled: what may not be is not, whatever a list said. */
  async dial(order: DialOrder): Promise<void> {
    const { attemptId, to, calledNumber, linesLeftFree } = order;
    if (!isAttemptChannel(attemptId)) throw new RangeError('an attempt has another kind of id');
    if (this.#attempts.has(attemptId) || this.#calls.has(attemptId)) return;
    const isAllowed = mayDial(to, { tollFree: false }).allowed;
    const trunk = isAllowed ? this.#trunks.forAttempt(calledNumber, linesLeftFree) : 'notDialable';
    if (trunk === 'noLine' || trunk === 'notDialable') {
      this.#listener({ type: 'notDialled', attemptId, reason: trunk });
      return;
    }
    const attempt: Attempt = {
      attemptId,
      order,
      trunkId: trunk.id,
      dialledMs: performance.now(),
      rang: false,
      earlyMedia: false,
      cancelled: false,
      isOrdered: false,
      failure: null,
    };
    this.#attempts.set(attemptId, attempt);
    try {
      const { mayRing, sipCallId } = await ringOut(this.#ari, {
        channelId: attemptId,
        application: this.#application,
        appArgs: ATTEMPT_ARGUMENT,
        trunk,
        to,
        calledNumber,
        ringTimeoutMs: order.ringTimeoutMs,
      });
      if (mayRing) this.#listener({ type: 'dialled', attemptId, trunkId: trunk.id, sipCallId });
      else if (this.#attempts.delete(attemptId))
        this.#listener({ type: 'notDialled', attemptId, reason: 'engineAway' });
    } finally {
      attempt.isOrdered = true;
      if (attempt.failure !== null) this.#listener({ type: 'dialFailed', attemptId, ...attempt.failure });
    }
  }

  async cancel(attemptId: string): Promise<void> {
    const attempt = this.#attempts.get(attemptId);
    if (attempt === undefined) return;
    attempt.cancelled = true;
    await this.#hangUp(attemptId);
  }

  /** @returns whether the event is of an attempt that nobody has answered. */
  handle(event: AriEvent): boolean {
    switch (event.type) {
      case 'Dial': {
        const attempt = this.#attempts.get(event.peer.id);
        if (attempt === undefined) return false;
        if (event.dialstatus === 'PROGRESS') this.#rings(attempt, true);
        if (event.dialstatus === 'RINGING') this.#rings(attempt, false);
        return true;
      }
      case 'PlaybackFinished':
      case 'RecordingFinished':
      case 'RecordingFailed':
        return false;
      case 'StasisStart':
        if (event.args[0] !== ATTEMPT_ARGUMENT) return false;
        this.#answered(event.channel);
        return true;
    }
    const attempt = this.#attempts.get(event.channel.id);
    if (attempt === undefined) return false;
    if (event.type === 'ChannelStateChange' && event.channel.state === 'Ringing') this.#rings(attempt, false);
    else if (event.type === 'ChannelDestroyed') {
      const sipCode = event.tech_cause !== undefined && event.tech_cause >= 300 ? event.tech_cause : null;
      this.#ended(attempt, sipCode, event.cause === 0 ? null : event.cause);
    }
    return true;
  }

  /**
   * Makes the attempts what the engine holds. Those of an earlier life go on ringing; answered ones are calls already (`takeOver` of
   * take-over.ts).
   */
  takeOver(held: Held): void {
    const there = new Map(held.channels.map(({ channel }) => [channel.id, channel]));
    for (const attempt of [...this.#attempts.values()]) {
      const { attemptId } = attempt;
      if (there.has(attemptId) && !this.#calls.has(attemptId)) continue;
      this.#attempts.delete(attemptId);
      if (attempt.cancelled) {
        const call = this.#calls.get(attemptId);
        // An answer that crossed our order to take it back.
        if (call !== undefined) this.#background(this.#hangUp(attemptId), 'attempt that was given up');
        this.#calls.delete(attemptId);
        const end = { sipCode: null, q850Cause: null, nowMs: performance.now() };
        this.#listener({ type: 'dialFailed', attemptId, ...failureOf(attempt, end) });
      } else if (!there.has(attemptId)) this.#listener({ type: 'lost', attemptId });
    }
    for (const [attemptId, channel] of there) {
      if (!isAttemptChannel(attemptId) || this.#calls.has(attemptId) || this.#attempts.has(attemptId))
        continue;
      this.#attempts.set(attemptId, {
        attemptId,
        order: null,
        trunkId: this.#trunks.idOfChannel(channel.name),
        dialledMs: performance.now(),
        rang: channel.state === 'Ringing',
        earlyMedia: false,
        cancelled: false,
        isOrdered: true,
        failure: null,
      });
    }
  }

  /** The engine is gone and all that it carried. */
  lost(): void {
    const lost = [...this.#attempts.keys()];
    this.#attempts.clear();
    for (const attemptId of lost) this.#listener({ type: 'lost', attemptId });
  }

  #rings(attempt: Attempt, earlyMedia: boolean): void {
    if (attempt.rang && (attempt.earlyMedia || !earlyMedia)) return;
    attempt.rang = true;
    attempt.earlyMedia ||= earlyMedia;
    this.#listener({ type: 'ringing', attemptId: attempt.attemptId, earlyMedia: attempt.earlyMedia });
  }

  #answered(channel: AriChannel): void {
    const attemptId = channel.id;
    const attempt = this.#attempts.get(attemptId);
    if (attempt === undefined || attempt.cancelled) {
      // An answer that crossed our taking it back, or one that was told twice.
      if (!this.#calls.has(attemptId)) this.#background(this.#hangUp(attemptId), 'attempt that was given up');
      return;
    }
    this.#attempts.delete(attemptId);
    const call = attemptCallOf(channel, attempt.order, attempt.trunkId);
    this.#calls.set(attemptId, call);
    this.tellAnswered(call);
  }

  /** Reports an attempt that became a call. */
  tellAnswered({ callId, sipCallId }: Call): void {
    this.#listener({ type: 'answered', attemptId: callId, sipCallId });
    this.#emit({ type: 'attemptAnswered', callId, sipCallId });
  }

  #ended(attempt: Attempt, sipCode: number | null, q850Cause: number | null): void {
    const { attemptId } = attempt;
    this.#attempts.delete(attemptId);
    const failure = failureOf(attempt, { sipCode, q850Cause, nowMs: performance.now() });
    // A refusal at once may overtake the engine's answer to our order, which tells trunk and Call-ID.
    if (attempt.isOrdered) this.#listener({ type: 'dialFailed', attemptId, ...failure });
    else attempt.failure = failure;
  }

  async #hangUp(attemptId: string): Promise<void> {
    try {
      await this.#ari.request('DELETE', `channels/${attemptId}`, { reason_code: '16' });
    } catch (error) {
      if (!isGone(error)) throw error;
      // One that never came to be ends with no event: its line must not count as taken for ever.
      const attempt = this.#attempts.get(attemptId);
      if (attempt !== undefined) this.#ended(attempt, null, null);
    }
  }
}
