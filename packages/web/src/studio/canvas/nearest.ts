import type { Place } from '../edit/edits.ts';

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const UNIT: Readonly<Record<Direction, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
/** How much farther a step aside counts than one ahead. */
const ASIDE = 2.5;

/** The place that an eye finds next in a direction; null where there is none. */
export function nearestIn(
  direction: Direction,
  from: Place,
  places: ReadonlyMap<string, Place>,
): string | null {
  const unit = UNIT[direction];
  let nearest: { readonly id: string; readonly far: number } | null = null;
  for (const [id, place] of places) {
    const x = place.x - from.x;
    const y = place.y - from.y;
    const ahead = x * unit.x + y * unit.y;
    const aside = Math.abs(x * unit.y) + Math.abs(y * unit.x);
    if (ahead <= 0 || aside > ahead * 4) continue;
    const far = ahead + aside * ASIDE;
    if (nearest === null || far < nearest.far) nearest = { id, far };
  }
  return nearest?.id ?? null;
}
