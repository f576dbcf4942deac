import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { KeptFiles } from './staging/kept-files.ts';
import { endList } from './staging/stored-lists.ts';

const HOUR_MS = 3_600_000;
/** A reader says three times a second how far it is. */
const SILENT_MS = 30_000;
const NOT_ACCEPTED_MS = 24 * HOUR_MS;
/** How long the rows that were left out may be fetched. */
export const LEFT_OUT_KEPT_MS = 7 * 24 * HOUR_MS;
/** A file that is being sent is in no list yet. */
const SENDING_MS = HOUR_MS / 4;

/** Removes what nobody will finish: lists whose process died, those that nobody accepted for a day, and rows and files that belong to none. */
export async function sweepLists(db: Database, files: KeptFiles, now: number): Promise<void> {
  const open = await db
    .selectFrom('campaign_list')
    .select(['list_id', 'state', 'sent_at', 'worked_at'])
    .where('state', 'in', ['uploaded', 'reading', 'checked'])
    .execute();
  const left = new Set(open.map(({ list_id }) => list_id));
  for (const { list_id, state, sent_at, worked_at } of open) {
    const isSilent = state === 'reading' && worked_at.getTime() < now - SILENT_MS;
    const isOld = state !== 'reading' && sent_at.getTime() < now - NOT_ACCEPTED_MS;
    if (!isSilent && !isOld) continue;
    const problem = '読み込みが途中で止まりました。もう一度ファイルを選んでください。';
    const ended = await endList(
      db,
      list_id,
      isSilent ? { state: 'failed', problem } : { state: 'cancelled' },
    );
    if (!ended) continue;
    await files.forget(list_id);
    left.delete(list_id);
  }
  await sql`
    delete from campaign_list_row r where not exists (
      select from campaign_list l where l.list_id = r.list_id and (
        l.state in ('uploaded', 'reading', 'checked')
        or (l.state = 'accepted' and l.accepted_at > ${new Date(now - LEFT_OUT_KEPT_MS)})))`.execute(db);
  for (const listId of await files.unchangedSince(now - SENDING_MS)) {
    if (!left.has(listId)) await files.forget(listId);
  }
}
