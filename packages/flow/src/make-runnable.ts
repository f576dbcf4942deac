import { check } from './check/check.ts';
import type { BundleDraft, DraftNode, FlowDraft } from './draft.ts';
import type { Problem, Surroundings } from './finding.ts';
import { nodeKind } from './nodes/registry.ts';
import { RunnableFlow } from './runnable.ts';

export type Making =
  /** `problems`: the warnings that are left. */
  | { readonly ok: true; readonly flow: RunnableFlow; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Makes of a draft without errors what a simulator, a trial or a line can follow. The only way from a draft to a call. */
export function makeRunnable(bundle: BundleDraft, surroundings: Surroundings): Making {
  const problems = check(bundle, surroundings);
  if (problems.some((problem) => problem.severity === 'error')) return { ok: false, problems };
  return { ok: true, flow: new RunnableFlow(written(bundle)), problems };
}

/** A copy with every default written out: a default that changes later must not change what was published before. */
function written(bundle: BundleDraft): BundleDraft {
  const flows = Object.entries(structuredClone(bundle.flows)).map(([id, flow]) => [id, writtenFlow(flow)]);
  return { ...bundle, flows: Object.fromEntries(flows) };
}

/** A copy of one flow with every default written out; nodes that are half made stay as they are. */
export function writtenFlow(flow: FlowDraft): FlowDraft {
  const nodes = Object.entries(flow.nodes).map(([id, node]): readonly [string, DraftNode] => {
    const binding = nodeKind(node.kind)?.bind(node);
    return [id, binding?.ok ? { ...node, ...binding.settings } : node];
  });
  return { ...flow, nodes: Object.fromEntries(nodes) };
}
