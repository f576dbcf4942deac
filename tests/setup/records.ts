import type { Database } from '../../packages/server/src/database/index.ts';
import { until } from './until.ts';

/** The summary of the call with this SIP Call-ID once it is there, or once it has ended. */
export async function summaryOf(
  db: Database,
  sipCallId: string,
  { ended }: { readonly ended: boolean },
  timeoutMs = 20_000,
) {
  return await until(
    ended ? 'the end of the call in the records' : 'the call in the records',
    async () => {
      const row = await db
        .selectFrom('call_summary')
        .selectAll()
        .where('sip_call_id', '=', sipCallId)
        .executeTakeFirst();
      return row === undefined || (ended && row.ended_at === null) ? null : row;
    },
    timeoutMs,
  );
}

/** Types of a call's events, in order. */
export async function eventTypes(db: Database, callId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('call_event')
    .select('type')
    .where('call_id', '=', callId)
    .orderBy('seq')
    .execute();
  return rows.map((row) => row.type);
}

/** How often calls took each branch, as `nodeId branch` → count, all hours and days together. */
export async function branchCounts(
  db: Database,
  bundleId: string,
): Promise<Readonly<Record<string, number>>> {
  const rows = await db
    .selectFrom('branch_count')
    .select(['node_id', 'branch', 'count'])
    .where('bundle_id', '=', bundleId)
    .execute();
  const counts: Record<string, number> = {};
  for (const { node_id, branch, count } of rows) {
    counts[`${node_id} ${branch}`] = (counts[`${node_id} ${branch}`] ?? 0) + count;
  }
  return counts;
}

/** The one recording of a call, once its file is ready. */
export async function readyRecording(db: Database, callId: string, timeoutMs = 20_000) {
  return await until(
    'the recording of the call, ready',
    async () => {
      const rows = await db.selectFrom('recording').selectAll().where('call_id', '=', callId).execute();
      if (rows.length > 1) throw new Error('a call was recorded twice');
      return rows[0]?.state === 'ready' ? rows[0] : null;
    },
    timeoutMs,
  );
}

/** What a call left in the inbox, oldest first. */
export async function inboxOf(db: Database, callId: string) {
  return await db
    .selectFrom('inbox_item')
    .selectAll()
    .where('call_id', '=', callId)
    .orderBy('created_at')
    .execute();
}
