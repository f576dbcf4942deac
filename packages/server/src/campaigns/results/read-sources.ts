import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { ResultSources } from '../../http/campaign-result-contract.ts';
import { nameOfCampaign } from './campaign-gone.ts';

const NamesSchema = z.array(z.object({ name: z.string() }));

/** What a campaign's list offers to columns of a file: the values by their names, and its own columns as they were headed. @throws Refusal 404 */
export async function readSources(db: Database, campaignId: string): Promise<ResultSources> {
  await nameOfCampaign(db, campaignId);
  // All recipients of a list have the same values.
  const { rows } = await sql`
    select distinct jsonb_object_keys(r.values) as name
    from (select values from campaign_recipient where campaign_id = ${campaignId} limit 20) as r order by 1`.execute(
    db,
  );
  const list = await db
    .selectFrom('campaign_list')
    .select('headers')
    .where('campaign_id', '=', campaignId)
    .where('purpose', '=', 'recipients')
    .where('state', '=', 'accepted')
    .orderBy('accepted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { values: NamesSchema.parse(rows).map(({ name }) => name), columns: list?.headers ?? [] };
}
