import { VoiceIdSchema } from '@madoguchi/flow';
import type { Generated } from 'kysely';
import { z } from 'zod';
import type { Json } from '../../database/tables.ts';
import type { DeskCallFailure } from '../../line/index.ts';

/** `ordered` → `ringing` → `listening`, or → `recording` ⇄ `reviewing`; from there `done`, `failed` or `unknown`. */
export type DeskCallState =
  | 'ordered'
  | 'ringing'
  | 'listening'
  | 'recording'
  | 'reviewing'
  | 'done'
  | 'failed'
  | 'unknown';

/** `expired`: no telephone process took it in time. `soundFailed`: what was to be heard, or was recorded, could not be made into sound. */
export type DeskCallReason = DeskCallFailure | 'soundFailed' | 'expired';

export const OPEN_DESK_STATES = ['ordered', 'ringing', 'listening', 'recording', 'reviewing'] as const;

/** Columns as in database/migrations/0018_announcement.sql, where each is explained. */
export interface DeskCallTables {
  desk_call: {
    desk_call_id: string;
    person_id: string;
    kind: 'listen' | 'record';
    staff_number: string;
    presented_number: string;
    heard: Json | null;
    state: Generated<DeskCallState>;
    reason: DeskCallReason | null;
    audio_id: string | null;
    created_at: Date;
    call_node: string | null;
    ended_at: Date | null;
    stop_asked_at: Date | null;
  };
}

/** What a clerk listens to by telephone, as it is stored with the order. */
export const DeskHeardSchema = z.object({
  parts: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('fixed'), text: z.string() }),
      z.object({
        type: z.literal('value'),
        name: z.string(),
        text: z.string(),
        readAs: z.enum(['text', 'digits', 'telephone', 'date', 'time', 'amount', 'number']),
      }),
      z.object({ type: z.literal('audio'), audioId: z.string() }),
    ]),
  ),
  speed: z.enum(['usual', 'slower']),
  /** The usual one where it is not given. */
  voice: VoiceIdSchema.optional(),
  /** Under which it counts as heard (heard_text). */
  contentHash: z.string(),
  /** Of what else is said in the same call. */
  otherHashes: z.array(z.string()).default([]),
});
export type DeskHeard = z.infer<typeof DeskHeardSchema>;
