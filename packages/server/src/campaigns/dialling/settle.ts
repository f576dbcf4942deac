import type { HolidaySet } from '@madoguchi/flow';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../database/index.ts';
import type { DialFailure } from '../../line/index.ts';
import { notBefore, waitingAgain } from '../call-backs/waiting-again.ts';
import { afterAttempt, afterSomebodyElse, countsAsTry, type EndedAttempt } from '../pacing/after-attempt.ts';
import { type OutcomeTable, outcomeOf } from '../pacing/outcome-of.ts';
import { CampaignSettingsSchema } from '../settings.ts';
import { carryOutWish } from '../suppression/wish-in-call.ts';
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
  /** By when staff are to deal with what was left in a call of a number, ms since the epoch; left out: at once. */
  readonly dueAt?: (phoneNumber: string, atMs: number) => number;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

const OPEN = ['reserved', 'dialling', 'ringing', 'talking'] as const;

/**
 * Writes the end of an attempt and what follows for its recipient, in one transaction, once: an attempt that has its end keeps it. Of several for
 * whom it was, who was met has what came of the talk, and the others were not tried; where nobody is known to have been met, what became of
 * it holds for each of them, since it is the telephone that was busy, was not answered or said something.
 */
export async function settleAttempt(
  { db, rules, tableOf, holidays, dueAt = (_, atMs) => atMs, nowMs }: Settling,
  attemptId: string,
  end: AttemptEnd,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('campaign_attempt as a')
      .innerJoin('campaign as c', 'c.campaign_id', 'a.campaign_id')
      .selectAll('a')
      .select(['c.settings', 'c.kind', 'c.name', 'c.phone_number'])
      .where('a.attempt_id', '=', attemptId)
      .where('a.state', 'in', OPEN)
      .forUpdate('a')
      .executeTakeFirst();
    if (row === undefined) return;
    const people = await lockPeople(trx, row);
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
    if (end.how === 'takenBack') {
      await trx
        .updateTable('campaign_recipient')
        .set({ state: waitingAgain })
        .where(
          'recipient_id',
          'in',
          people.map(({ recipient_id }) => recipient_id),
        )
        .where('state', '=', 'inProgress')
        .execute();
      return await rules.ended(trx, attemptId);
    }
    const ended = {
      settings: CampaignSettingsSchema.parse(row.settings),
      outcome,
      answeredBy: AnsweredBySchema.nullable().parse(row.answered_by),
      result: ContactResultSchema.nullable().parse(row.result),
      nowMs,
      holidays,
    };
    for (const person of people) await settlePerson(trx, row, person, ended);
    if (ended.result === 'optedOut') {
      await carryOutWish(trx, {
        attemptId,
        recipientId: row.recipient_id,
        isIdentified: row.identity === 'matched',
        campaign: { kind: row.kind, name: row.name, phoneNumber: row.phone_number },
        dueAt,
        nowMs,
      });
    }
    await rules.ended(trx, attemptId);
  });
}

type SettledAttempt = Selectable<Tables['campaign_attempt']>;
type SettledPerson = Pick<Selectable<Tables['campaign_recipient']>, 'recipient_id' | 'tries' | 'sms_tries'>;

async function lockPeople(trx: Database, attempt: SettledAttempt): Promise<readonly SettledPerson[]> {
  const sharing = await trx
    .selectFrom('campaign_attempt_person')
    .select('recipient_id')
    .where('attempt_id', '=', attempt.attempt_id)
    .execute();
  const ids = new Set([attempt.recipient_id, ...sharing.map(({ recipient_id }) => recipient_id)]);
  return await trx
    .selectFrom('campaign_recipient')
    .select(['recipient_id', 'tries', 'sms_tries'])
    .where('recipient_id', 'in', [...ids])
    .orderBy('recipient_id')
    .forUpdate()
    .execute();
}

async function settlePerson(
  trx: Database,
  attempt: SettledAttempt,
  person: SettledPerson,
  ended: Omit<EndedAttempt, 'recipient'>,
): Promise<void> {
  const { attempt_id: attemptId, result } = attempt;
  const isOther = person.recipient_id !== attempt.recipient_id;
  const isMet = !isOther || attempt.identity !== 'matched';
  const tried: EndedAttempt = {
    ...ended,
    recipient: {
      channel: 'call',
      tries: person.tries,
      smsTries: person.sms_tries,
      lineFailures: await lineFailuresBefore(trx, person.recipient_id, attemptId),
    },
  };
  const next = isMet ? afterAttempt(tried) : afterSomebodyElse(tried);
  const now = new Date(ended.nowMs);
  const recipient = trx.updateTable('campaign_recipient').where('recipient_id', '=', person.recipient_id);
  await recipient
    .set({
      tries: person.tries + next.triesAdded,
      // What the attempt's own recipient said was written as it was said.
      ...(isOther && isMet && result !== null ? { result, result_at: now } : {}),
    })
    .execute();
  await recipient
    .set(
      next.state === 'waiting'
        ? { state: waitingAgain, next_channel: next.nextChannel, next_at: notBefore(next.nextAtMs) }
        : { state: 'done', settled_reason: next.reason, settled_at: now },
    )
    // Who was taken off meanwhile stays so.
    .where('state', '=', 'inProgress')
    .execute();
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
