import { type BundleDraft, type FlowDraft, flowsLedTo } from '@madoguchi/flow';

/** The flow as it is on the screen, with the flows that it leads to as they are stored. */
export function bundleOf(flow: FlowDraft, others: readonly FlowDraft[]): BundleDraft {
  const reached = flowsLedTo([flow, ...others.filter(({ id }) => id !== flow.id)], flow.id);
  return {
    bundleId: 'draft',
    entryFlowId: flow.id,
    flows: Object.fromEntries(reached.map((each) => [each.id, each])),
  };
}
