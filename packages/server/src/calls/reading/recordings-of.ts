import type { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { RecordingSchema } from '../../http/contract.ts';

export type RecordingShown = z.infer<typeof RecordingSchema>;

/** The recordings of calls, by call id, oldest first. */
export async function recordingsOf(
  db: Database,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RecordingShown[]>> {
  if (callIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('recording')
    .select(['call_id', 'recording_id', 'kind', 'state', 'duration_ms'])
    .where('call_id', 'in', callIds)
    .orderBy('began_at')
    .execute();
  const found = Map.groupBy(rows, (row) => row.call_id);
  return new Map(
    [...found].map(([callId, recordings]) => [
      callId,
      recordings.map((one) => ({
        recordingId: one.recording_id,
        kind: one.kind,
        state: one.state,
        durationMs: one.duration_ms,
        audioUrl: `/api/recordings/${encodeURIComponent(one.recording_id)}/audio`,
      })),
    ]),
  );
}
