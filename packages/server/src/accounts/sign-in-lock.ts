import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';

export type LockSettings = {
  /** Wrong passwords in a row that an account takes. Default 5. */
  readonly failuresAllowed?: number;
  /** How long it then stays locked, and how long a failure is remembered. Default 15 min. */
  readonly lockMs?: number;
};

export type SignInLock = {
  /**
   * Counts an attempt and says whether it may go on. Counting comes before the password is looked at, so that many guesses sent at
   * once cannot all slip through while the first is still being hashed.
   */
  take(email: string): Promise<'allowed' | 'locked' | 'lockedNow'>;
  /** The password was right: the count begins anew. */
  forget(email: string): Promise<void>;
};

/** Locks an account by its address, known or not, so that the answer tells nobody which addresses exist. */
export function createSignInLock(
  db: Database,
  clock: Pick<Clock, 'now'>,
  { failuresAllowed = 5, lockMs = 15 * 60_000 }: LockSettings,
): SignInLock {
  return {
    async take(email) {
      const now = new Date(clock.now());
      const until = new Date(clock.now() + lockMs);
      const forgotten = new Date(clock.now() - lockMs);
      const { rows } = await sql<{ locked: boolean; now_locked: boolean }>`
        insert into sign_in_lock as l (email_sha256, failures, last_attempt_at, locked_until)
        values (${keyOf(email)}, 1, ${now}, null)
        on conflict (email_sha256) do update set
          failures = case
            when l.locked_until > ${now} then l.failures
            when l.locked_until is not null or l.last_attempt_at < ${forgotten} then 1
            else l.failures + 1 end,
          locked_until = case
            when l.locked_until > ${now} then l.locked_until
            when l.locked_until is not null or l.last_attempt_at < ${forgotten} then null
            when l.failures >= ${failuresAllowed} then ${until}::timestamptz
            else null end,
          last_attempt_at = case when l.locked_until > ${now} then l.last_attempt_at else ${now} end
        returning coalesce(locked_until > ${now}, false) as locked,
          coalesce(locked_until > ${now} and last_attempt_at = ${now}, false) as now_locked`.execute(db);
      const row = rows[0];
      if (row === undefined || !row.locked) return 'allowed';
      return row.now_locked ? 'lockedNow' : 'locked';
    },
    async forget(email) {
      await db.deleteFrom('sign_in_lock').where('email_sha256', '=', keyOf(email)).execute();
    },
  };
}

/** Strangers' mistyped addresses are no business of ours: only their digest is kept. */
function keyOf(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
}
