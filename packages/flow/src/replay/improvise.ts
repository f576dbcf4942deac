import type { Action } from '../action.ts';
import type { CallEvent } from '../event.ts';
import type { RunnableFlow } from '../runnable.ts';
import { announcementMs, transcriptsOf } from '../trial/announcement-length.ts';
import { openingAt } from '../trial/house-view.ts';
import { type Answer, answersOf } from './answers.ts';
import type { Act } from './past-call.ts';
import { type PastRing, rungBy } from './past-results.ts';
import type { FoundVisit, ReplayRun } from './replay-run.ts';

/** What the line needs to report what it was asked for. */
const MOMENT_MS = 100;

/**
 * Lets a call go through the node at which it stands where that is not as it was: what the caller did there and what the world outside
 * answered is done and answered again where it is asked for again. `acts`: what is left of the stay.
 */
export function improvise(run: ReplayRun, found: FoundVisit | null, acts: readonly Act[]): void {
  const here = new Here(run, found, acts);
  const { nodesEntered } = run.state;
  while (run.goesOn && run.state.phase === 'running' && run.state.nodesEntered === nodesEntered) here.goOn();
}

class Here {
  readonly #run: ReplayRun;
  readonly #found: FoundVisit | null;
  readonly #acts: readonly Act[];
  readonly #answers: Answer[];
  /** Whether what was keyed in was the person's birthday, each time. */
  readonly #identities: boolean[];
  /** He did nothing until the question was given up: he does nothing however often he is asked. */
  readonly #isSilent: boolean;

  constructor(run: ReplayRun, found: FoundVisit | null, acts: readonly Act[]) {
    this.#run = run;
    this.#found = found;
    this.#acts = acts;
    this.#identities = acts.flatMap(({ event }) => (event.type === 'identitySaid' ? [event.matches] : []));
    const settings = run.counterpart?.before ?? {};
    this.#answers = found === null ? [] : [...answersOf(found.visit, acts, settings)];
    this.#isSilent = this.#answers.at(-1)?.type === 'silence';
  }

  goOn(): void {
    const run = this.#run;
    const { pending } = run;
    if (run.isSaying) this.#hear();
    else if (run.isTalking) this.#talk();
    else if (pending?.action.type === 'lookAtCalendar') this.#lookAtCalendar(pending.action);
    else if (pending?.action.type === 'lookUpList') this.#lookUpList(pending.action);
    else if (pending?.action.type === 'checkIdentity') this.#checkIdentity(pending.action);
    else if (pending?.action.type === 'sendSms') this.#text(pending.action);
    else if (pending?.action.type === 'transfer') this.#ring(pending.action);
    else if (pending?.action.type === 'recordVoicemail') this.#record(pending.action);
    else if (run.node?.listens && !run.node.dropsKeys) this.#answer();
    else run.letTimePass();
  }

  #hear(): void {
    const run = this.#run;
    const prompt = run.state.prompt;
    if (prompt === null) return;
    if (this.#found === null && run.state.position !== null)
      run.firstUnheard ??= { position: run.state.position, taken: run.taken.length };
    const [next] = this.#answers;
    const listens = run.node?.listens ?? false;
    const isNow = next?.during === true && (!listens || next.question === run.question);
    if (isNow && next.type === 'end') {
      this.#end(next);
      return;
    }
    if (isNow && next.type === 'press' && listens && prompt.interruptible && !run.node?.dropsKeys) {
      this.#answers.shift();
      this.#press(next, 0);
      return;
    }
    const speed = run.state.slower ? 'slower' : 'usual';
    const lengthMs = announcementMs(prompt.parts, speed, soundsOf(run.flow));
    const ringing = this.#ringingReports();
    if (ringing !== null && ringing.dueMs < run.state.lastAtMs + lengthMs) {
      this.#reportRinging(ringing);
      return;
    }
    run.happen({ type: 'announced', id: prompt.id }, lengthMs);
  }

  #answer(): void {
    const run = this.#run;
    const { question } = run;
    const deadlineMs = (run.state.deadlineMs ?? run.state.lastAtMs) - run.state.lastAtMs;
    // Nothing is asked any more, what was to be said is just not there.
    if (question === 'over' || question === 'accepted') {
      run.letTimePass();
      return;
    }
    const at = this.#answers.findIndex((each) => each.question === question);
    const next = this.#answers[at];
    if (next === undefined || this.#answers.slice(0, at).some(({ type }) => type === 'end')) {
      if (this.#isSilent && next === undefined) {
        run.letTimePass();
        return;
      }
      run.doubtHere(this.#found === null ? 'newQuestion' : 'moreAsked');
      return;
    }
    if (next.type === 'unclear') {
      run.doubtHere('meaningChanged');
      return;
    }
    if (next.type !== 'silence' && !next.during && next.afterMs >= deadlineMs) {
      this.#answers[at] = { ...next, afterMs: next.afterMs - deadlineMs };
      run.letTimePass();
      return;
    }
    this.#answers.splice(0, at + 1);
    if (next.type === 'silence') {
      run.letTimePass();
      return;
    }
    if (next.type === 'end') {
      this.#end(next);
      return;
    }
    this.#press(next, next.during ? 0 : next.afterMs);
  }

  #press({ key, question }: Extract<Answer, { type: 'press' }>, afterMs: number): void {
    const run = this.#run;
    const { position } = run.state;
    if (position === null) return;
    const now = run.keyNow(position, question, key);
    if ('doubt' in now) run.doubtHere(now.doubt);
    else run.happen({ type: 'keyPressed', key: now.key }, afterMs);
  }

  #end({ event, during, afterMs }: Extract<Answer, { type: 'end' }>): void {
    this.#run.happen(event, during ? 0 : afterMs);
  }

  /** The end of the call in this stay, if that is all that is left of it. */
  #endsHere(): boolean {
    const [next] = this.#answers;
    if (next?.type !== 'end') return false;
    this.#end(next);
    return true;
  }

  #lookAtCalendar({ calendarId }: Extract<Action, { type: 'lookAtCalendar' }>): void {
    const run = this.#run;
    const { openings } = run.script.results;
    const isOfIt = (each: { readonly calendarId: string }) => each.calendarId === calendarId;
    const then = run.takeResult(openings, isOfIt) ?? openings.findLast(isOfIt);
    if (then === undefined && this.#endsHere()) return;
    const { context, lastAtMs } = run.state;
    const opening = then ?? openingAt(run.house, calendarId, context.beganAt, lastAtMs);
    if (opening === null) {
      run.doubtHere('calendar');
      return;
    }
    const { open, reason } = opening;
    run.happen({ type: 'calendarSaid', calendarId, open, reason }, MOMENT_MS);
  }

  #lookUpList({ listId, number }: Extract<Action, { type: 'lookUpList' }>): void {
    const run = this.#run;
    const { listings } = run.script.results;
    const isOfIt = (each: { readonly listId: string }) => each.listId === listId;
    const then = run.takeResult(listings, isOfIt) ?? listings.findLast(isOfIt);
    if (then === undefined && this.#endsHere()) return;
    const contains = then?.contains ?? run.house.standsOn(listId, number);
    if (contains === null) {
      run.doubtHere('list');
      return;
    }
    run.happen({ type: 'listSaid', listId, contains }, MOMENT_MS);
  }

  #checkIdentity({ id }: Extract<Action, { type: 'checkIdentity' }>): void {
    const matches = this.#identities.shift();
    if (matches !== undefined) this.#run.happen({ type: 'identitySaid', id, matches }, MOMENT_MS);
    else if (!this.#endsHere()) this.#run.doubtHere('newQuestion');
  }

  #text({ id, to }: Extract<Action, { type: 'sendSms' }>): void {
    const run = this.#run;
    const then = run.takeResult(run.script.results.sms, (each) => each.to === to);
    if (then === null && this.#endsHere()) return;
    if (then === null) run.assumedSms = true;
    const result = then?.result ?? 'accepted';
    if (result === 'accepted') run.happen({ type: 'smsAccepted', id }, MOMENT_MS);
    else if (result === 'unknown') run.happen({ type: 'smsUnknown', id }, MOMENT_MS);
    else run.happen({ type: 'smsRefused', id, reason: 'as then' }, MOMENT_MS);
  }

  #ring(_action: Extract<Action, { type: 'transfer' }>): void {
    const ringing = this.#ringingReports();
    if (ringing === null) this.#run.doubtHere('transfer');
    else this.#reportRinging(ringing);
  }

  /** What the telephones that are rung report, and when. Null where nobody knows. */
  #ringingReports(): { readonly event: CallEvent; readonly dueMs: number } | null {
    const run = this.#run;
    const { pending } = run;
    if (pending === null || pending.action.type !== 'transfer' || run.isTalking) return null;
    const { action, atMs } = pending;
    const { numbers, longestRingMs } = rungBy(action);
    const isOfThem = (ring: PastRing) => ring.numbers.join() === numbers.join();
    run.ring ??= run.takeResult(run.script.results.rings, isOfThem);
    const ring = run.ring;
    if (ring === null || ring.result === null) return null;
    const { result } = ring;
    const isOverlong = result.afterMs > longestRingMs + (action.whisper?.acceptTimeoutMs ?? 0);
    if (result.type !== 'failed' && isOverlong) {
      return { event: failed(action.id, 'unanswered'), dueMs: atMs + longestRingMs };
    }
    const dueMs = atMs + result.afterMs;
    if (result.type === 'callEnded') return { event: result.event, dueMs };
    if (result.type === 'failed') {
      // Whether somebody would have come to a telephone that rings for longer, nobody knows.
      if (result.reason === 'unanswered' && longestRingMs > ring.longestRingMs) return null;
      return { event: failed(action.id, result.reason), dueMs };
    }
    const rung = [{ to: action.to, target: action.target ?? 0 }, ...(action.alsoRing ?? [])];
    const target = rung.find(({ to }) => to === result.number)?.target ?? 0;
    return { event: { type: 'transferAnswered', id: action.id, target }, dueMs };
  }

  #reportRinging({ event, dueMs }: { readonly event: CallEvent; readonly dueMs: number }): void {
    const run = this.#run;
    const { deadlineMs, lastAtMs } = run.state;
    if (deadlineMs !== null && deadlineMs < dueMs) run.letTimePass();
    else run.happen(event, dueMs - lastAtMs);
  }

  #talk(): void {
    const run = this.#run;
    const result = run.ring?.result;
    const end = result?.type === 'answered' ? result.talkEnd : null;
    const id = run.pending?.action.id;
    if (end == null || id === undefined) {
      run.doubtHere('transfer');
      return;
    }
    run.happen(end.event.type === 'transferEnded' ? { ...end.event, id } : end.event, end.afterMs);
  }

  #record({ id, maxDurationMs }: Extract<Action, { type: 'recordVoicemail' }>): void {
    const run = this.#run;
    const then = this.#acts.map(({ event }) => event).find(({ type }) => type === 'voicemailRecorded');
    if (then?.type === 'voicemailRecorded') {
      const durationMs = Math.min(then.durationMs, maxDurationMs);
      run.pending = null;
      run.happen({ ...then, id, durationMs }, durationMs);
      return;
    }
    const end = this.#answers.find((each) => each.type === 'end');
    if (end === undefined || end.during) {
      run.doubtHere('message');
      return;
    }
    this.#end(end);
  }
}

function failed(id: number, reason: Extract<CallEvent, { type: 'transferFailed' }>['reason']): CallEvent {
  return { type: 'transferFailed', id, reason, sipCode: null, q850Cause: null };
}

const sounds = new WeakMap<RunnableFlow, ReadonlyMap<string, string>>();

/** Walks the flow once, not for every call. */
function soundsOf(flow: RunnableFlow): ReadonlyMap<string, string> {
  const known = sounds.get(flow) ?? transcriptsOf(flow);
  sounds.set(flow, known);
  return known;
}
