import type { Action } from './action.ts';
import { advance } from './interpreter.ts';
import type { RunnableFlow } from './runnable.ts';
import type { CallState } from './state.ts';

/**
 * The announcement that follows by itself once the one that is heard is over, or null where something else does, where it depends on more
 * than that, or where its words are known only then (values). It lets the line play both without a gap; what is said is still decided
 * when the first one is over.
 */
export function announcementAfter(
  bundle: RunnableFlow,
  state: CallState,
): Extract<Action, { type: 'announce' }> | null {
  const { prompt, lastSeq, lastAtMs } = state;
  if (prompt === null || !prompt.playing) return null;
  const event = { type: 'announced', id: prompt.id } as const;
  const { actions } = advance(bundle, state, { seq: lastSeq + 1, atMs: lastAtMs, event });
  const [action] = actions;
  if (actions.length !== 1 || action?.type !== 'announce') return null;
  return action.parts.every((part) => part.type !== 'value') ? action : null;
}
