import type { DraftNode, FlowDraft } from '@madoguchi/flow';
import type { Counts } from '@madoguchi/server/count-contract';
import { type CanvasMarks, NO_MARKS, type WayWidth, wayKey } from '../canvas/marks.ts';
import { waysOut } from '../edit/ways-out.ts';
import { outlineOf } from '../outline/outline-rows.ts';

export type WayFigure = {
  readonly branch: string;
  readonly label: string;
  readonly count: number;
};

/** What became of the calls that came to a node; `came` is the sum of all the others. */
export type NodeFigures = {
  readonly nodeId: string;
  readonly node: DraftNode;
  readonly came: number;
  readonly ways: readonly WayFigure[];
  readonly hungUp: number;
  readonly ended: number;
  readonly talking: number;
};

/** Branches that lead out of the flow, so that no way is drawn for them. */
const LEAVING: Readonly<Record<string, string>> = {
  end: '最後まで進んだ電話',
  go: '別のフローへ進んだ電話',
};

/** The figures of each node of a flow, in the order of the outline. */
export function figuresOf(flow: FlowDraft, counts: Counts): readonly NodeFigures[] {
  const { rows, loose } = outlineOf(flow);
  const listed = rows.flatMap((row) => (row.type === 'node' ? [row.nodeId] : []));
  const places = new Map(
    counts.places.filter(({ flowId }) => flowId === flow.id).map((each) => [each.nodeId, each]),
  );
  const taken = Map.groupBy(
    counts.branches.filter(({ flowId }) => flowId === flow.id),
    ({ nodeId }) => nodeId,
  );
  return [...listed, ...loose].flatMap((nodeId) => {
    const node = flow.nodes[nodeId];
    if (node === undefined) return [];
    const counted = new Map((taken.get(nodeId) ?? []).map(({ branch, count }) => [branch, count]));
    const drawn = waysOut(node).map(({ branch, label }) => ({
      branch,
      label,
      count: counted.get(branch) ?? 0,
    }));
    const others = [...counted]
      .filter(([branch]) => !drawn.some((way) => way.branch === branch))
      .map(([branch, count]) => ({ branch, label: LEAVING[branch] ?? branch, count }));
    const { came = 0, hungUp = 0, ended = 0, talking = 0 } = places.get(nodeId) ?? {};
    return [{ nodeId, node, came, ways: [...drawn, ...others], hungUp, ended, talking }];
  });
}

/** '132件 (45%)' */
export function shareOf(count: number, came: number): string {
  return came === 0 ? `${count}件` : `${count}件 (${percentOf(count, came)})`;
}

/** '45%'; what is there but rounds to nothing is '1%未満'. */
export function percentOf(count: number, came: number): string {
  const percent = Math.round((100 * count) / came);
  return percent === 0 && count > 0 ? '1%未満' : `${percent}%`;
}

/** The figures as the canvas and the outline draw them. @param calls of the version, of which the thickness of a way is a share. */
export function marksOf(figures: readonly NodeFigures[], calls: number): CanvasMarks {
  const onWays = new Map<string, string>();
  const onNodes = new Map<string, string>();
  const wayWidths = new Map<string, WayWidth>();
  for (const { nodeId, came, ways, hungUp } of figures) {
    onNodes.set(nodeId, hungUp === 0 ? `${came}件` : `${came}件　ここで切った方 ${hungUp}件`);
    for (const { branch, count } of ways) {
      const key = wayKey(nodeId, branch);
      onWays.set(key, shareOf(count, came));
      wayWidths.set(key, widthOf(calls === 0 ? 0 : count / calls));
    }
  }
  return { ...NO_MARKS, onWays, onNodes, wayWidths };
}

function widthOf(share: number): WayWidth {
  if (share <= 0) return 0;
  if (share <= 0.05) return 1;
  if (share <= 0.2) return 2;
  if (share <= 0.4) return 3;
  return share <= 0.7 ? 4 : 5;
}
