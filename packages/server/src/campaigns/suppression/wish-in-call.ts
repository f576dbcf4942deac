import { sql } from 'kysely';
import { writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { japaneseDayOf } from '../japanese-time.ts';
import type { CampaignKind } from '../words.ts';
import { suppressKeyed } from './suppress.ts';

export type WishInCall = {
  readonly attemptId: string;
  readonly recipientId: number;
  /** Who wished it was found to be the recipient. */
  readonly isIdentified: boolean;
  readonly campaign: {
    readonly kind: CampaignKind;
    readonly name: string;
    readonly phoneNumber: string | null;
  };
  /** By when staff are to deal with what was left in a call of a number, ms since the epoch. */
  readonly dueAt: (phoneNumber: string, atMs: number) => number;
  readonly nowMs: number;
};

/**
 * Does what follows 「連絡を希望しない」, in the transaction that settles the attempt. Before the due date nobody calls him any more; who was not
 * identified has a say about the telephone alone that he answered. About arrears a key lets nobody off: staff find it in the inbox, unless
 * they have talked with him in that call or have another item of it.
 */
export async function carryOutWish(trx: Database, wish: WishInCall): Promise<void> {
  const person = await trx
    .selectFrom('campaign_recipient')
    .select(['addressee_number', 'telephone', 'person_key', 'telephone_key'])
    .where('recipient_id', '=', wish.recipientId)
    .executeTakeFirstOrThrow();
  if (wish.campaign.kind === 'paymentDemand') return await tellStaff(trx, wish, person.telephone);
  const { nowMs, isIdentified } = wish;
  const whom = isIdentified
    ? {
        addresseeNumber: person.addressee_number,
        personKey: person.person_key,
        telephone: null,
        telephoneKey: null,
      }
    : {
        addresseeNumber: null,
        personKey: null,
        telephone: person.telephone,
        telephoneKey: person.telephone_key,
      };
  const { suppressionIds } = await suppressKeyed(trx, {
    people: [whom],
    reason: 'ownWish',
    note: `配信「${wish.campaign.name}」の電話で、連絡を希望しないとお答えになりました。`,
    fromDay: japaneseDayOf(nowMs),
    toDay: null,
    source: 'call',
    addedBy: null,
    nowMs,
  });
  for (const subject of suppressionIds) {
    await writeAudit(trx, {
      action: 'suppressionAdded',
      at: nowMs,
      userId: null,
      subject,
      address: null,
      detail: { attemptId: wish.attemptId },
    });
  }
}

async function tellStaff(
  trx: Database,
  { attemptId, campaign: { name, phoneNumber }, dueAt, nowMs }: WishInCall,
  telephone: string,
): Promise<void> {
  if (phoneNumber === null) return;
  const at = new Date(nowMs);
  const memo = `配信「${name}」の電話で、「連絡を希望しない」とお答えになりました。発信止めにするかどうかを決めてください。`;
  await sql`
    insert into inbox_item (item_id, kind, call_id, call_day, phone_number, call_back_number, due_at, memo, created_at, changed_at)
    select ${`${attemptId}-wish`}, 'noMoreCalls', s.call_id, s.call_day, ${phoneNumber}, ${telephone},
      ${new Date(dueAt(phoneNumber, nowMs))}, ${memo}, ${at}, ${at}
    from call_summary s
    where s.call_id = ${attemptId} and s.outcome is distinct from 'transfer'
      and not exists (select from inbox_item i where i.call_id = s.call_id)`.execute(trx);
  await sql`select pg_notify('call_changed', '')`.execute(trx);
}
