import type { FlowDraft } from '../draft.ts';

/**
 * The flows under new ids, wherever they go to each other: a file that was written in this house names flows that are there already, and
 * two flows may be made of one template. Ids that are not in `newIds` stay.
 */
export function renameFlows(
  flows: readonly FlowDraft[],
  newIds: ReadonlyMap<string, string>,
): readonly FlowDraft[] {
  const renamed = (id: string): string => newIds.get(id) ?? id;
  return flows.map((flow) => ({
    ...flow,
    id: renamed(flow.id),
    nodes: Object.fromEntries(
      Object.entries(flow.nodes).map(([nodeId, node]) => {
        const flowId = node.kind === 'goToFlow' ? node['flowId'] : undefined;
        return [nodeId, typeof flowId === 'string' ? { ...node, flowId: renamed(flowId) } : node];
      }),
    ),
  }));
}
