import { BundleDraftSchema, isSameFlow } from '@madoguchi/flow';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { FlowList } from '../../http/flow-contract.ts';
import { readFlows } from './read-flows.ts';

/** Every flow with where it is used and how it stands to what was published of it last. */
export async function listFlows(db: Database): Promise<FlowList['flows']> {
  const [flows, newest, numbers] = await Promise.all([
    readFlows(db),
    db
      .selectFrom('flow_bundle')
      .select(['flow_id', 'version_no', 'bundle'])
      .distinctOn('flow_id')
      .where('flow_id', 'is not', null)
      .where('version_no', 'is not', null)
      .orderBy('flow_id')
      .orderBy('version_no', 'desc')
      .execute(),
    db
      .selectFrom('phone_number')
      .select(['phone_number', 'name', 'flow_id'])
      .orderBy('phone_number')
      .execute(),
  ]);
  return flows.map(({ draft, changedAt, changedBy }) => {
    const published = newest.find((row) => row.flow_id === draft.id);
    const bundle = BundleDraftSchema.safeParse(published?.bundle);
    const inForce = bundle.success ? bundle.data.flows[draft.id] : undefined;
    return {
      flowId: draft.id,
      name: draft.name,
      nodes: Object.keys(draft.nodes).length,
      changedAt: changedAt.toISOString(),
      changedBy,
      version: published?.version_no ?? null,
      isChanged: inForce === undefined || !isSameFlow(draft, inForce),
      numbers: numbers
        .filter((number) => number.flow_id === draft.id)
        .map(({ phone_number, name }) => ({
          phoneNumber: phone_number,
          shown: showNumber(phone_number),
          name,
        })),
    };
  });
}
