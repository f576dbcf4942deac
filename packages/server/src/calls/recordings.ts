import { join } from 'node:path';
import { SHORTEST_MESSAGE_MS } from '@madoguchi/flow';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import { answeringWithin, type Database } from '../database/index.ts';
import { RecordingError } from '../line/index.ts';
import type { Directory } from './directory.ts';

/** Turns what the line wrote while recording (raw, so that a crash leaves it playable) into a file that a browser plays. */
export type FinishRecordingFile = (path: string) => Promise<{ readonly durationMs: number }>;

export type Recordings = {
  /** Absolute path without ending. */
  pathOf(fileName: string): string;
  /** Finishes every recording whose talk is over. Safe to call at any time; calls made meanwhile are joined into one more round. */
  finish(): Promise<void>;
};

/** A recording whose talk or message is over, with its call. */
type Over = {
  readonly recording_id: string;
  readonly call_id: string;
  readonly call_day: string;
  readonly kind: 'transfer' | 'voicemail';
  readonly file_name: string;
  readonly began_at: Date;
  readonly phone_number: string;
  readonly caller_number: string | null;
  readonly was_answered: boolean;
};

/** Finishing one is mostly waiting for the engine to close the file; after an outage many end at once. */
const SIDE_BY_SIDE = 8;
/** A PostgreSQL that takes longer is asked in the next round. */
const ANSWER_LIMIT_MS = 10_000;

export function createRecordings({
  db: patient,
  folder,
  finishFile,
  callNode,
  dueAt,
  log,
}: {
  readonly db: Database;
  readonly folder: string;
  readonly finishFile: Record<'transfer' | 'voicemail', FinishRecordingFile>;
  readonly callNode: string;
  readonly dueAt: Directory['dueAt'];
  readonly log: Logger;
}): Recordings {
  const db = answeringWithin(patient, ANSWER_LIMIT_MS);
  let running: Promise<void> | null = null;
  let again = false;

  async function round(): Promise<void> {
    const { rows: over } = await sql<Over>`
      select r.recording_id, r.call_id, r.call_day::text, r.kind, r.file_name, r.began_at, s.phone_number, s.caller_number, exists (
        select from call_event e where e.call_day = r.call_day and e.call_id = r.call_id
          and e.type = 'transferAnswered' and r.recording_id = e.call_id || '-' || (e.event->>'id')) as was_answered
      from recording r join call_summary s using (call_day, call_id)
      where r.state = 'recording' and s.call_node = ${callNode} and (s.ended_at is not null or exists (
        select from call_event e where e.call_day = r.call_day and e.call_id = r.call_id
          and e.type in ('transferEnded', 'transferFailed', 'voicemailRecorded')
          and r.recording_id = e.call_id || '-' || (e.event->>'id')))`.execute(db);
    for (let at = 0; at < over.length; at += SIDE_BY_SIDE) {
      const group = await Promise.allSettled(over.slice(at, at + SIDE_BY_SIDE).map(finishAndSettle));
      const failed = group.find((each) => each.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
  }

  async function finishAndSettle(one: Over): Promise<void> {
    const { recording_id, kind, file_name, was_answered } = one;
    const finished = await finishOne(recording_id, kind, file_name);
    if (finished === 'later') return;
    if (finished !== 'nothingRecorded') await ready(one, finished.durationMs);
    // The row is made when dialling is ordered: where staff never answered there was nothing to record.
    else if (kind === 'transfer' && !was_answered) await forget(recording_id);
    else await settle(db, recording_id, 'failed', null);
  }

  async function finishOne(
    recordingId: string,
    kind: 'transfer' | 'voicemail',
    fileName: string,
  ): Promise<{ readonly durationMs: number } | 'nothingRecorded' | 'later'> {
    try {
      return await finishFile[kind](join(folder, fileName));
    } catch (error) {
      if (error instanceof RecordingError && error.code === 'nothingRecorded') return 'nothingRecorded';
      log.error({ err: error, recordingId }, 'a recording cannot be finished yet');
      return 'later';
    }
  }

  async function forget(recordingId: string): Promise<void> {
    await db.deleteFrom('recording').where('recording_id', '=', recordingId).execute();
  }

  /** A message enters the inbox together with its sound: staff never open one that has nothing to hear. */
  async function ready(one: Over, durationMs: number): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await settle(trx, one.recording_id, 'ready', durationMs);
      if (one.kind !== 'voicemail' || durationMs < SHORTEST_MESSAGE_MS) return;
      await trx
        .insertInto('inbox_item')
        .values({
          item_id: one.recording_id,
          kind: 'voicemail',
          call_id: one.call_id,
          call_day: one.call_day,
          phone_number: one.phone_number,
          call_back_number: one.caller_number,
          wished_time: null,
          assignee_id: null,
          due_at: new Date(dueAt(one.phone_number, one.began_at.getTime())),
          created_at: one.began_at,
          changed_at: one.began_at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    });
  }

  async function settle(
    on: Database,
    recordingId: string,
    state: 'ready' | 'failed',
    durationMs: number | null,
  ): Promise<void> {
    await on
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
