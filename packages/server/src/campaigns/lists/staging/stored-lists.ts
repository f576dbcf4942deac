import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../../database/index.ts';
import {
  type CampaignList,
  type ColumnMapping,
  ColumnMappingsSchema,
  type ListState,
} from '../../../http/campaign-list-contract.ts';
import { Refusal } from '../../../http/index.ts';
import { namesOf } from '../../../inbox/index.ts';
import { mappingProblemIn } from '../columns/check-mapping.ts';
import { proposeMapping } from '../columns/propose-mapping.ts';
import { readMappings } from '../columns/stored-mappings.ts';
import type { ListTables } from '../tables.ts';

export type StoredList = Selectable<ListTables['campaign_list']>;

const SamplesSchema = z.array(z.array(z.string()));
const SHOWN_AT_MOST = 50;

/** @throws Refusal 404 */
export async function storedList(db: Database, listId: string): Promise<StoredList> {
  const row = await db
    .selectFrom('campaign_list')
    .selectAll()
    .where('list_id', '=', listId)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal(404, 'notFound', 'この名簿は見つかりません。');
  return row;
}

export async function showList(db: Database, listId: string): Promise<CampaignList> {
  const [shown] = await show(db, [await storedList(db, listId)]);
  if (shown === undefined) throw new Error('a list is not shown');
  return shown;
}

/** Newest first. */
export async function showLists(db: Database, campaignId: string): Promise<CampaignList[]> {
  const rows = await db
    .selectFrom('campaign_list')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .orderBy('sent_at', 'desc')
    .orderBy('list_id')
    .limit(SHOWN_AT_MOST)
    .execute();
  return await show(db, rows);
}

async function show(db: Database, rows: readonly StoredList[]): Promise<CampaignList[]> {
  const nameOf = await namesOf(
    db,
    rows.map(({ sent_by }) => sent_by),
  );
  const mappings = rows.some(({ state }) => isOpen(state)) ? await readMappings(db) : [];
  return rows.map((row) => ({
    listId: row.list_id,
    campaignId: row.campaign_id,
    purpose: row.purpose,
    fileName: row.file_name,
    kind: row.kind,
    encoding: row.encoding,
    state: row.state,
    problem: row.problem,
    fileBytes: row.file_bytes,
    headers: row.headers,
    samples: SamplesSchema.parse(row.samples),
    proposal: isOpen(row.state) ? proposalFor(row, mappings) : null,
    columns: columnsOf(row),
    percent:
      row.file_bytes === 0 ? 0 : Math.min(100, Math.round((1000 * row.bytes_read) / row.file_bytes) / 10),
    bytesRead: row.bytes_read,
    counts: { rows: row.rows_read, usable: row.usable, leftOut: row.left_out, warned: row.warned },
    sentAt: row.sent_at.toISOString(),
    sentBy: nameOf(row.sent_by)?.name ?? '',
    acceptedAt: row.accepted_at?.toISOString() ?? null,
  }));
}

export function columnsOf(row: Pick<StoredList, 'columns'>): ColumnMapping[] | null {
  return row.columns === null ? null : ColumnMappingsSchema.parse(row.columns);
}

/** It is neither accepted nor given up. */
export function isOpen(state: ListState): boolean {
  return state === 'uploaded' || state === 'reading' || state === 'checked';
}

/** The saved mapping whose columns are all there, of several the one that names most of them; else by the names of the columns. */
function proposalFor(
  { headers, purpose }: Pick<StoredList, 'headers' | 'purpose'>,
  mappings: Awaited<ReturnType<typeof readMappings>>,
): CampaignList['proposal'] {
  const [saved] = mappings
    .filter(
      (mapping) =>
        mapping.purpose === purpose && mappingProblemIn(headers, mapping.columns, purpose) === null,
    )
    .toSorted((one, other) => other.columns.length - one.columns.length);
  if (saved !== undefined) return { mappingId: saved.mappingId, columns: saved.columns };
  const columns = proposeMapping(headers, purpose);
  return columns.length === 0 ? null : { mappingId: null, columns };
}

/**
 * Brings a list to its end, with its rows and samples gone. A list that somebody else ended meanwhile stays as it is.
 * @returns whether it was done here.
 */
export async function endList(
  db: Database,
  listId: string,
  end: { readonly state: 'cancelled' } | { readonly state: 'failed'; readonly problem: string },
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('campaign_list')
      .set({ state: end.state, problem: end.state === 'failed' ? end.problem : null, samples: '[]' })
      .where('list_id', '=', listId)
      .where('state', 'in', ['uploaded', 'reading', 'checked'])
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await trx.deleteFrom('campaign_list_row').where('list_id', '=', listId).execute();
    return true;
  });
}

/** Locks the campaign of a list against other changes. @throws Refusal 404, 409 where its state does not let the list in. */
export async function lockCampaign(
  trx: Database,
  campaignId: string,
  purpose: StoredList['purpose'],
): Promise<void> {
  const { rows } = await sql<{ state: string }>`
    select state from campaign where campaign_id = ${campaignId} for update`.execute(trx);
  const [campaign] = rows;
  if (campaign === undefined) throw new Refusal(404, 'notFound', 'この配信は見つかりません。');
  if (campaign.state === 'ended') throw new Refusal(409, 'campaignEnded', 'この配信は終わっています。');
  if (purpose === 'recipients' && campaign.state !== 'draft')
    throw new Refusal(
      409,
      'notDraft',
      '決裁に出した後は、配信先の名簿を入れ替えられません。下書きに戻してから行ってください。',
    );
}

/** Said where the state of a list does not allow what is asked. */
export function wrongState(): Refusal {
  return new Refusal(409, 'listState', '名簿の状態が変わっています。画面を開き直してご確認ください。');
}
