import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { ResultTotals } from '../../http/campaign-result-contract.ts';
import { AnsweredBySchema, AttemptOutcomeSchema, ChannelSchema, ContactResultSchema } from '../words.ts';
import { nameOfCampaign } from './campaign-gone.ts';
import { ANSWERED_BY_LABELS, OUTCOME_LABELS, RESULT_LABELS } from './labels.ts';

const RecipientsSchema = z.object({
  total: z.int(),
  waiting: z.int(),
  inProgress: z.int(),
  done: z.int(),
  removed: z.int(),
  reached: z.int(),
});
const ByResultSchema = z.object({ result: ContactResultSchema.nullable(), recipients: z.int() });
const ByOutcomeSchema = z.object({
  channel: ChannelSchema,
  outcome: AttemptOutcomeSchema.nullable(),
  answeredBy: AnsweredBySchema.nullable(),
  attempts: z.int(),
  exported: z.int(),
});
const PromiseSchema = z.object({ day: z.iso.date().nullable(), recipients: z.int() });

/** Counted from the rows themselves, so that they are what a file of them says. @throws Refusal 404 */
export async function readTotals(db: Database, campaignId: string, now: Date): Promise<ResultTotals> {
  const campaignName = await nameOfCampaign(db, campaignId);
  const recipients = await sql`
    select count(*) as total, count(*) filter (where state = 'waiting') as waiting,
      count(*) filter (where state = 'inProgress') as "inProgress", count(*) filter (where state = 'done') as done,
      count(*) filter (where state = 'removed') as removed,
      count(*) filter (where settled_reason = 'reached') as reached
    from campaign_recipient where campaign_id = ${campaignId}`.execute(db);
  const results = await sql`
    select result, count(*) as recipients from campaign_recipient where campaign_id = ${campaignId} group by 1`.execute(
    db,
  );
  const promises = await sql`
    select promised_on as day, count(*) as recipients from campaign_recipient
    where campaign_id = ${campaignId} and result = 'promised' group by 1 order by 1 nulls last`.execute(db);
  const attempts = await sql`
    select a.channel, a.outcome, a.answered_by as "answeredBy", count(*) as attempts, count(x.attempt_id) as exported
    from campaign_attempt a left join result_export_attempt x on x.attempt_id = a.attempt_id
    where a.campaign_id = ${campaignId} and a.ended_at is not null group by 1, 2, 3`.execute(db);
  const byResult = z.array(ByResultSchema).parse(results.rows);
  const byOutcome = z.array(ByOutcomeSchema).parse(attempts.rows);
  const exported = sum(byOutcome.map((row) => row.exported));
  return {
    campaignId,
    campaignName,
    at: now.toISOString(),
    recipients: RecipientsSchema.parse(recipients.rows[0]),
    results: inOrder(ContactResultSchema.options, RESULT_LABELS).map(({ word, label }) => ({
      result: word,
      label,
      recipients: sum(byResult.filter(({ result }) => result === word).map((row) => row.recipients)),
    })),
    withoutResult: sum(byResult.filter(({ result }) => result === null).map((row) => row.recipients)),
    outcomes: ChannelSchema.options.flatMap((channel) =>
      inOrder(AttemptOutcomeSchema.options, OUTCOME_LABELS).flatMap(({ word, label }) => {
        const attempts = sum(
          byOutcome
            .filter((row) => row.channel === channel && (row.outcome ?? 'unknown') === word)
            .map((row) => row.attempts),
        );
        return mayComeOf(channel, word) || attempts > 0 ? [{ channel, outcome: word, label, attempts }] : [];
      }),
    ),
    answeredBy: inOrder(AnsweredBySchema.options, ANSWERED_BY_LABELS).map(({ word, label }) => ({
      answeredBy: word,
      label,
      attempts: sum(byOutcome.filter((row) => row.answeredBy === word).map((row) => row.attempts)),
    })),
    promises: z.array(PromiseSchema).parse(promises.rows),
    notExported: sum(byOutcome.map((row) => row.attempts)) - exported,
    exported,
  };
}

const BOTH: ReadonlySet<string> = new Set(['cancelled', 'unknown']);

/** An outcome of text messages is none of calls. */
function mayComeOf(channel: 'call' | 'sms', outcome: string): boolean {
  return BOTH.has(outcome) || outcome.startsWith('sms') === (channel === 'sms');
}

/** Words in the order of their labels. */
function inOrder<K extends string>(
  words: readonly K[],
  labels: Readonly<Record<K, string>>,
): readonly { readonly word: K; readonly label: string }[] {
  const order = Object.keys(labels);
  return words
    .map((word) => ({ word, label: labels[word] }))
    .toSorted((a, b) => order.indexOf(a.word) - order.indexOf(b.word));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
