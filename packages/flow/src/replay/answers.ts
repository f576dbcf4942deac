import type { CallEvent, Key } from '../event.ts';
import type { Settings } from './counterparts.ts';
import { questionAt } from './key-meaning.ts';
import type { Act, Visit } from './past-call.ts';

/**
 * What the caller did at a node, question by question. `during`: while he was being spoken to; `afterMs`: since he was last spoken to or
 * did something.
 */
export type Answer = { readonly question: string; readonly during: boolean; readonly afterMs: number } & (
  | { readonly type: 'press'; readonly key: Key }
  | { readonly type: 'silence' }
  /** He spoke, and was not understood. */
  | { readonly type: 'unclear' }
  | { readonly type: 'end'; readonly event: CallEvent }
);

const ENDS: ReadonlySet<string> = new Set(['callerHungUp', 'hungUp', 'callLost']);
const KEY_BRANCH = /^key:(.)$/;

export function answersOf(visit: Visit, acts: readonly Act[], settings: Settings): readonly Answer[] {
  if (visit.keyAhead !== null)
    return [{ type: 'press', key: visit.keyAhead, question: '', during: true, afterMs: 0 }];
  return acts.flatMap((act): readonly Answer[] => {
    if (act.after === act.before) return [];
    const where = {
      question: questionAt(settings, act.before.nodeData),
      during: act.before.prompt?.playing === true,
      afterMs: act.after.lastAtMs - act.before.lastAtMs,
    };
    const { event } = act;
    if (ENDS.has(event.type)) return [{ type: 'end', event, ...where }];
    if (event.type === 'timePassed') return where.during ? [] : [{ type: 'silence', ...where }];
    if (event.type === 'keyPressed') return [{ type: 'press', key: event.key, ...where }];
    if (event.type !== 'heard') return [];
    const key = keyOf(act);
    return [key === null ? { type: 'unclear', ...where } : { type: 'press', key, ...where }];
  });
}

/** The key that the spoken word stood for. */
function keyOf({ taken: [left] }: Act): Key | null {
  const key = left === undefined ? undefined : KEY_BRANCH.exec(left.branch)?.[1];
  return KEYS.find((each) => each === key) ?? null;
}

const KEYS: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'];
