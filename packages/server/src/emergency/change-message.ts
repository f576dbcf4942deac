import { randomBytes } from 'node:crypto';
import type { Database } from '../database/index.ts';
import type { EmergencyDraft } from '../http/emergency-contract.ts';
import { Refusal } from '../http/index.ts';
import { periodsOn } from './switch-emergency.ts';

/** Who changes something, and when. */
export type Deed = { readonly person: string; readonly at: Date };

/** Stores a message whose sound is made, as a new one (`messageId` null) or over the version that was seen. @throws Refusal 404, 409 */
export async function saveMessage(
  trx: Database,
  { messageId, draft, version }: { messageId: string | null; draft: EmergencyDraft; version: number },
  { person, at }: Deed,
): Promise<{ readonly messageId: string; readonly version: number }> {
  const { name, text, afterwards } = draft;
  const values = {
    name,
    text,
    afterwards,
    phone_numbers: draft.phoneNumbers,
    changed_at: at,
    changed_by: person,
  };
  if (messageId === null) {
    const id = `e${randomBytes(5).toString('hex')}`;
    await trx
      .insertInto('emergency_message')
      .values({ message_id: id, ...values })
      .execute();
    return { messageId: id, version: 1 };
  }
  await hold(trx, messageId, version, at);
  await trx
    .updateTable('emergency_message')
    .set({ ...values, version: version + 1 })
    .where('message_id', '=', messageId)
    .execute();
  return { messageId, version: version + 1 };
}

/** Takes a message away; when it was on is kept. @throws Refusal 404, 409 */
export async function removeMessage(
  trx: Database,
  { messageId, version }: { messageId: string; version: number },
  { person, at }: Deed,
): Promise<void> {
  await hold(trx, messageId, version, at);
  await trx
    .updateTable('emergency_message')
    .set({ removed_at: at, changed_at: at, changed_by: person, version: version + 1 })
    .where('message_id', '=', messageId)
    .execute();
}

/** What callers hear must be what the screen shows, so that a message that is on stays as it is. */
async function hold(trx: Database, messageId: string, version: number, at: Date): Promise<void> {
  const row = await trx
    .selectFrom('emergency_message')
    .select(['version', 'removed_at'])
    .where('message_id', '=', messageId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || row.removed_at !== null) throw messageGone();
  if (row.version !== version)
    throw new Refusal(
      409,
      'changedMeanwhile',
      'ほかの人が、この間に内容を変更しました。入力した内容はこの画面に残っています。',
    );
  const on = await periodsOn(trx, at);
  if (on.some((period) => period.message_id === messageId))
    throw new Refusal(409, 'isOn', 'いま流れているアナウンスです。先に「止める」を押してください。');
}

export function messageGone(): Refusal {
  return new Refusal(404, 'messageGone', 'このアナウンスは見つかりません。すでに削除されています。');
}
