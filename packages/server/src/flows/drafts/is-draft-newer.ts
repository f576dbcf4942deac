import { type BundleDraft, isSameFlow } from '@madoguchi/flow';
import type { KeptFlow } from './read-flows.ts';

/** Whether any of a frozen bundle's flows says something else by now, or is gone. @param flows all that are kept */
export function isDraftNewer(bundle: BundleDraft, flows: readonly KeptFlow[]): boolean {
  const drafts = new Map(flows.map(({ draft }) => [draft.id, draft]));
  return Object.values(bundle.flows).some((flow) => {
    const draft = drafts.get(flow.id);
    return draft === undefined || !isSameFlow(draft, flow);
  });
}
