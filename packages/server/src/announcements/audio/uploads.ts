import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { UploadedAudio } from '../../http/announcement-contract.ts';
import { Refusal } from '../../http/index.ts';
import { namesOf } from '../../inbox/index.ts';
import type { ImportedAudio } from '../../speech/index.ts';
import type { AudioOrigin } from '../tables.ts';
import type { UsedFlows } from '../used-flows.ts';

/** Speech below this had to be made so much louder that noise may be heard; above the other it was probably cut off at the top. */
const LOW_BELOW_DB = -34;
const HIGH_ABOVE_DB = -9;

/** Writes down a sound that lies in the uploads folder; the same sound once more keeps its first entry but for the name. */
export async function keepUpload(
  db: Database,
  upload: ImportedAudio & {
    readonly name: string;
    readonly origin: AudioOrigin;
    readonly personId: string;
    readonly at: Date;
  },
): Promise<void> {
  await db
    .insertInto('uploaded_audio')
    .values({
      audio_id: upload.audioId,
      name: upload.name,
      duration_ms: upload.durationMs,
      level_db: upload.levelDb,
      origin: upload.origin,
      uploaded_at: upload.at,
      uploaded_by: upload.personId,
    })
    .onConflict((conflict) => conflict.column('audio_id').doUpdateSet({ name: upload.name }))
    .execute();
}

/** Newest first. @param only these; all where not given. */
export async function listUploads(
  db: Database,
  flows: UsedFlows,
  only?: readonly string[],
): Promise<UploadedAudio[]> {
  const rows = await db
    .selectFrom('uploaded_audio')
    .selectAll()
    .$if(only !== undefined, (query) => query.where('audio_id', 'in', [...(only ?? [])]))
    .orderBy('uploaded_at', 'desc')
    .orderBy('audio_id')
    .execute();
  const used = await usedAudioIds(db, flows);
  const nameOf = await namesOf(
    db,
    rows.map((row) => row.uploaded_by),
  );
  return rows.map((row) => ({
    audioId: row.audio_id,
    name: row.name,
    durationMs: row.duration_ms,
    levelDb: row.level_db,
    level: row.level_db < LOW_BELOW_DB ? 'low' : row.level_db > HIGH_ABOVE_DB ? 'high' : 'good',
    origin: row.origin,
    uploadedAt: row.uploaded_at.toISOString(),
    uploadedBy: nameOf(row.uploaded_by)?.name ?? '',
    isUsed: used.has(row.audio_id),
  }));
}

/** @throws Refusal 404; 409 where something still says it. */
export async function forgetUpload(trx: Database, flows: UsedFlows, audioId: string): Promise<void> {
  const row = await trx
    .selectFrom('uploaded_audio')
    .select('audio_id')
    .where('audio_id', '=', audioId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Refusal(404, 'audioNotFound', 'この音声は見つかりません。');
  if ((await usedAudioIds(trx, flows)).has(audioId)) {
    throw new Refusal(
      409,
      'audioUsed',
      'この音声は、アナウンスまたはフローで使われているため、削除できません。',
    );
  }
  await trx.deleteFrom('uploaded_audio').where('audio_id', '=', audioId).execute();
}

/** What an announcement says or ever said, and what versions and drafts say. */
async function usedAudioIds(db: Database, flows: UsedFlows): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('announcement_version')
    .select(sql<string | null>`content->>'audioId'`.as('audioId'))
    .execute();
  const inLibrary = rows.flatMap(({ audioId }) => audioId ?? []);
  return new Set([...inLibrary, ...(await flows.audioIds())]);
}
