import { sql } from 'kysely';
import type { Database } from '../database/index.ts';

/** Wakes whoever waits for a change of a campaign: it is to be followed within seconds. */
export async function tellChanged(trx: Database, campaignId: string): Promise<void> {
  await sql`select pg_notify('campaign', ${campaignId})`.execute(trx);
}
