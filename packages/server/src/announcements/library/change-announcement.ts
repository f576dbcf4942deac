import { randomBytes } from 'node:crypto';
import { type AnnouncementContent, parseTemplate } from '@madoguchi/flow';
import type { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { AnnouncementDraftSchema } from '../../http/announcement-contract.ts';
import { Refusal } from '../../http/index.ts';
import { changedMeanwhile } from '../../inbox/index.ts';
import { announcementNotFound } from './read-announcements.ts';

type Draft = z.output<typeof AnnouncementDraftSchema>;
type Change = {
  readonly draft: Draft;
  readonly personId: string;
  readonly at: Date;
};

/** Call it in the transaction that audits it. @returns its id. @throws Refusal 400 */
export async function addAnnouncement(trx: Database, change: Change): Promise<string> {
  await check(trx, change.draft.content);
  const announcementId = `a${randomBytes(8).toString('hex')}`;
  await trx
    .insertInto('announcement')
    .values({ announcement_id: announcementId, ...rowOf(change) })
    .execute();
  await keepVersion(trx, announcementId, 1, change);
  return announcementId;
}

/**
 * Changes what the library says. Flows in force keep what they were published with. Call it in the transaction that audits it.
 * @throws Refusal 400; 404; 409 where somebody else was quicker.
 */
export async function changeAnnouncement(
  trx: Database,
  change: Change & { readonly announcementId: string; readonly version: number },
): Promise<void> {
  const { announcementId, version } = change;
  await check(trx, change.draft.content);
  await hold(trx, announcementId, version);
  await trx
    .updateTable('announcement')
    .set({ ...rowOf(change), version: version + 1 })
    .where('announcement_id', '=', announcementId)
    .execute();
  await keepVersion(trx, announcementId, version + 1, change);
}

/** Takes it out of the library; flows that are tied to it keep their copies, and the checker tells staff. @throws Refusal 404, 409 */
export async function removeAnnouncement(
  trx: Database,
  { announcementId, version, at }: { announcementId: string; version: number; at: Date },
): Promise<void> {
  await hold(trx, announcementId, version);
  await trx
    .updateTable('announcement')
    .set({ removed_at: at })
    .where('announcement_id', '=', announcementId)
    .execute();
}

/** Until the end of the transaction nobody else changes it. */
async function hold(trx: Database, announcementId: string, version: number): Promise<void> {
  const row = await trx
    .selectFrom('announcement')
    .select('version')
    .where('announcement_id', '=', announcementId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw announcementNotFound();
  if (row.version !== version) throw changedMeanwhile();
}

/** A flow may say it as it is: what the checker would object to in a prompt is refused here. */
async function check(trx: Database, content: AnnouncementContent): Promise<void> {
  if (content.type === 'audio') {
    const row = await trx
      .selectFrom('uploaded_audio')
      .select('audio_id')
      .where('audio_id', '=', content.audioId)
      .executeTakeFirst();
    if (row === undefined)
      throw new Refusal(400, 'unknownAudio', '音声ファイルが登録されていません。もう一度選んでください。');
    return;
  }
  const { parts, faults } = parseTemplate(content.text);
  const [fault] = faults;
  if (fault !== undefined)
    throw new Refusal(
      400,
      'badValue',
      `「${fault.at}」は値として読み取れません。{{名前}} のように書いてください。`,
    );
  if (!parts.some((part) => part.type === 'value' || /[\p{L}\p{N}]/u.test(part.text)))
    throw new Refusal(400, 'nothingToSay', '読み上げる文章を入力してください。');
}

function rowOf({ draft, personId, at }: Change) {
  return {
    name: draft.name,
    content: JSON.stringify(draft.content),
    // A text is read by whatever voice speaks when it is heard.
    voice_credit: draft.content.type === 'text' ? '' : draft.voiceCredit,
    changed_at: at,
    changed_by: personId,
  };
}

async function keepVersion(
  trx: Database,
  announcementId: string,
  version: number,
  change: Change,
): Promise<void> {
  await trx
    .insertInto('announcement_version')
    .values({ announcement_id: announcementId, version, ...rowOf(change) })
    .execute();
}
