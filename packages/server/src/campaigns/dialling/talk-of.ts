import type { Database } from '../../database/index.ts';

export type Talk = {
  readonly answeredAt: Date;
  /** Null where its end was not seen. */
  readonly endedAt: Date | null;
  readonly endedBy: 'us' | 'them';
};

/** What the call's own records say of an attempt that was answered; null where there are none: nobody of ours spoke in it. */
export async function talkOf(db: Database, attemptId: string): Promise<Talk | null> {
  const summary = await db
    .selectFrom('call_summary')
    .select(['call_day', 'answered_at', 'ended_at'])
    .where('call_id', '=', attemptId)
    .executeTakeFirst();
  if (summary === undefined || summary.answered_at === null) return null;
  const last = await db
    .selectFrom('call_event')
    .select('type')
    .where('call_day', '=', summary.call_day)
    .where('call_id', '=', attemptId)
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return {
    answeredAt: summary.answered_at,
    endedAt: summary.ended_at,
    endedBy: last?.type === 'callerHungUp' ? 'them' : 'us',
  };
}
