import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { ResultMappingDraft } from '../../http/campaign-result-contract.ts';
import { Refusal } from '../../http/index.ts';
import { nameOfCampaign } from './campaign-gone.ts';
import { LARGEST_SHEET_ROWS } from './format/xlsx.ts';
import { type Deed, readMapping } from './mappings.ts';
import { type Contacts, newContacts } from './read-contacts.ts';

type Again = { readonly type: 'again'; readonly exportId: string };
export type ExportWish = {
  readonly campaignId: string;
  readonly mappingId: string;
  readonly of: { readonly type: 'new' } | Again;
};
export type ExportOrder = ExportWish & {
  /** What has left the house before leaves it again only with a reason. */
  readonly of: { readonly type: 'new' } | (Again & { readonly reason: string });
};
export type OrderedExport = {
  readonly exportId: string;
  readonly attempts: number;
  readonly repeats: string | null;
};

/** What a wish is about. The attempts of a file that repeats another are those of that other. @throws Refusal 404 */
export async function contactsOf(db: Database, { campaignId, of }: ExportWish): Promise<Contacts> {
  await nameOfCampaign(db, campaignId);
  if (of.type === 'new') return { type: 'new', campaignId };
  const row = await db
    .selectFrom('result_export')
    .select(['export_id', 'repeats'])
    .where('export_id', '=', of.exportId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (row === undefined) throw exportGone();
  return { type: 'ofExport', exportId: row.repeats ?? row.export_id };
}

/**
 * Says which attempts are in a new file. From then on no other file takes them, whatever becomes of this one: it is made again with the same. Two
 * clerks who order at the same moment come one after the other.
 * @throws Refusal 404, 422
 */
export async function orderExport(
  trx: Database,
  order: ExportOrder,
  { person, at }: Deed,
): Promise<OrderedExport> {
  const { campaignId, mappingId, of } = order;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`result_export ${campaignId}`}, 0))`.execute(trx);
  const contacts = await contactsOf(trx, order);
  const mapping = await readMapping(trx, mappingId);
  const exportId = randomUUID();
  const repeats = contacts.type === 'ofExport' ? contacts.exportId : null;
  const { last } = await trx
    .selectFrom('result_export')
    .select((select) => select.fn.max('export_no').as('last'))
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('result_export')
    .values({
      export_id: exportId,
      campaign_id: campaignId,
      export_no: (last ?? 0) + 1,
      repeats,
      repeat_reason: of.type === 'again' ? of.reason : null,
      mapping_name: mapping.name,
      mapping: JSON.stringify(mapping),
      attempts: 0,
      made_at: at,
      made_by: person,
    })
    .execute();
  const attempts = repeats === null ? await take(trx, campaignId, exportId) : await countOf(trx, repeats);
  refuseSize(attempts, mapping);
  await trx.updateTable('result_export').set({ attempts }).where('export_id', '=', exportId).execute();
  return { exportId, attempts, repeats };
}

async function take(trx: Database, campaignId: string, exportId: string): Promise<number> {
  await sql`
    insert into result_export_attempt (attempt_id, export_id, row_no)
    select a.attempt_id, ${exportId}, row_number() over (order by a.reserved_at, a.attempt_id)
    from campaign_attempt a where ${newContacts(campaignId)}`.execute(trx);
  // One row for each with whom an attempt was a contact.
  const { rows } = await trx
    .selectFrom('result_export_attempt as x')
    .innerJoin('campaign_contact as k', 'k.attempt_id', 'x.attempt_id')
    .where('x.export_id', '=', exportId)
    .select((select) => select.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow();
  return rows;
}

async function countOf(trx: Database, exportId: string): Promise<number> {
  const { attempts } = await trx
    .selectFrom('result_export')
    .select('attempts')
    .where('export_id', '=', exportId)
    .executeTakeFirstOrThrow();
  return attempts;
}

function refuseSize(attempts: number, { format, hasHeader }: ResultMappingDraft): void {
  if (attempts === 0)
    throw new Refusal(
      422,
      'nothingToExport',
      'まだ出力していない結果はありません。すでに出力したものは「もう一度出す」から出せます。',
    );
  if (format === 'xlsx' && attempts + (hasHeader ? 1 : 0) > LARGEST_SHEET_ROWS)
    throw new Refusal(422, 'tooManyRows', 'Excelの表に入りきらない件数です。CSVの様式を選んでください。');
}

export function exportGone(): Refusal {
  return new Refusal(404, 'exportNotFound', 'この結果ファイルは見つかりません。');
}
