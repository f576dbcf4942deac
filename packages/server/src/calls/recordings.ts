import { join } from 'node:path';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';

/** Turns what the line wrote while recording (raw, so that a crash leaves it playable) into a file that a browser plays. */
export type FinishRecordingFile = (path: string) => Promise<{ readonly durationMs: number }>;

export type Recordings = {
  /** Absolute path without ending. */
  pathOf(fileName: string): string;
  /** Finishes every recording whose talk is over. Safe to call at any time; calls made meanwhile are joined into one more round. */
  finish(): Promise<void>;
};

export function createRecordings({
  db,
  folder,
  finishFile,
  callNode,
  log,
}: {
  readonly db: Database;
  readonly folder: string;
  readonly finishFile: Record<'transfer' | 'voicemail', FinishRecordingFile>;
  readonly callNode: string;
  readonly log: Logger;
}): Recordings {
  let running: Promise<void> | null = null;
  let again = false;

  async function round(): Promise<void> {
    const { rows: over } = await sql<{
      recording_id: string;
      kind: 'transfer' | 'voicemail';
      file_name: string;
    }>`
      select r.recording_id, r.kind, r.file_name
      from recording r join call_summary s using (call_day, call_id)
      where r.state = 'recording' and s.call_node = ${callNode} and (s.ended_at is not null or exists (
        select from call_event e where e.call_day = r.call_day and e.call_id = r.call_id
          and e.type in ('transferEnded', 'transferFailed', 'voicemailRecorded')
          and r.recording_id = e.call_id || '-' || (e.event->>'id')))`.execute(db);
    for (const { recording_id, kind, file_name } of over) {
      try {
        const { durationMs } = await finishFile[kind](join(folder, file_name));
        await settle(recording_id, 'ready', durationMs);
      } catch (error) {
        log.error({ err: error, recordingId: recording_id }, 'a recording cannot be finished');
        await settle(recording_id, 'failed', null);
      }
    }
  }

  async function settle(
    recordingId: string,
    state: 'ready' | 'failed',
    durationMs: number | null,
  ): Promise<void> {
    await db
      .updateTable('recording')
      .set({ state, duration_ms: durationMs })
      .where('recording_id', '=', recordingId)
      .execute();
  }

  return {
    pathOf: (fileName) => join(folder, fileName),
    async finish() {
      if (running !== null) {
        again = true;
        return await running;
      }
      running = (async () => {
        do {
          again = false;
          await round();
        } while (again);
      })()
        .catch((error: unknown) => log.warn({ err: error }, 'recordings are finished later'))
        .finally(() => {
          running = null;
        });
      await running;
    },
  };
}
