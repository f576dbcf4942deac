import type { Taken } from '../interpreter.ts';
import { type Outcome, OutcomeSchema } from '../state.ts';
import type { ReplayedCall } from './replay-call.ts';
import type { Doubt } from './replay-run.ts';

/** How many calls took a branch, then and with the draft; ids are the draft's where it has the node, else the version's. */
export type BranchTally = Taken & { readonly before: number; readonly after: number };

/** A call that comes to something else with the draft; `after` null: nobody knows, and `doubt` tells why. */
export type ChangedCall = {
  readonly callId: string;
  readonly before: Outcome;
  readonly after: Outcome | null;
  readonly doubt: Doubt | null;
};

export type ReplayTotals = {
  readonly calls: number;
  readonly outcomes: readonly {
    readonly outcome: Outcome;
    readonly before: number;
    readonly after: number;
  }[];
  /** Calls of which nobody knows what they would have come to; they are in no `after` above. */
  readonly inDoubt: number;
  /** What these had come to. */
  readonly inDoubtBefore: readonly { readonly outcome: Outcome; readonly calls: number }[];
  /** Where, and why, the most frequent first. */
  readonly doubts: readonly (Doubt & { readonly calls: number })[];
  /** Calls in which a text was sent that had not been sent, and is taken to be accepted. */
  readonly assumedSms: number;
  readonly branches: readonly BranchTally[];
  readonly changed: readonly ChangedCall[];
  /** More calls changed than are listed. */
  readonly changedCalls: number;
};

/** Calls listed by name; the rest are counted. */
const LISTED_CALLS = 500;

/** Adds up what past calls came to, and what they would have come to. */
export class ReplayTally {
  readonly #before = new Map<Outcome, number>();
  readonly #after = new Map<Outcome, number>();
  readonly #inDoubtBefore = new Map<Outcome, number>();
  readonly #doubts = new Map<string, Doubt & { calls: number }>();
  readonly #branches = new Map<string, Taken & { before: number; after: number }>();
  readonly #changed: ChangedCall[] = [];
  #calls = 0;
  #inDoubt = 0;
  #assumedSms = 0;
  #changedCalls = 0;

  add({ callId, before, after }: ReplayedCall): void {
    this.#calls += 1;
    count(this.#before, before.outcome);
    for (const taken of before.taken) this.#branch(taken).before += 1;
    for (const taken of after.taken) this.#branch(taken).after += 1;
    if (after.assumedSms) this.#assumedSms += 1;
    if (after.outcome !== null) count(this.#after, after.outcome);
    else count(this.#inDoubtBefore, before.outcome);
    if (after.doubt !== null) {
      const { flowId, nodeId, reason } = after.doubt;
      const key = JSON.stringify([flowId, nodeId, reason]);
      const known = this.#doubts.get(key) ?? { ...after.doubt, calls: 0 };
      this.#doubts.set(key, { ...known, calls: known.calls + 1 });
      this.#inDoubt += 1;
    }
    if (after.outcome === before.outcome) return;
    this.#changedCalls += 1;
    if (this.#changed.length < LISTED_CALLS)
      this.#changed.push({ callId, before: before.outcome, after: after.outcome, doubt: after.doubt });
  }

  totals(): ReplayTotals {
    return {
      calls: this.#calls,
      outcomes: OutcomeSchema.options.map((outcome) => ({
        outcome,
        before: this.#before.get(outcome) ?? 0,
        after: this.#after.get(outcome) ?? 0,
      })),
      inDoubt: this.#inDoubt,
      inDoubtBefore: [...this.#inDoubtBefore].map(([outcome, calls]) => ({ outcome, calls })),
      doubts: [...this.#doubts.values()].toSorted((one, other) => other.calls - one.calls),
      assumedSms: this.#assumedSms,
      branches: [...this.#branches.values()],
      changed: [...this.#changed],
      changedCalls: this.#changedCalls,
    };
  }

  #branch({ flowId, nodeId, branch }: Taken): { before: number; after: number } {
    const key = JSON.stringify([flowId, nodeId, branch]);
    const known = this.#branches.get(key) ?? { flowId, nodeId, branch, before: 0, after: 0 };
    this.#branches.set(key, known);
    return known;
  }
}

function count(counts: Map<Outcome, number>, outcome: Outcome): void {
  counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
}
