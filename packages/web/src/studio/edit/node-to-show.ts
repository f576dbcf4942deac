import type { FlowDraft } from '@madoguchi/flow';
import { placesOf } from '../canvas/layout.ts';

/**
 * Where somebody who works by keys goes on after a change: at what came in, else where they were, else at the node that stood nearest to what
 * was taken out. Null where nothing is left.
 * @param current id of the node that had the focus.
 */
export function nodeToShow(before: FlowDraft, after: FlowDraft, current: string): string | null {
  const left = Object.keys(after.nodes);
  const cameIn = left.find((id) => !Object.hasOwn(before.nodes, id));
  if (cameIn !== undefined) return cameIn;
  if (Object.hasOwn(after.nodes, current)) return current;
  const places = placesOf(before);
  const from = places.get(current);
  const farFrom = (id: string) => {
    const at = places.get(id);
    return from === undefined || at === undefined
      ? Number.POSITIVE_INFINITY
      : Math.hypot(at.x - from.x, at.y - from.y);
  };
  return left.toSorted((one, other) => farFrom(one) - farFrom(other))[0] ?? null;
}
