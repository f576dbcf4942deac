import type { Trunk, TrunkLines } from '@madoguchi/telephony/trunk';
import type { Admission } from '../port.ts';

/** Lines of one trunk that are taken, by what for. */
export type LineUse = { readonly received: number; readonly transferred: number; readonly placed: number };

export const NO_LINE_USED: LineUse = { received: 0, transferred: 0, placed: 0 };

/** Whether a line is free for one more of that kind: within its share and within what the contract allows in all. */
export function hasFreeLine(lines: TrunkLines, use: LineUse, kind: keyof LineUse): boolean {
  return use[kind] < lines[kind] && totalOf(use) < lines.total;
}

/** Lines that calls of a campaign may still take. @param leftFree those that stay free for received calls */
export function freeForPlacing(lines: TrunkLines, use: LineUse, leftFree: number): number {
  return Math.max(0, Math.min(lines.placed - use.placed, lines.total - totalOf(use) - leftFree));
}

/** What becomes of a call that comes in. @param overflowing calls that are hearing the announcement of full lines */
export function admit(
  trunk: Pick<Trunk, 'lines'>,
  use: LineUse,
  overflowing: number,
): Exclude<Admission, 'loop'> {
  const { lines } = trunk;
  if (hasFreeLine(lines, use, 'received')) return 'served';
  return lines.whenFull.type === 'announcement' && overflowing < lines.whenFull.lines
    ? 'overflow'
    : 'linesFull';
}

function totalOf({ received, transferred, placed }: LineUse): number {
  return received + transferred + placed;
}
