import { writeAudit } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { Refusal } from '../http/index.ts';

const LONGEST_MS = 31 * 86_400_000;

/** Periods of messages that callers hear at `at`, the oldest first. */
export async function periodsOn(db: Database, at: Date) {
  return await db
    .selectFrom('emergency_period')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('ends_at', '>', at)
    .orderBy('period_id')
    .execute();
}

export type Switching = {
  readonly messageId: string;
  readonly person: string;
  readonly at: Date;
  readonly from: SwitchedFrom;
};

/** By a screen: the address of its machine. By telephone: the call, the number of the telephone where it is told, and the version that was read out. */
export type SwitchedFrom =
  | { readonly channel: 'screen'; readonly address: string }
  | {
      readonly channel: 'telephone';
      readonly callId: string;
      readonly callerNumber: string | null;
      readonly version: number;
    };

/** Lets the next caller hear it. @throws Refusal 404; 409 where it is on already, was changed, or the end is over or too far. */
export async function switchOn(trx: Database, switching: Switching, endsAt: Date): Promise<void> {
  const { messageId, person, at, from } = switching;
  if (endsAt <= at || endsAt.getTime() > at.getTime() + LONGEST_MS)
    throw new Refusal(409, 'endTime', '終わりの日時は、いまより後で、31日以内にしてください。');
  const message = await trx
    .selectFrom('emergency_message')
    .selectAll()
    .where('message_id', '=', messageId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (message === undefined)
    throw new Refusal(404, 'messageGone', 'このアナウンスは見つかりません。すでに削除されています。');
  if (from.channel === 'telephone' && from.version !== message.version)
    throw new Refusal(409, 'changedMeanwhile', 'ほかの人が、この間に内容を変更しました。');
  await closeOverdue(trx, at);
  await audit(trx, 'emergencyOn', switching, endsAt);
  const row = await trx
    .insertInto('emergency_period')
    .values({
      message_id: messageId,
      name: message.name,
      text: message.text,
      afterwards: message.afterwards,
      phone_numbers: message.phone_numbers,
      began_at: at,
      began_by: person,
      began_by_telephone: from.channel === 'telephone',
      ends_at: endsAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('period_id')
    .executeTakeFirst();
  if (row === undefined)
    throw new Refusal(
      409,
      'alreadyOn',
      'このアナウンスは、すでに流れています。画面を開き直してご確認ください。',
    );
}

/** @returns false where it was off already. */
export async function switchOff(trx: Database, switching: Switching): Promise<boolean> {
  const { messageId, person, at, from } = switching;
  await closeOverdue(trx, at);
  const row = await trx
    .updateTable('emergency_period')
    .set({ ended_at: at, ended_by: person, ended_by_telephone: from.channel === 'telephone' })
    .where('message_id', '=', messageId)
    .where('ended_at', 'is', null)
    .returning('period_id')
    .executeTakeFirst();
  if (row === undefined) return false;
  await audit(trx, 'emergencyOff', switching);
  return true;
}

/** Notes, once, that what should have ended by itself has: callers do not hear it from that moment on, with or without the note. */
export async function endOverdue(db: Database, clock: Pick<Clock, 'now'>): Promise<void> {
  await db.transaction().execute((trx) => closeOverdue(trx, new Date(clock.now())));
}

async function closeOverdue(trx: Database, at: Date): Promise<void> {
  const ended = await trx
    .updateTable('emergency_period')
    .set((eb) => ({ ended_at: eb.ref('ends_at') }))
    .where('ended_at', 'is', null)
    .where('ends_at', '<=', at)
    .returning(['message_id', 'ends_at'])
    .execute();
  for (const { message_id, ends_at } of ended)
    await writeAudit(trx, {
      at: ends_at.getTime(),
      userId: null,
      action: 'emergencyEnded',
      subject: message_id,
      address: null,
    });
}

async function audit(
  trx: Database,
  action: 'emergencyOn' | 'emergencyOff',
  { messageId, person, at, from }: Switching,
  endsAt?: Date,
): Promise<void> {
  const { channel } = from;
  await writeAudit(trx, {
    at: at.getTime(),
    userId: person,
    action,
    subject: messageId,
    address: channel === 'screen' ? from.address : null,
    detail: {
      channel,
      ...(channel === 'screen' ? {} : { callId: from.callId, callerNumber: from.callerNumber }),
      ...(endsAt === undefined ? {} : { endsAt: endsAt.toISOString() }),
    },
  });
}
