import { type Expression, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { writeAudit } from '../../accounts/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { Recipient, RecipientList, RecipientStateName } from '../../http/campaign-contract.ts';
import { Refusal } from '../../http/index.ts';
import { tellChanged } from '../tell-changed.ts';
import type { ContactResult } from '../words.ts';
import type { Deed } from './deed.ts';
import { campaignGone } from './drafts.ts';

const PAGE = 50;

export type RecipientSearch = {
  readonly search?: string | undefined;
  readonly state?: RecipientStateName | undefined;
  readonly result?: ContactResult | undefined;
  readonly cursor?: string | undefined;
};

/** A page of the list, in its order. @throws Refusal 400 for a cursor that no page gave. */
export async function listRecipients(
  db: Database,
  campaignId: string,
  { search = '', state, result, cursor }: RecipientSearch,
): Promise<RecipientList> {
  const matching = recipients(db)
    .where('campaign_id', '=', campaignId)
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'waiting'))
    .$if(result !== undefined, (query) => query.where('result', '=', result ?? null))
    .$if(search.trim() !== '', (query) => query.where(matches(search.trim())));
  const { total } = await matching
    .clearSelect()
    .select((select) => select.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .$if(cursor !== undefined, (query) => query.where('row_no', '>', rowOf(cursor ?? '')))
    .orderBy('row_no')
    .limit(PAGE + 1)
    .execute();
  const page = rows.slice(0, PAGE);
  return {
    recipients: page.map(shown),
    total,
    nextCursor: rows.length > PAGE ? String(page.at(-1)?.row_no ?? 0) : null,
  };
}

/** So many at random, of those who are not taken off. */
export async function sampleRecipients(
  db: Database,
  campaignId: string,
  count: number,
): Promise<Recipient[]> {
  const rows = await recipients(db)
    .where('campaign_id', '=', campaignId)
    .where('state', '<>', 'removed')
    .orderBy(sql`random()`)
    .limit(count)
    .execute();
  return rows.map(shown);
}

/** One recipient with the values of the row. @throws Refusal 404 */
export async function readRecipient(db: Database, campaignId: string, recipientId: number) {
  const row = await recipients(db)
    .select('values')
    .where('campaign_id', '=', campaignId)
    .where('recipient_id', '=', recipientId)
    .executeTakeFirst();
  if (row === undefined) throw recipientGone();
  return { recipient: shown(row), values: RecipientValuesSchema.parse(row.values) };
}

export const RecipientValuesSchema = z.record(
  z.string(),
  z.object({
    text: z.string(),
    readAs: z.enum(['text', 'digits', 'telephone', 'date', 'time', 'amount', 'number']),
  }),
);

/**
 * Takes a recipient off, with the reason: nobody tries again. One who is being called just now is left to the call, which no other follows.
 * @throws Refusal 404; 409 where everything is settled already
 */
export async function removeRecipient(
  db: Database,
  { campaignId, recipientId }: { readonly campaignId: string; readonly recipientId: number },
  reason: string,
  deed: Deed,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const campaign = await trx
      .selectFrom('campaign')
      .select('state')
      .where('campaign_id', '=', campaignId)
      .forShare()
      .executeTakeFirst();
    if (campaign === undefined) throw campaignGone();
    const row = await trx
      .selectFrom('campaign_recipient')
      .select('state')
      .where('campaign_id', '=', campaignId)
      .where('recipient_id', '=', recipientId)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw recipientGone();
    if (row.state === 'done' || row.state === 'removed')
      throw new Refusal(409, 'settled', 'この方への連絡は、すでに終わっているか、取りやめています。');
    const at = new Date(deed.atMs);
    await writeAudit(trx, {
      action: 'campaignRecipientRemoved',
      at: deed.atMs,
      userId: deed.personId,
      subject: campaignId,
      address: deed.address,
      detail: { recipientId },
    });
    await trx
      .updateTable('campaign_recipient')
      .set({ state: 'removed', settled_reason: 'byStaff', settled_at: at })
      .where('recipient_id', '=', recipientId)
      .execute();
    await trx
      .insertInto('campaign_removal')
      .values({ recipient_id: recipientId, removed_by: deed.personId, removed_at: at, reason })
      .execute();
    await tellChanged(trx, campaignId);
  });
}

function recipients(db: Database) {
  return db
    .selectFrom('campaign_recipient')
    .select([
      'recipient_id',
      'row_no',
      'addressee_number',
      'telephone',
      'telephone_kind',
      'name_kana',
      'birth_date',
      'state',
      'next_channel',
      'tries',
      'sms_tries',
      'settled_reason',
      'settled_at',
      'result',
      'result_at',
      'promised_on',
    ])
    .select(sql<Date | null>`nullif(next_at, '-infinity')`.as('next_at'));
}
type Row = Awaited<ReturnType<ReturnType<typeof recipients>['executeTakeFirstOrThrow']>>;

function shown(row: Row): Recipient {
  const isOpen = row.state === 'waiting' || row.state === 'inProgress';
  return {
    recipientId: row.recipient_id,
    rowNo: row.row_no,
    addresseeNumber: row.addressee_number,
    telephone: row.telephone,
    telephoneShown: showNumber(row.telephone),
    nameKana: row.name_kana,
    hasBirthDate: row.birth_date !== null,
    state: row.state,
    nextChannel: row.next_channel,
    nextAt: isOpen ? (row.next_at?.toISOString() ?? null) : null,
    tries: row.tries,
    smsTries: row.sms_tries,
    settledReason: row.settled_reason,
    settledAt: row.settled_at?.toISOString() ?? null,
    result: row.result,
    resultAt: row.result_at?.toISOString() ?? null,
    promisedOn: row.promised_on,
  };
}

/** Begin of a 宛名番号, or part of a telephone as anybody writes it. */
function matches(search: string): Expression<SqlBool> {
  const narrow = search.normalize('NFKC');
  const digits = narrow.replace(/[\s()-]/g, '');
  const begin = `${narrow.replace(/[\\%_]/g, '\\$&')}%`;
  return /^\d{3,}$/.test(digits)
    ? sql<SqlBool>`(addressee_number like ${begin} or telephone like ${`%${digits}%`})`
    : sql<SqlBool>`addressee_number like ${begin}`;
}

function rowOf(cursor: string): number {
  if (!/^\d{1,9}$/.test(cursor))
    throw new Refusal(400, 'invalidCursor', '一覧の続きを取得できません。検索し直してください。');
  return Number(cursor);
}

function recipientGone(): Refusal {
  return new Refusal(404, 'notFound', 'この配信先は見つかりません。');
}
