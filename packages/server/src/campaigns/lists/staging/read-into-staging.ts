import { type Database, poolOf } from '../../../database/index.ts';
import type { CheckedGroup } from './check-groups.ts';
import { copyRows, type StagedRow } from './copy-rows.ts';

/** Staff gave the list up while it was read. */
export class ListGivenUpError extends Error {
  readonly code = 'listGivenUp';
}

/** Also a sign of life: a list that is silent for long is swept away. */
const PROGRESS_EVERY_MS = 300;

type Counts = { rows: number; usable: number; leftOut: number; warned: number };

/**
 * Reads a list into the staging table in one transaction: what fails or is given up has left nothing. How far it is stands in `campaign_list` all the while.
 * @throws ListGivenUpError, ListFileError
 */
export async function readIntoStaging(options: {
  readonly db: Database;
  readonly listId: string;
  readonly groups: AsyncIterable<CheckedGroup>;
  readonly monotonicMs: () => number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { db, listId, groups, monotonicMs, now, signal } = options;
  const counts: Counts = { rows: 0, usable: 0, leftOut: 0, warned: 0 };
  const counted = async function* (): AsyncGenerator<readonly StagedRow[]> {
    let saidMs = monotonicMs();
    for await (const { rows, bytes } of groups) {
      count(counts, rows);
      yield rows;
      if (monotonicMs() - saidMs < PROGRESS_EVERY_MS) continue;
      saidMs = monotonicMs();
      await sayProgress(db, listId, counts, bytes, now());
    }
  };
  const client = await poolOf(db).connect();
  try {
    await client.query('begin');
    await client.query('delete from campaign_list_row where list_id = $1', [listId]);
    await copyRows(client, listId, counted(), signal);
    const { rowCount } = await client.query(
      `update campaign_list set state = 'checked', bytes_read = file_bytes, rows_read = $2, usable = $3, left_out = $4, warned = $5, worked_at = $6
       where list_id = $1 and state = 'reading'`,
      [listId, counts.rows, counts.usable, counts.leftOut, counts.warned, new Date(now())],
    );
    if (rowCount === 0) throw new ListGivenUpError();
    await client.query('commit');
    client.release();
  } catch (error) {
    // Closed, not handed back: PostgreSQL rolls back whatever was under way on it.
    client.release(true);
    throw signal.aborted ? new ListGivenUpError() : error;
  }
}

function count(counts: Counts, rows: readonly StagedRow[]): void {
  const leftOut = rows.filter((row) => row.leftOut).length;
  counts.rows += rows.length;
  counts.leftOut += leftOut;
  counts.usable += rows.length - leftOut;
  counts.warned += rows.filter((row) => !row.leftOut && row.problems.length > 0).length;
}

async function sayProgress(
  db: Database,
  listId: string,
  counts: Counts,
  bytes: number,
  now: number,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('campaign_list')
    .set({
      bytes_read: bytes,
      rows_read: counts.rows,
      usable: counts.usable,
      left_out: counts.leftOut,
      warned: counts.warned,
      worked_at: new Date(now),
    })
    .where('list_id', '=', listId)
    .where('state', '=', 'reading')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ListGivenUpError();
}
