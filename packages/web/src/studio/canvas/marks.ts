/** What is drawn over a flow: the path of a trial, figures of a version. Ways are named by `wayKey`. */
export type CanvasMarks = {
  readonly litNodes: ReadonlySet<string>;
  readonly litWays: ReadonlySet<string>;
  /** Short words on a way ('132件'). */
  readonly onWays: ReadonlyMap<string, string>;
  /** Short words on a node ('途中で切った方 12件'). */
  readonly onNodes: ReadonlyMap<string, string>;
};

export const NO_MARKS: CanvasMarks = {
  litNodes: new Set(),
  litWays: new Set(),
  onWays: new Map(),
  onNodes: new Map(),
};

export function wayKey(nodeId: string, branch: string): string {
  return `${nodeId}\n${branch}`;
}
