import type { Outcome, RunnableFlow, Taken } from '@madoguchi/flow';
import type { BranchCount, PlaceCount } from '../../http/count-contract.ts';

/** Where calls of one kind stand, or stood when they ended. */
export type Standing = {
  readonly nodeId: string | null;
  /** The last branch that they took, at whichever node. */
  readonly lastTaken: Taken | null;
  /** They took it by ending. */
  readonly tookItByEnding: boolean;
  readonly outcome: Outcome | null;
  readonly wasAnswered: boolean;
  readonly calls: number;
};

/**
 * What became of the calls at each node. Each time that a call comes to a node it leaves by a branch, which is counted, or stays: with
 * these two all that came are known, also at a node which calls left by hanging up, and never got to where that branch leads.
 */
export function placesOf(
  bundle: RunnableFlow,
  branches: readonly BranchCount[],
  standings: readonly Standing[],
): readonly PlaceCount[] {
  const places = new Map<string, PlaceCount>();
  const add = (flowId: string, nodeId: string, more: Partial<Omit<PlaceCount, 'flowId' | 'nodeId'>>) => {
    const key = `${flowId}\n${nodeId}`;
    const { came, hungUp, ended, talking } = places.get(key) ?? { came: 0, hungUp: 0, ended: 0, talking: 0 };
    places.set(key, {
      flowId,
      nodeId,
      came: came + (more.came ?? 0),
      hungUp: hungUp + (more.hungUp ?? 0),
      ended: ended + (more.ended ?? 0),
      talking: talking + (more.talking ?? 0),
    });
  };
  for (const { flowId, nodeId, count } of branches) add(flowId, nodeId, { came: count });
  for (const standing of standings) {
    const { nodeId, outcome, calls } = standing;
    if (nodeId === null || !standing.wasAnswered || hasLeft(bundle, standing)) continue;
    const how = outcome === null ? 'talking' : outcome === 'abandoned' ? 'hungUp' : 'ended';
    add(flowOf(bundle, standing), nodeId, { came: calls, [how]: calls });
  }
  return [...places.values()];
}

/** Whether the branch that such calls took last is how they left the node where they stand. */
function hasLeft(bundle: RunnableFlow, { nodeId, lastTaken, tookItByEnding }: Standing): boolean {
  if (lastTaken === null || lastTaken.nodeId !== nodeId) return false;
  if (tookItByEnding) return true;
  const node = bundle.node(lastTaken);
  return node !== null && node.targetFlow === null && !Object.hasOwn(node.next, lastTaken.branch);
}

/** A call is in the flow of the branch that it took last, unless that led to another flow. */
function flowOf(bundle: RunnableFlow, { lastTaken, tookItByEnding }: Standing): string {
  if (lastTaken === null) return bundle.bundle.entryFlowId;
  const target = tookItByEnding ? null : (bundle.node(lastTaken)?.targetFlow ?? null);
  return target ?? lastTaken.flowId;
}
