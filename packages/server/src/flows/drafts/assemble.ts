import { type BundleDraft, type FlowDraft, flowsLedTo } from '@madoguchi/flow';
import { storedReadings } from '../../announcements/index.ts';
import type { Database } from '../../database/index.ts';
import { withReadings } from '../version-readings.ts';
import { readFlows } from './read-flows.ts';

/**
 * A flow with every flow that it leads to, as their drafts stand, and the readings of now: what is checked, tried and published together.
 * Null where there is no such flow. A flow that is led to and is not there is left out, for the checker to find.
 */
export async function assembleBundle(
  db: Database,
  flowId: string,
  bundleId: string,
): Promise<BundleDraft | null> {
  const drafts = (await readFlows(db)).map(({ draft }) => draft);
  const bundle = bundleOf(drafts, flowId, bundleId);
  return bundle === null ? null : withReadings(bundle, await storedReadings(db));
}

/** The same of drafts at hand. */
export function bundleOf(
  drafts: readonly FlowDraft[],
  entryFlowId: string,
  bundleId: string,
): BundleDraft | null {
  const reached = flowsLedTo(drafts, entryFlowId);
  if (reached.length === 0) return null;
  return { bundleId, entryFlowId, flows: Object.fromEntries(reached.map((flow) => [flow.id, flow])) };
}
