import { advance, begin, type StampedEvent, type Step } from './interpreter.ts';
import type { RunnableFlow } from './runnable.ts';

/** A log that does not start with `began`: it belongs to no call that can be told. */
export class LogWithoutBeginningError extends Error {
  readonly code = 'logWithoutBeginning';
}

/**
 * All steps of a call, one for each event of its log, oldest first: the last one's state is where the call stands (resume), all actions
 * together are its story. Throws LogWithoutBeginningError.
 */
export function fold(bundle: RunnableFlow, events: Iterable<StampedEvent>): readonly [Step, ...Step[]] {
  let steps: [Step, ...Step[]] | null = null;
  for (const stamped of events) {
    if (steps === null) {
      if (stamped.event.type !== 'began') break;
      steps = [begin(bundle, stamped.event.context)];
    } else {
      steps.push(advance(bundle, lastOf(steps).state, stamped));
    }
  }
  if (steps === null) throw new LogWithoutBeginningError('the first event of a call must be began');
  return steps;
}

function lastOf(steps: readonly [Step, ...Step[]]): Step {
  return steps.at(-1) ?? steps[0];
}
