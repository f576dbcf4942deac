import { sql } from 'kysely';
import type { Database } from '../../../database/index.ts';
import { Refusal } from '../../../http/index.ts';
import { tellChanged } from '../../tell-changed.ts';
import { lockCampaign, type StoredList, storedList, wrongState } from './stored-lists.ts';

/**
 * Takes a checked list over, in the caller's transaction: its usable rows become the recipients of the campaign in place of those it had, or those
 * who have paid are taken off. Rows that are left out stay for some days.
 * @param now ms since the epoch
 * @returns how many recipients came or went.
 * @throws Refusal 404, 409
 */
export async function acceptList(trx: Database, listId: string, now: number): Promise<number> {
  const { campaign_id, purpose } = await storedList(trx, listId);
  await lockCampaign(trx, campaign_id, purpose);
  const { numUpdatedRows } = await trx
    .updateTable('campaign_list')
    .set({ state: 'accepted', accepted_at: new Date(now), samples: '[]' })
    .where('list_id', '=', listId)
    .where('state', '=', 'checked')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw wrongState();
  const list = await storedList(trx, listId);
  await refuseLost(trx, list);
  const concerned =
    purpose === 'recipients' ? await replaceRecipients(trx, list) : await removePaid(trx, list, now);
  await trx
    .deleteFrom('campaign_list_row')
    .where('list_id', '=', listId)
    .where('left_out', '=', false)
    .execute();
  return concerned;
}

/** The staging table is empty after a crash of PostgreSQL. @throws Refusal 409 */
export async function refuseLost(
  db: Database,
  list: Pick<StoredList, 'list_id' | 'rows_read'>,
): Promise<void> {
  const { rows } = await db
    .selectFrom('campaign_list_row')
    .select((of) => of.fn.countAll<number>().as('rows'))
    .where('list_id', '=', list.list_id)
    .executeTakeFirstOrThrow();
  if (rows !== list.rows_read)
    throw new Refusal(
      409,
      'listLost',
      '読み込んだ内容が失われました。お手数ですが、もう一度「読み込む」を行うか、ファイルを選び直してください。',
    );
}

async function replaceRecipients(trx: Database, { list_id, campaign_id }: StoredList): Promise<number> {
  await trx.deleteFrom('campaign_recipient').where('campaign_id', '=', campaign_id).execute();
  const { numAffectedRows } = await sql`
    insert into campaign_recipient (campaign_id, row_no, addressee_number, telephone, telephone_kind, name_kana,
      birth_date, "values", original, person_key, telephone_key)
    select ${campaign_id}, row_no, addressee_number, telephone, telephone_kind, name_kana,
      birth_date, "values", original, person_key, telephone_key
    from campaign_list_row where list_id = ${list_id} and not left_out order by row_no`.execute(trx);
  // Whom these name are recipients no more.
  await trx
    .updateTable('campaign_list')
    .set({ state: 'cancelled', samples: '[]' })
    .where('campaign_id', '=', campaign_id)
    .where('purpose', '=', 'paid')
    .where('state', 'in', ['reading', 'checked'])
    .execute();
  return Number(numAffectedRows ?? 0n);
}

/**
 * An open attempt is not touched: the dialler, which knows what it set aside for it, is woken, takes back one that is only reserved and ends
 * one that rings.
 */
async function removePaid(trx: Database, { list_id, campaign_id }: StoredList, now: number): Promise<number> {
  const { numAffectedRows } = await sql`
    with paid as (
      select recipient_id from campaign_recipient
      where recipient_id in (select unnest(recipient_ids) from campaign_list_row where list_id = ${list_id} and not left_out)
        and state in ('waiting', 'inProgress')
      order by recipient_id for update)
    update campaign_recipient r set state = 'removed', settled_reason = 'paid', settled_at = ${new Date(now)}
    from paid where r.recipient_id = paid.recipient_id`.execute(trx);
  await tellChanged(trx, campaign_id);
  return Number(numAffectedRows ?? 0n);
}
