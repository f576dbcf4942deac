import { type BundleDraft, flowsLedTo } from '@madoguchi/flow';
import type { FlowDetail } from '@madoguchi/server/flow-contract';

/** The flow with the flows that it leads to. */
export function bundleOf({ flow, others }: FlowDetail): BundleDraft {
  const reached = flowsLedTo([flow.draft, ...others], flow.draft.id);
  return {
    bundleId: 'draft',
    entryFlowId: flow.draft.id,
    flows: Object.fromEntries(reached.map((each) => [each.id, each])),
  };
}
