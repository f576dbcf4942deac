import { recipientValuesOf } from '@madoguchi/flow';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import { bundleOf } from '../../flows/drafts/assemble.ts';
import { readFlows } from '../../flows/drafts/read-flows.ts';
import type { CampaignChoices } from '../../http/campaign-contract.ts';
import { readBudget } from '../cost/stored-budget.ts';

/** Scenarios, numbers and departments that a draft may choose from. */
export async function readChoices(db: Database): Promise<CampaignChoices> {
  const flows = await readFlows(db);
  const drafts = flows.map(({ draft }) => draft);
  const numbers = await db
    .selectFrom('phone_number')
    .select(['phone_number', 'name', 'state', 'bundle_id'])
    .orderBy('phone_number')
    .execute();
  const { budget } = await readBudget(db);
  return {
    flows: drafts.flatMap(({ id, name }) => {
      const bundle = bundleOf(drafts, id, id);
      if (bundle === null) return [];
      const nodes = Object.values(bundle.flows).flatMap((flow) => Object.values(flow.nodes));
      return {
        flowId: id,
        name,
        values: recipientValuesOf(bundle).map((value) => value.name),
        asksBirthDate: nodes.some(({ kind }) => kind === 'identityCheck'),
      };
    }),
    numbers: numbers.map((row) => ({
      phoneNumber: row.phone_number,
      shown: showNumber(row.phone_number),
      name: row.name,
      isLive: row.state === 'live',
      hasFlow: row.bundle_id !== null,
    })),
    departments: budget.shares.map(({ department }) => department),
  };
}
