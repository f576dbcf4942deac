/** What is drawn over a flow: the path of a trial, figures of a version. Ways are named by `wayKey`. */
export type CanvasMarks = {
  readonly litNodes: ReadonlySet<string>;
  readonly litWays: ReadonlySet<string>;
  /** Short words on a way ('132件'). */
  readonly onWays: ReadonlyMap<string, string>;
  /** Short words on a node ('途中で切った方 12件'). */
  readonly onNodes: ReadonlyMap<string, string>;
  /** How thick a way is drawn, by how many calls took it; ways left out are drawn as usual. */
  readonly wayWidths: ReadonlyMap<string, WayWidth>;
};

/** 0: no call, dashed; 5: nearly all. */
export type WayWidth = 0 | 1 | 2 | 3 | 4 | 5;

export const NO_MARKS: CanvasMarks = {
  litNodes: new Set(),
  litWays: new Set(),
  onWays: new Map(),
  onNodes: new Map(),
  wayWidths: new Map(),
};

export function wayKey(nodeId: string, branch: string): string {
  return `${nodeId}\n${branch}`;
}
