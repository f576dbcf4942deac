import type { FlowDraft } from './draft.ts';
import { nodeKind } from './nodes/registry.ts';

/**
 * The flow of this id and every flow that it leads to, directly or by others, itself first. Empty where it is not there. Nodes that are
 * half made lead nowhere.
 */
export function flowsLedTo(flows: readonly FlowDraft[], entryFlowId: string): readonly FlowDraft[] {
  const byId = new Map(flows.map((flow) => [flow.id, flow]));
  const reached = new Map<string, FlowDraft>();
  const waiting = [entryFlowId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const flow = byId.get(id);
    if (flow === undefined || reached.has(id)) continue;
    reached.set(id, flow);
    waiting.push(...targetsOf(flow));
  }
  return [...reached.values()];
}

function targetsOf(flow: FlowDraft): readonly string[] {
  return Object.values(flow.nodes).flatMap((node) => {
    const binding = nodeKind(node.kind)?.bind(node);
    return binding?.ok && binding.node.targetFlow !== null ? [binding.node.targetFlow] : [];
  });
}
