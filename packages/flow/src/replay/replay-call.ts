import type { Taken } from '../interpreter.ts';
import type { RunnableFlow } from '../runnable.ts';
import type { Outcome } from '../state.ts';
import type { HouseView } from '../trial/house-view.ts';
import { isAligned, shifted, shiftOf } from './alignment.ts';
import { Counterparts } from './counterparts.ts';
import { improvise } from './improvise.ts';
import { type Act, type PastCall, scriptOf } from './past-call.ts';
import { type Doubt, ReplayRun } from './replay-run.ts';

export type ReplayedCall = {
  readonly callId: string;
  /** What was recorded; branches of nodes that the draft has under another id are named by that id. */
  readonly before: { readonly outcome: Outcome; readonly taken: readonly Taken[] };
  readonly after: {
    /** Null where nobody knows; `doubt` tells why, and from which node on. */
    readonly outcome: Outcome | null;
    /** As far as it is known. */
    readonly taken: readonly Taken[];
    readonly doubt: Doubt | null;
    /** A text was sent that had not been sent: it is taken to be accepted. */
    readonly assumedSms: boolean;
  };
};

/**
 * What past calls would have come to with a draft.
 *
 * A call is told again as a script: what its caller pressed, said, did not do, and when he hung up, and what calendars, lists, gateways and
 * staff telephones answered, each at the node where it came. These rules (docs/flow.md) say what of it counts in the draft:
 *
 * 1. A node is looked for by its id, else by its name and kind (`Counterparts`). The n-th stay at a node belongs to the n-th at its
 *    counterpart.
 * 2. Where both stand alike and ask the same, the same events come at the same moments, so that a version replayed through itself comes to
 *    exactly what happened, whatever happened.
 * 3. Elsewhere an answer is given again where its question is put again: keys by what they mean (`keyNow`), doing nothing by doing nothing,
 *    hanging up in the same announcement or as long after it. Announcements that the caller never heard are heard out.
 * 4. Staff telephones, calendars and lists answer as they did when the call asked the same of them; a calendar or list that it did not ask
 *    answers as it stands now. A text to a number that got none is taken to be accepted.
 * 5. Everything else nobody knows (`DoubtReason`): the call is told up to there and counted as such.
 */
export function replayer(
  before: RunnableFlow,
  after: RunnableFlow,
  house: HouseView,
): (call: PastCall) => ReplayedCall {
  const counterparts = new Counterparts(before, after);
  return (call) => {
    const { callId, outcome } = call;
    const taken = call.taken.map((each) => ({ ...each, ...counterparts.nowOf(each) }));
    const told = { callId, before: { outcome, taken } };
    const script = scriptOf(before, call.events);
    const began = call.events[0]?.event;
    if (script === null || began?.type !== 'began') return { ...told, after: unreadable(after) };
    // A call that was passed on came to no flow: no draft would have changed anything.
    if (began.context.forwardedTo !== undefined)
      return { ...told, after: { outcome, taken, doubt: null, assumedSms: false } };
    const run = new ReplayRun({ flow: after, script, house, counterparts, began, isSealed: call.sealed });
    for (const { event, seq, atMs } of script.opening) if (run.goesOn) run.feed(event, { seq, atMs }, null);
    while (run.goesOn) goOn(run);
    doubtUnheardEnd(run, outcome);
    return {
      ...told,
      after: {
        outcome: run.doubt === null ? run.state.ended : null,
        taken: run.taken,
        doubt: run.doubt,
        assumedSms: run.assumedSms,
      },
    };
  };
}

/** What cannot be told at all is in doubt from the beginning. */
export function unreadable({ bundle }: RunnableFlow): ReplayedCall['after'] {
  const nodeId = bundle.flows[bundle.entryFlowId]?.startNodeId ?? '';
  const doubt: Doubt = { flowId: bundle.entryFlowId, nodeId, reason: 'record' };
  return { outcome: null, taken: [], doubt, assumedSms: false };
}

function goOn(run: ReplayRun): void {
  if (run.state.phase === 'hangingUp') {
    run.happen({ type: 'hungUp' }, 0);
    return;
  }
  if (run.state.phase !== 'running') {
    run.doubtHere('record');
    return;
  }
  const found = run.takeVisit();
  const stay = found?.visit.stay ?? null;
  if (found !== null && stay !== null && run.counterpart?.asksTheSame && isAligned(stay.entered, run.state)) {
    const { nodesEntered } = run.state;
    const left = follow(run, stay.acts);
    if (left === null || run.state.nodesEntered !== nodesEntered) {
      run.useResultsOf(found.index);
      return;
    }
    improvise(run, found, left);
    return;
  }
  if (run.beganWithKeys || stay?.beganWithKeys) {
    run.doubtHere('pressedAhead');
    return;
  }
  improvise(run, found, stay?.acts ?? []);
}

/** Does in a stay what was done in it. @returns what is left to be done where the two go apart within it; null where the stay is over. */
function follow(run: ReplayRun, acts: readonly Act[]): readonly Act[] | null {
  const [first] = acts;
  if (first === undefined) return [];
  const { nodesEntered } = run.state;
  const shift = shiftOf(first.before, run.state);
  for (const [index, act] of acts.entries()) {
    const event = shifted(act.event, shift);
    const at = { seq: act.seq + shift.seq, atMs: act.atMs + shift.atMs };
    if (event.type === 'keyPressed' && run.node?.listens && run.state.position !== null) {
      const now = run.keyNow(run.state.position, run.question, event.key);
      if ('doubt' in now) run.doubtHere(now.doubt);
      else run.feed({ ...event, key: now.key }, at, act);
    } else if (!run.feed(event, at, act)) {
      return acts.slice(index + 1);
    }
    const isOver = !run.goesOn || run.state.phase !== 'running' || run.state.nodesEntered !== nodesEntered;
    if (isOver) return null;
    if (run.isSaying !== (act.after.prompt?.playing === true) || act.after.phase !== 'running')
      return acts.slice(index + 1);
  }
  return [];
}

/** Who hung up before he had anything, at what the draft does not lead him to, might have hung up at what he never heard. */
function doubtUnheardEnd(run: ReplayRun, outcome: Outcome): void {
  const last = run.script.visits.length - 1;
  const isHeardOut = run.firstUnheard === null || outcome !== 'abandoned' || run.isUsed(last);
  if (run.doubt === null && !isHeardOut && run.firstUnheard !== null) run.doubtSince(run.firstUnheard);
}
