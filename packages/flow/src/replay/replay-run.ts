import type { Action } from '../action.ts';
import type { CallEvent } from '../event.ts';
import { advance, begin, type Step, type Taken } from '../interpreter.ts';
import type { BoundNode } from '../node-kind.ts';
import type { RunnableFlow } from '../runnable.ts';
import type { CallState, Position } from '../state.ts';
import type { HouseView } from '../trial/house-view.ts';
import type { Counterpart, Counterparts } from './counterparts.ts';
import { type KeyDoubt, type KeyNow, keyNow, questionAt } from './key-meaning.ts';
import { type Act, hadKeysAhead, type Script, type Visit } from './past-call.ts';
import type { PastRing } from './past-results.ts';

/**
 * Why nobody knows how a call goes on. `newQuestion`: the caller was never asked that; `moreAsked`: he is asked more often, or for more;
 * `meaningChanged`: his key means something else now; `choiceRemoved`: what he chose is not offered; `pressedAhead`: he had pressed keys
 * ahead for what comes no more; `unheard`: he hung up elsewhere, and might have here; `sealed`: what he keyed in is secret; `transfer`,
 * `message`, `calendar`, `list`: that telephone was not rung, no message was left, nothing was asked of that calendar or list; `record`:
 * his call cannot be told from its record; `tooLong`: it comes to no end.
 */
export type DoubtReason =
  | KeyDoubt
  | 'newQuestion'
  | 'moreAsked'
  | 'pressedAhead'
  | 'unheard'
  | 'sealed'
  | 'transfer'
  | 'message'
  | 'calendar'
  | 'list'
  | 'record'
  | 'tooLong';
export type Doubt = { readonly flowId: string; readonly nodeId: string; readonly reason: DoubtReason };

type PendingAction = Extract<
  Action,
  { type: 'lookAtCalendar' | 'lookUpList' | 'checkIdentity' | 'sendSms' | 'transfer' | 'recordVoicemail' }
>;
/** A stay of the past call, or a menu that it passed by a key pressed ahead. */
export type FoundVisit = { readonly visit: Visit; readonly index: number };

/** A call of any length is over by then; a replay that is not has gone round. */
const MOST_EVENTS = 4_000;

/** A past call on its way through a draft. */
export class ReplayRun {
  readonly flow: RunnableFlow;
  readonly script: Script;
  readonly house: HouseView;
  readonly taken: Taken[] = [];
  readonly #counterparts: Counterparts;
  readonly #isSealed: boolean;
  readonly #usedVisits = new Set<number>();
  readonly #usedResults = new Set<object>();
  #events = 0;
  state: CallState;
  doubt: Doubt | null = null;
  /** A text was sent that the past call did not send: it is taken to be accepted. */
  assumedSms = false;
  /** What was asked of the line and is not answered yet. */
  pending: { readonly action: PendingAction; readonly atMs: number } | null = null;
  /** The ringing that answers the pending transfer, and the talk that came of it. */
  ring: PastRing | null = null;
  isTalking = false;
  /** Keys pressed ahead were taken by the node where the call stands. */
  beganWithKeys = false;
  /** Where the caller first hears what he did not hear in the past call, and how many branches were taken before. */
  firstUnheard: { readonly position: Position; readonly taken: number } | null = null;

  constructor(parts: {
    readonly flow: RunnableFlow;
    readonly script: Script;
    readonly house: HouseView;
    readonly counterparts: Counterparts;
    readonly began: Extract<CallEvent, { type: 'began' }>;
    readonly isSealed: boolean;
  }) {
    this.flow = parts.flow;
    this.script = parts.script;
    this.house = parts.house;
    this.#counterparts = parts.counterparts;
    this.#isSealed = parts.isSealed;
    this.state = begin(parts.flow, parts.began.context).state;
  }

  get goesOn(): boolean {
    return this.state.ended === null && this.doubt === null;
  }

  get node(): BoundNode | null {
    const { position, phase } = this.state;
    return position === null || phase !== 'running' ? null : this.flow.node(position);
  }

  get isSaying(): boolean {
    return this.state.prompt?.playing === true;
  }

  /** What the node was at which the call stands, in the version that it went through. */
  get counterpart(): Counterpart | null {
    return this.state.position === null ? null : this.#counterparts.of(this.state.position);
  }

  /** The question that the node puts just now. */
  get question(): string {
    return questionAt(this.counterpart?.after ?? {}, this.state.nodeData);
  }

  /** The stay of the past call that belongs to where the call stands, and is taken for it. */
  takeVisit(): FoundVisit | null {
    const found = this.state.position === null ? null : this.#visitOf(this.state.position);
    if (found !== null) this.#usedVisits.add(found.index);
    return found;
  }

  isUsed(index: number): boolean {
    return this.#usedVisits.has(index);
  }

  /** Answers of the world outside that a stay had count as given. */
  useResultsOf(visit: number): void {
    const { openings, listings, sms, rings } = this.script.results;
    for (const each of [...openings, ...listings, ...sms, ...rings])
      if (each.visit === visit) this.#usedResults.add(each);
  }

  /** The first answer of these that is not given yet. */
  takeResult<R extends object>(results: readonly R[], fits: (result: R) => boolean): R | null {
    const found = results.find((each) => !this.#usedResults.has(each) && fits(each)) ?? null;
    if (found !== null) this.#usedResults.add(found);
    return found;
  }

  keyNow(
    position: Position,
    question: string,
    key: Extract<CallEvent, { type: 'keyPressed' }>['key'],
  ): KeyNow {
    const counterpart = this.#counterparts.of(position);
    if (counterpart === null) return { doubt: 'meaningChanged' };
    const flowIds = { before: counterpart.position.flowId, after: position.flowId };
    return keyNow(counterpart, this.#counterparts, flowIds, question, key);
  }

  doubtHere(reason: DoubtReason): void {
    if (this.state.position !== null) this.#doubtAt(this.state.position, reason);
  }

  /** Nothing that was taken from here on can be known. */
  doubtSince({ position, taken }: NonNullable<ReplayRun['firstUnheard']>): void {
    this.taken.length = Math.min(this.taken.length, taken);
    this.#doubtAt(position, 'unheard');
  }

  #doubtAt({ flowId, nodeId }: Position, reason: DoubtReason): void {
    const isAtEndOfScript = this.script.visits.every((_visit, index) => this.isUsed(index));
    this.doubt ??= { flowId, nodeId, reason: this.#isSealed && isAtEndOfScript ? 'sealed' : reason };
  }

  /** Something happens, `afterMs` from now. */
  happen(event: CallEvent, afterMs: number): void {
    const { lastSeq, lastAtMs } = this.state;
    this.feed(event, { seq: lastSeq + 1, atMs: lastAtMs + Math.max(0, afterMs) }, null);
  }

  /** The deadline comes. */
  letTimePass(): void {
    this.happen({ type: 'timePassed' }, (this.state.deadlineMs ?? this.state.lastAtMs) - this.state.lastAtMs);
  }

  /**
   * Hands an event to the draft. `then`: the same event in the past call.
   * @returns false, and nothing happened, for a key pressed ahead of something else than it was pressed for.
   */
  feed(
    event: CallEvent,
    { seq, atMs }: { readonly seq: number; readonly atMs: number },
    then: Act | null,
  ): boolean {
    this.#events += 1;
    if (this.#events > MOST_EVENTS) {
      this.doubtHere('tooLong');
      return true;
    }
    const before = this.state;
    const isAhead = before.phase === 'running' && hadKeysAhead(this.flow, before, event);
    const step = advance(this.flow, before, { seq, atMs, event });
    const isNoAnswer = event.type === 'keyPressed' && !this.node?.listens;
    if (isAhead && isNoAnswer && then !== null && !this.#goesAlike(step, then)) return false;
    this.#note(step, before, event);
    this.#follow(step.taken, before.phase === 'running' ? 1 : 0, isAhead, then?.taken ?? []);
    const hasMoved = step.state.nodesEntered !== before.nodesEntered;
    if (hasMoved) this.beganWithKeys = isAhead && (this.node?.listens ?? false);
    return true;
  }

  /** Takes over a step's state, and what it waits for. */
  #note(step: Step, before: CallState, event: CallEvent): void {
    this.state = step.state;
    if (step.state === before) return;
    const hasMoved = step.state.nodesEntered !== before.nodesEntered || step.state.phase !== before.phase;
    if (event.type === 'transferAnswered') this.isTalking = true;
    if (event.type === 'transferFailed' || hasMoved) this.ring = null;
    if (hasMoved || event.type === 'transferFailed' || event.type === 'identitySaid') this.pending = null;
    if (hasMoved) this.isTalking = false;
    for (const action of step.actions) {
      if (action.type === 'endTransfer') this.pending = null;
      if (isPending(action)) {
        this.pending = { action, atMs: step.state.lastAtMs };
        this.ring = null;
      }
    }
  }

  /** Counts branches, up to a node that took a key pressed ahead of which nobody knows whether it was meant for it. */
  #follow(taken: readonly Taken[], from: number, isAhead: boolean, then: readonly Taken[]): void {
    for (const [index, each] of taken.entries()) {
      const listens = this.flow.node(each)?.listens ?? false;
      if (index >= from && listens) {
        const found = this.#visitOf(each);
        if (isAhead && !this.#tookAlike(each, found, then[index])) {
          this.#doubtAt(each, found === null ? 'newQuestion' : 'pressedAhead');
          return;
        }
        if (found !== null && found.visit.stay === null) this.#usedVisits.add(found.index);
      }
      this.taken.push(each);
    }
  }

  /** Whether a node that was passed by keys pressed ahead took them as the past call's did. */
  #tookAlike(now: Taken, found: FoundVisit | null, then: Taken | undefined): boolean {
    if (found === null || found.visit.stay !== null) return false;
    const { keyAhead } = found.visit;
    if (keyAhead !== null) {
      const key = this.keyNow(now, '', keyAhead);
      return 'key' in key && now.branch === `key:${key.key}`;
    }
    return then?.branch === now.branch && (this.#counterparts.of(now)?.asksTheSame ?? false);
  }

  #goesAlike({ state, taken }: Step, { taken: then, after }: Act): boolean {
    const isSame = (now: Position | null, past: Position | null): boolean => {
      const was = now === null ? null : (this.#counterparts.of(now)?.position ?? null);
      return was?.flowId === past?.flowId && was?.nodeId === past?.nodeId;
    };
    return (
      state.phase === after.phase &&
      isSame(state.position, after.position) &&
      taken.length === then.length &&
      taken.every((each, index) => {
        const past = then[index];
        return past !== undefined && isSame(each, past) && this.#branchIsAlike(each, past);
      })
    );
  }

  #branchIsAlike(now: Taken, past: Taken): boolean {
    const node = this.flow.node(now);
    if (node?.asks == null) return now.branch === past.branch;
    const key = node.asks.choices.find((choice) => now.branch === `key:${choice}`);
    if (key === undefined) return now.branch === past.branch;
    const meant = this.keyNow(now, '', key);
    return 'key' in meant && meant.key === key && past.branch === now.branch;
  }

  #visitOf(position: Position): FoundVisit | null {
    const was = this.#counterparts.of(position)?.position;
    if (was === undefined) return null;
    const index = this.script.visits.findIndex(
      ({ position: { flowId, nodeId } }, each) =>
        !this.#usedVisits.has(each) && flowId === was.flowId && nodeId === was.nodeId,
    );
    const visit = this.script.visits[index];
    return visit === undefined ? null : { visit, index };
  }
}

function isPending(action: Action): action is PendingAction {
  return (
    action.type === 'lookAtCalendar' ||
    action.type === 'lookUpList' ||
    action.type === 'checkIdentity' ||
    action.type === 'sendSms' ||
    action.type === 'transfer' ||
    action.type === 'recordVoicemail'
  );
}
