import type { HolidaySet } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import type { DialFailure } from '../../line/index.ts';
import { notBefore, waitingAgain } from '../call-backs/waiting-again.ts';
import { afterAttempt, countsAsTry } from '../pacing/after-attempt.ts';
import { type OutcomeTable, outcomeOf } from '../pacing/outcome-of.ts';
import { CampaignSettingsSchema } from '../settings.ts';
import { AnsweredBySchema, type AttemptOutcome, ContactResultSchema } from '../words.ts';
import type { DiallingRules } from './dialling-rules.ts';
import { lineFailuresBefore } from './line-failures.ts';
import { talkOf } from './talk-of.ts';

/** How an attempt is over, as far as this process saw it. */
export type AttemptEnd =
  /** Nothing was dialled, and the person is not to be found any worse for it. */
  | { readonly how: 'takenBack' }
  | { readonly how: 'notDialled'; readonly reason: 'noLine' | 'notDialable' | 'engineAway' }
  | { readonly how: 'failed'; readonly failure: DialFailure }
  /** The call of an answered one is over, or this process did not see what became of it: the records tell. */
  | { readonly how: 'over' };

export type Settling = {
  readonly db: Database;
  readonly rules: DiallingRules;
  /** Of a trunk; null: which one is not known. */
  readonly tableOf: (trunkId: string | null) => OutcomeTable;
  readonly holidays: HolidaySet;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

const OPEN = ['reserved', 'dialling', 'ringing', 'talking'] as const;

/** Writes the end of an attempt and what follows for its recipient, in one transaction, once: an attempt that has its end keeps it. */
export async function settleAttempt(
  { db, rules, tableOf, holidays, nowMs }: Settling,
  attemptId: string,
  end: AttemptEnd,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('campaign_attempt as a')
      .innerJoin('campaign_recipient as r', 'r.recipient_id', 'a.recipient_id')
      .innerJoin('campaign as c', 'c.campaign_id', 'a.campaign_id')
      .select([
        'a.recipient_id',
        'a.dialled_at',
        'a.answered_at',
        'a.ringing_at',
        'a.early_media',
        'a.trunk_id',
      ])
      .select([
        'a.answered_by',
        'a.result',
        'c.settings',
        'r.state',
        'r.tries',
        'r.sms_tries',
        'r.next_channel',
      ])
      .where('a.attempt_id', '=', attemptId)
      .where('a.state', 'in', OPEN)
      .forUpdate(['a', 'r'])
      .executeTakeFirst();
    if (row === undefined) return;
    const now = new Date(nowMs);
    const failure = end.how === 'failed' ? end.failure : null;
    const outcome = await outcomeOfEnd(trx, attemptId, end, { ...row, nowMs }, tableOf(row.trunk_id));
    const counts = end.how !== 'takenBack' && countsAsTry(outcome);
    await trx
      .updateTable('campaign_attempt')
      .set({
        state: outcome === 'unknown' ? 'unknown' : 'ended',
        ended_at: now,
        outcome,
        counts_as_try: counts,
        // The line was not touched after all.
        ...(end.how === 'notDialled' || end.how === 'takenBack' ? { dialled_at: null } : {}),
        ...(failure === null
          ? {}
          : {
              sip_code: failure.sipCode,
              q850_cause: failure.q850Cause,
              early_media: failure.earlyMedia || row.early_media,
            }),
      })
      .where('attempt_id', '=', attemptId)
      .execute();
    const recipient = trx.updateTable('campaign_recipient').where('recipient_id', '=', row.recipient_id);
    if (end.how === 'takenBack') {
      await recipient.set({ state: waitingAgain }).where('state', '=', 'inProgress').execute();
      return await rules.ended(trx, attemptId);
    }
    const next = afterAttempt({
      settings: CampaignSettingsSchema.parse(row.settings),
      recipient: {
        channel: 'call',
        tries: row.tries,
        smsTries: row.sms_tries,
        lineFailures: await lineFailuresBefore(trx, row.recipient_id, attemptId),
      },
      outcome,
      answeredBy: AnsweredBySchema.nullable().parse(row.answered_by),
      result: ContactResultSchema.nullable().parse(row.result),
      nowMs,
      holidays,
    });
    await recipient.set({ tries: row.tries + next.triesAdded }).execute();
    await recipient
      .set(
        next.state === 'waiting'
          ? { state: waitingAgain, next_channel: next.nextChannel, next_at: notBefore(next.nextAtMs) }
          : { state: 'done', settled_reason: next.reason, settled_at: now },
      )
      // Who was taken off meanwhile stays so.
      .where('state', '=', 'inProgress')
      .execute();
    await rules.ended(trx, attemptId);
  });
}

async function outcomeOfEnd(
  trx: Database,
  attemptId: string,
  end: AttemptEnd,
  row: {
    readonly dialled_at: Date | null;
    readonly answered_at: Date | null;
    readonly ringing_at: Date | null;
    readonly early_media: boolean;
    readonly nowMs: number;
  },
  table: OutcomeTable,
): Promise<AttemptOutcome> {
  const rang = row.ringing_at !== null;
  switch (end.how) {
    case 'takenBack':
      return 'cancelled';
    case 'notDialled':
      // A number that may not be dialled will not be dialled the next time either.
      return end.reason === 'notDialable' ? 'unassigned' : 'noLine';
    case 'failed': {
      const { failure } = end;
      if (failure.cancelledBy === 'order') return 'cancelled';
      return outcomeOf(
        {
          sipCode: failure.sipCode,
          q850Cause: failure.q850Cause,
          rang: failure.rang || rang,
          earlyMedia: failure.earlyMedia || row.early_media,
          answerAfterMs: null,
          endAfterMs: failure.afterMs,
          endedBy: failure.cancelledBy === 'timeout' ? 'us' : 'them',
        },
        table,
      );
    }
    case 'over': {
      const talk = await talkOf(trx, attemptId);
      if (talk === null) return 'unknown';
      const dialledMs = (row.dialled_at ?? talk.answeredAt).getTime();
      return outcomeOf(
        {
          sipCode: 200,
          q850Cause: null,
          rang,
          earlyMedia: row.early_media,
          answerAfterMs: Math.max(0, talk.answeredAt.getTime() - dialledMs),
          endAfterMs: Math.max(0, (talk.endedAt?.getTime() ?? row.nowMs) - dialledMs),
          endedBy: talk.endedBy,
        },
        table,
      );
    }
  }
}
