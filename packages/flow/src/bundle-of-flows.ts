import type { BundleDraft, FlowDraft } from './draft.ts';

/** Flows, the entry first, as what is checked and published together. Throws a RangeError where there is none. */
export function bundleOfFlows(bundleId: string, flows: readonly FlowDraft[]): BundleDraft {
  const [entry] = flows;
  if (entry === undefined) throw new RangeError('a bundle needs a flow');
  return { bundleId, entryFlowId: entry.id, flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])) };
}
