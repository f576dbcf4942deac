import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import { bundleOf } from '../../flows/drafts/assemble.ts';
import { readFlows } from '../../flows/drafts/read-flows.ts';
import type { CampaignChoices } from '../../http/campaign-contract.ts';
import { recipientValuesOf } from './personal-values.ts';

/** Scenarios and numbers that a draft may choose from. */
export async function readChoices(db: Database): Promise<CampaignChoices> {
  const flows = await readFlows(db);
  const drafts = flows.map(({ draft }) => draft);
  const numbers = await db
    .selectFrom('phone_number')
    .select(['phone_number', 'name', 'state', 'bundle_id'])
    .orderBy('phone_number')
    .execute();
  return {
    flows: drafts.map(({ id, name }) => ({
      flowId: id,
      name,
      values: [...recipientValuesOf(bundleOf(drafts, id, id)).keys()],
    })),
    numbers: numbers.map((row) => ({
      phoneNumber: row.phone_number,
      shown: showNumber(row.phone_number),
      name: row.name,
      isLive: row.state === 'live',
      hasFlow: row.bundle_id !== null,
    })),
  };
}
