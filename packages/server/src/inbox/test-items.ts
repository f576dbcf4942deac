import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Database, Tables } from '../database/index.ts';

export const TEST_CITIZEN = '09000004321';
/** Times count from here; no test depends on when it runs. */
export const TEST_NOW = Date.parse('2026-11-24T01:00:00Z');
const HOUR_MS = 3_600_000;

/** Lays an item into the inbox as a call would: for tests only. @returns its id. */
export async function insertTestItem(
  db: Database,
  changes: Partial<Insertable<Tables['inbox_item']>> = {},
): Promise<string> {
  const call = changes.call_id ?? randomUUID();
  const created = new Date(TEST_NOW - HOUR_MS);
  const item = {
    item_id: `${call}-7`,
    kind: 'callBack' as const,
    call_id: call,
    call_day: '2026-11-24',
    phone_number: '0725001001',
    call_back_number: TEST_CITIZEN,
    wished_time: '午前中',
    due_at: new Date(TEST_NOW + HOUR_MS),
    created_at: created,
    changed_at: created,
    ...changes,
  };
  await db.insertInto('inbox_item').values(item).execute();
  return item.item_id;
}
