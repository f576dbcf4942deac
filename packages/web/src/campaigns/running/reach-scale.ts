import { dayShown, momentShown } from '../../words/japanese-time.ts';
import type { ReachPoint } from './reach-so-far.ts';

/** Scales of the chart of reach: pure, in ms since the epoch. */

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JAPAN_AHEAD_MS = 9 * HOUR_MS;
const MOST_MARKS = 6;
const STEPS_MS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 1_440, 4_320].map((hours) => hours * HOUR_MS);

/** The smallest number that holds `most` and has whole quarters that read well. */
export function roundAbove(most: number): number {
  const few = [4, 8, 12, 20, 40].find((each) => each >= most);
  if (few !== undefined) return few;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 6, 8].map((factor) => factor * power).find((each) => each >= most) ?? 10 * power;
}

/** Where the time is written below the chart: at full hours, or midnights of Japan, at most six. */
export function timeMarks(
  from: number,
  to: number,
): readonly { readonly at: number; readonly word: string }[] {
  const step = STEPS_MS.find((each) => (to - from) / each <= MOST_MARKS) ?? to - from;
  const first = Math.ceil((from + JAPAN_AHEAD_MS) / step) * step - JAPAN_AHEAD_MS;
  const marks = [];
  for (let at = first; at <= to; at += step) {
    const shown = new Date(at).toISOString();
    marks.push({ at, word: step < DAY_MS ? momentShown(shown) : dayShown(shown) });
  }
  return marks;
}

/** What had come together by the end of each Japanese day. */
export function endOfDays(
  points: readonly ReachPoint[],
): readonly (ReachPoint & { readonly word: string })[] {
  const dayOf = (at: string) => Math.floor((Date.parse(at) + JAPAN_AHEAD_MS) / DAY_MS);
  return points
    .filter((point, index) => {
      const next = points[index + 1];
      return next === undefined || dayOf(next.at) !== dayOf(point.at);
    })
    .map((point) => ({ ...point, word: dayShown(point.at) }));
}
