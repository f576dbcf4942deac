import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';

/** @throws Refusal 404 */
export async function nameOfCampaign(db: Database, campaignId: string): Promise<string> {
  const row = await db
    .selectFrom('campaign')
    .select('name')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal(404, 'campaignNotFound', 'この配信は見つかりません。');
  return row.name;
}
