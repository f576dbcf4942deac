import { titleOf } from '../node-words.ts';
import type { NodeFigures } from './figures.ts';

/** A line of the table: one thing that calls did at a node. */
export type CountRow = {
  readonly id: string;
  readonly nodeId: string;
  /** Place in the order of the flow. */
  readonly place: number;
  readonly title: string;
  readonly came: number;
  readonly what: string;
  readonly count: number;
};

/** What became of those who stayed at a node, in staff's words. */
export const STAYED = {
  hungUp: 'ここで切った方',
  ended: 'ここで終わった電話（用件がすんだ方など）',
  talking: 'いまここにいる電話',
} as const;

export function rowsOf(figures: readonly NodeFigures[]): readonly CountRow[] {
  return figures
    .flatMap(({ nodeId, node, came, ways, ...stayed }) => {
      const row = (what: string, count: number, id: string) => ({
        id: `${nodeId}\n${id}`,
        nodeId,
        title: titleOf(node),
        came,
        what,
        count,
      });
      const rows = [
        ...ways.map(({ branch, label, count }) => row(label, count, `way ${branch}`)),
        ...(['hungUp', 'ended', 'talking'] as const)
          .filter((how) => stayed[how] > 0)
          .map((how) => row(STAYED[how], stayed[how], how)),
      ];
      return rows.length === 0 ? [row('通った電話はありません', 0, 'none')] : rows;
    })
    .map((row, place) => ({ ...row, place }));
}
