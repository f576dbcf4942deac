import type { BundleDraft } from '../draft.ts';
import { nodeKind } from '../nodes/registry.ts';
import { loadPublished, type RunnableFlow } from '../runnable.ts';

export type FlowToTry =
  | { readonly ok: true; readonly flow: RunnableFlow }
  /** Nodes whose settings cannot be read: they have to be mended first. */
  | { readonly ok: false; readonly nodes: readonly { readonly flowId: string; readonly nodeId: string }[] };

/**
 * A draft as a trial follows it. Half-made ones can be tried, too: a call that comes to a branch that leads nowhere ends there, with the
 * outcome `error`. What callers reach is made by `makeRunnable` alone.
 */
export function flowToTry(bundle: BundleDraft): FlowToTry {
  const nodes = Object.entries(bundle.flows).flatMap(([flowId, flow]) =>
    Object.entries(flow.nodes).flatMap(([nodeId, node]) =>
      nodeKind(node.kind)?.bind(node).ok === true ? [] : [{ flowId, nodeId }],
    ),
  );
  return nodes.length === 0 ? { ok: true, flow: loadPublished(bundle) } : { ok: false, nodes };
}
