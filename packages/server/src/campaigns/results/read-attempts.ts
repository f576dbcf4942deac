import { sql } from 'kysely';
import type { z } from 'zod';
import { readCursor, showNumber, writeCursor } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type {
  AttemptList,
  AttemptListQuerySchema,
  AttemptSummary,
} from '../../http/campaign-result-contract.ts';
import { nameOfCampaign } from './campaign-gone.ts';
import { ANSWERED_BY_LABELS, GOING_ON_LABEL, OUTCOME_LABELS, RESULT_LABELS } from './labels.ts';

const PAGE_SIZE = 50;

/** Attempts with what a list shows of them. */
export function selectAttempts(db: Database) {
  return db
    .selectFrom('campaign_attempt as a')
    .innerJoin('campaign_recipient as r', 'r.recipient_id', 'a.recipient_id')
    .leftJoin('result_export_attempt as x', 'x.attempt_id', 'a.attempt_id')
    .select([
      'a.attempt_id',
      'a.campaign_id',
      'a.recipient_id',
      'a.channel',
      'a.is_call_back',
      'a.reserved_at',
      'a.answered_at',
      'a.ended_at',
      'a.outcome',
      'a.answered_by',
      'a.counts_as_try',
      'a.sip_code',
      'a.result',
      'a.promised_on',
      'r.row_no',
      'r.addressee_number',
      'r.name_kana',
      'r.telephone',
      'x.export_id',
      sql<string>`a.reserved_at::text`.as('reserved_at_exact'),
    ]);
}

type AttemptRow = Awaited<ReturnType<ReturnType<typeof selectAttempts>['executeTakeFirstOrThrow']>>;

/** One page of a campaign's attempts, newest first, cut by (reserved_at, attempt_id). @throws Refusal 400, 404 */
export async function listAttempts(
  db: Database,
  campaignId: string,
  { channel, outcome, result, day, search, cursor }: z.infer<typeof AttemptListQuerySchema>,
): Promise<AttemptList> {
  await nameOfCampaign(db, campaignId);
  let select = selectAttempts(db).where('a.campaign_id', '=', campaignId);
  if (channel !== undefined) select = select.where('a.channel', '=', channel);
  if (outcome !== undefined) select = select.where('a.outcome', '=', outcome);
  if (result !== undefined) select = select.where('a.result', '=', result);
  if (day !== undefined) {
    const [from, to] = [sql<Date>`${day}::date::timestamp`, sql<Date>`(${day}::date + 1)::timestamp`];
    select = select
      .where('a.reserved_at', '>=', sql<Date>`${from} at time zone 'Asia/Tokyo'`)
      .where('a.reserved_at', '<', sql<Date>`${to} at time zone 'Asia/Tokyo'`);
  }
  if (search !== undefined && search.trim() !== '') {
    const begin = search.normalize('NFKC').trim();
    select = select.where((where) =>
      where(where.fn<boolean>('starts_with', ['r.addressee_number', where.val(begin)]), '=', true),
    );
  }
  if (cursor !== undefined) {
    const [at, id] = readCursor(cursor);
    select = select.where((where) =>
      where(
        where.refTuple('a.reserved_at', 'a.attempt_id'),
        '<',
        where.tuple(sql<Date>`${at}::timestamptz`, id),
      ),
    );
  }
  const rows = await select
    .orderBy('a.reserved_at', 'desc')
    .orderBy('a.attempt_id', 'desc')
    .limit(PAGE_SIZE + 1)
    .execute();
  const page = rows.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  const hasMore = rows.length > PAGE_SIZE && last !== undefined;
  return {
    attempts: page.map(attemptSummary),
    nextCursor: hasMore ? writeCursor(last.reserved_at_exact, last.attempt_id) : null,
  };
}

export function attemptSummary(row: AttemptRow): AttemptSummary {
  return {
    attemptId: row.attempt_id,
    recipientId: row.recipient_id,
    rowNo: row.row_no,
    addresseeNumber: row.addressee_number,
    nameKana: row.name_kana,
    telephoneShown: showNumber(row.telephone),
    channel: row.channel,
    isCallBack: row.is_call_back,
    reservedAt: row.reserved_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    outcome: row.outcome,
    outcomeLabel: row.outcome === null ? GOING_ON_LABEL : OUTCOME_LABELS[row.outcome],
    answeredBy: row.answered_by,
    answeredByLabel: row.answered_by === null ? null : ANSWERED_BY_LABELS[row.answered_by],
    countsAsTry: row.counts_as_try,
    sipCode: row.sip_code,
    result: row.result,
    resultLabel: row.result === null ? null : RESULT_LABELS[row.result],
    promisedOn: row.promised_on,
    exportId: row.export_id,
  };
}
