import { rm } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Database } from '../../database/index.ts';
import { finishVoicemailRecording, RecordingError } from '../../line/index.ts';
import { importAudio, SpeechError } from '../../speech/index.ts';
import type { DeskCallReason } from './tables.ts';

export type RecordedSoundParts = {
  readonly db: Database;
  readonly recordingsDir: string;
  /** Where uploaded sounds lie. */
  readonly audioDir: string;
  readonly ffmpeg: string;
  readonly log: Logger;
};

const DAY_AND_TIME = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

/** Makes an upload of what a clerk has spoken into the telephone; the recording itself is removed. */
export async function keepRecorded(
  { db, audioDir, ffmpeg, log }: RecordedSoundParts,
  { path, personId, at }: { readonly path: string; readonly personId: string; readonly at: Date },
): Promise<
  | { readonly state: 'done'; readonly audio_id: string }
  | { readonly state: 'failed'; readonly reason: DeskCallReason }
> {
  try {
    await finishVoicemailRecording(path);
    const { audioId, durationMs, levelDb } = await importAudio(`${path}.wav`, {
      tools: { ffmpeg },
      audioDir,
    });
    await db
      .insertInto('uploaded_audio')
      .values({
        audio_id: audioId,
        name: `電話機での録音（${DAY_AND_TIME.format(at)}）`,
        duration_ms: durationMs,
        level_db: levelDb,
        origin: 'telephone',
        uploaded_at: at,
        uploaded_by: personId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await rm(`${path}.wav`, { force: true });
    return { state: 'done', audio_id: audioId };
  } catch (error) {
    const isEmpty =
      (error instanceof RecordingError && error.code === 'nothingRecorded') ||
      (error instanceof SpeechError && (error.code === 'audioSilent' || error.code === 'audioTooShort'));
    if (!isEmpty && !(error instanceof RecordingError) && !(error instanceof SpeechError)) throw error;
    if (!isEmpty) log.warn({ code: error.code }, 'a recording by telephone could not be taken in');
    await rm(`${path}.wav`, { force: true });
    return { state: 'failed', reason: isEmpty ? 'nothingRecorded' : 'soundFailed' };
  }
}
