import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/**
 * How far a reader of `call_summary.change_id` has surely seen everything.
 *
 * Change ids are drawn before their transactions commit, so a higher one may be visible before a lower one. But whoever writes
 * calls holds PostgreSQL's RowExclusiveLock on call_summary from before it draws a change id until after it has committed. So: read
 * how many ids were drawn, then who holds the lock. When none of those hold it any more, every id drawn until then is settled, and
 * a reader that looks **after** that has seen them all. No clock and no guessed window; a long report or backup, which takes weaker
 * locks, holds nothing up.
 */
export type ChangeHorizon = {
  /** Everything up to here was visible to reads that began after the last `look`. */
  readonly settledId: number;
  /** Looks again. Call it before reading; pass `settledId` over only after that read. */
  look(): Promise<void>;
};

/** How far back a reader begins where somebody is just writing: nobody draws so many ids in one transaction. */
const CAUTIOUS_IDS = 10_000;

export async function beginChangeHorizon(db: Database): Promise<ChangeHorizon> {
  const drawn = await drawnIds(db);
  const writers = await currentWriters(db);
  let settledId = writers.size === 0 ? drawn : Math.max(0, drawn - CAUTIOUS_IDS);
  let pending: { readonly drawn: number; readonly writers: ReadonlySet<string> } | null =
    writers.size === 0 ? null : { drawn, writers };

  return {
    get settledId() {
      return settledId;
    },
    async look() {
      const drawnNow = await drawnIds(db);
      const writersNow = await currentWriters(db);
      if (pending !== null && ![...pending.writers].some((writer) => writersNow.has(writer))) {
        settledId = pending.drawn;
        pending = null;
      }
      if (writersNow.size === 0) {
        settledId = drawnNow;
        pending = null;
      } else {
        pending ??= { drawn: drawnNow, writers: writersNow };
      }
    },
  };
}

/** The highest change id drawn so far, committed or not. */
export async function drawnIds(db: Database): Promise<number> {
  const { rows } = await sql<{ drawn: number }>`
    select case when is_called then last_value else 0 end as drawn from call_change`.execute(db);
  return rows[0]?.drawn ?? 0;
}

async function currentWriters(db: Database): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ virtualtransaction: string }>`
    select distinct virtualtransaction from pg_locks
    where locktype = 'relation' and mode = 'RowExclusiveLock'
      and database = (select oid from pg_database where datname = current_database())
      and relation = 'call_summary'::regclass`.execute(db);
  return new Set(rows.map((row) => row.virtualtransaction));
}
