import type { Key } from '../event.ts';
import { advance, begin, type StampedEvent, type Taken } from '../interpreter.ts';
import type { RunnableFlow } from '../runnable.ts';
import type { CallState, Outcome, Position } from '../state.ts';
import { ResultLog, type Results } from './past-results.ts';

/** A call that is over, as the records tell it. */
export type PastCall = {
  readonly callId: string;
  /** In order, up to the first that cannot be read. */
  readonly events: readonly StampedEvent[];
  /** Events after these cannot be read: what was keyed in is secret. */
  readonly sealed: boolean;
  /** What came of it, and the branches that it took, as they were recorded then. */
  readonly outcome: Outcome;
  readonly taken: readonly Taken[];
};

/** One event at a node, with the call before and after it. */
export type Act = StampedEvent & {
  readonly before: CallState;
  readonly after: CallState;
  readonly taken: readonly Taken[];
};

/** A node that a call came to: it stayed there, or passed it without a stop. */
export type Visit = {
  readonly position: Position;
  readonly stay: Stay | null;
  /** Of a menu that was passed: the key, pressed ahead, that answered it. */
  readonly keyAhead: Key | null;
};

export type Stay = {
  /** The call when it had come there. */
  readonly entered: CallState;
  readonly acts: readonly Act[];
  /** Keys pressed ahead were taken as its beginning. */
  readonly beganWithKeys: boolean;
};

/** A past call as a script: what came from outside, by the place where it came. */
export type Script = {
  /** Until the call came to its flow, or was refused. */
  readonly opening: readonly StampedEvent[];
  /** Of the nodes where it stayed, and of those that listen and were passed. */
  readonly visits: readonly Visit[];
  readonly results: Results;
};

const KEY_BRANCH = /^key:(.)$/;

/** Null where the first event is not `began`: such a record cannot be told. */
export function scriptOf(flow: RunnableFlow, events: readonly StampedEvent[]): Script | null {
  const [first, ...rest] = events;
  if (first?.event.type !== 'began') return null;
  let { state } = begin(flow, first.event.context);
  const opening: StampedEvent[] = [];
  const visits: Visit[] = [];
  const results = new ResultLog();
  let acts: Act[] | null = null;
  for (const stamped of rest) {
    const before = state;
    if (before.ended !== null) break;
    const step = advance(flow, before, stamped);
    state = step.state;
    const act: Act = { ...stamped, before, after: state, taken: step.taken };
    if (before.phase === 'answering' || before.phase === 'opening') opening.push(stamped);
    if (acts !== null) {
      acts.push(act);
      results.note(visits.length - 1, act);
    }
    if (state.nodesEntered !== before.nodesEntered || state.phase !== before.phase) {
      visits.push(...passed(flow, acts === null ? step.taken : step.taken.slice(1)));
      acts = state.phase === 'running' ? [] : null;
      if (acts !== null && state.position !== null) {
        const stay = { entered: state, acts, beganWithKeys: tookKeysAhead(flow, act) };
        visits.push({ position: state.position, stay, keyAhead: null });
      }
    }
    results.ordered(visits.length - 1, step.actions, state);
  }
  return { opening, visits, results: results.all() };
}

/** Nodes that listen and were passed without a stop. */
function passed(flow: RunnableFlow, taken: readonly Taken[]): readonly Visit[] {
  return taken.flatMap(({ flowId, nodeId, branch }): readonly Visit[] => {
    const position = { flowId, nodeId };
    const node = flow.node(position);
    if (node === null || !node.listens) return [];
    const pressed = KEY_BRANCH.exec(branch)?.[1];
    const keyAhead = node.asks?.choices.find((choice) => choice === pressed) ?? null;
    return [{ position, stay: null, keyAhead }];
  });
}

/** Whether keys that were pressed ahead may have been taken by the node at which the call stands after an event. */
export function tookKeysAhead(
  flow: RunnableFlow,
  { before, after, event }: Pick<Act, 'before' | 'after' | 'event'>,
): boolean {
  return hadKeysAhead(flow, before, event) && after.position !== null && listensAt(flow, after.position);
}

/** Whether there were keys that a node entered by an event could take: kept ones, or one that is no answer where it was pressed. */
export function hadKeysAhead(flow: RunnableFlow, before: CallState, event: Act['event']): boolean {
  const isOwnAnswer = before.position !== null && listensAt(flow, before.position);
  return before.typedAhead.length > 0 || (event.type === 'keyPressed' && !isOwnAnswer);
}

function listensAt(flow: RunnableFlow, position: Position): boolean {
  return flow.node(position)?.listens ?? false;
}
