import type { CallContext, CallEvent, Taken } from '@madoguchi/flow';
import { EVENT_SCHEMA_VERSION } from '@madoguchi/flow';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Spoken, SpokenSchema } from './spoken.ts';

/** Japanese business day and hour on which a call began: the key that all its rows share (DESIGN.md, 'A call belongs to…'). */
export type CallDay = { readonly day: string; readonly hour: number };

/** @param epochMs wall time at which the call began. */
export function callDayOf(epochMs: number): CallDay {
  const time = Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs)).toZonedDateTimeISO('Asia/Tokyo');
  return { day: time.toPlainDate().toString(), hour: time.hour };
}

/** One event as it is appended, in the form that also lies in the spool while PostgreSQL is away. */
export const EventRowSchema = z.object({
  call_day: z.string(),
  hour: z.int(),
  phone_number: z.string(),
  bundle_id: z.string(),
  call_id: z.string(),
  seq: z.int(),
  at: z.string(),
  at_ms: z.int(),
  schema_version: z.int(),
  type: z.string(),
  node_id: z.string().nullable(),
  taken: z.array(z.object({ flowId: z.string(), nodeId: z.string(), branch: z.string() })),
  event: z.unknown(),
  /** Id of the key with which `event` is encrypted (event-seal.ts), or null. */
  sealed_with: z.string().nullable().default(null),
  /** Only in calls of campaigns. A spool of an earlier release does not tell it. */
  spoken: SpokenSchema.nullable().default(null),
});
export type EventRow = z.infer<typeof EventRowSchema>;

/** The one-row view of a call; replaced as a whole whenever `last_seq` is higher. */
export const SummaryRowSchema = z.object({
  call_day: z.string(),
  call_id: z.string(),
  phone_number: z.string(),
  caller_number: z.string().nullable(),
  caller_kind: z.string(),
  sip_call_id: z.string().nullable(),
  call_node: z.string(),
  bundle_id: z.string(),
  began_at: z.string(),
  answered_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  outcome: z.string().nullable(),
  node_id: z.string().nullable(),
  node_title: z.string().nullable(),
  node_kind: z.string().nullable(),
  keys: z.string(),
  path: z.array(z.string()),
  last_seq: z.int(),
  // A spool of an earlier release does not know of test callers.
  is_test: z.boolean().default(false),
  // Nor of calls that campaigns place.
  is_placed: z.boolean().default(false),
});
export type SummaryRow = z.infer<typeof SummaryRowSchema>;

/** A text message that an event caused: enters the outbox in the same transaction as its cause. */
export const SmsRowSchema = z.object({
  id: z.string(),
  call_id: z.string(),
  to_number: z.string(),
  text: z.string(),
  at: z.string(),
  // A spool of an earlier release does not tell it.
  is_keyed_in: z.boolean().default(false),
  caller_number: z.string().nullable().default(null),
});
export type SmsRow = z.infer<typeof SmsRowSchema>;

export const RecordingRowSchema = z.object({
  recording_id: z.string(),
  call_id: z.string(),
  call_day: z.string(),
  kind: z.enum(['transfer', 'voicemail']),
  file_name: z.string(),
  began_at: z.string(),
});
export type RecordingRow = z.infer<typeof RecordingRowSchema>;

/** A request to be called back, as it enters the inbox in the transaction of the event that made it. */
export const CallBackRowSchema = z.object({
  item_id: z.string(),
  call_id: z.string(),
  call_day: z.string(),
  phone_number: z.string(),
  call_back_number: z.string(),
  wished_time: z.string().nullable(),
  due_at: z.string(),
  at: z.string(),
});
export type CallBackRow = z.infer<typeof CallBackRowSchema>;

/** An answer to a question of a questionnaire; `key` null: the caller gave none. */
export const AnswerRowSchema = z.object({
  call_day: z.string(),
  call_id: z.string(),
  seq: z.int(),
  bundle_id: z.string(),
  flow_id: z.string(),
  node_id: z.string(),
  question_id: z.string(),
  key: z.string().nullable(),
  label: z.string().nullable(),
});
export type AnswerRow = z.infer<typeof AnswerRowSchema>;

/** What a campaign's call learns of its person: whether it is the one meant, and what came of the talk. */
export const ContactRowSchema = z.object({
  call_id: z.string(),
  attempt_id: z.string(),
  /** Null: this event says nothing of it. */
  identity: z.enum(['matched', 'failed']).nullable(),
  /** Who of several is on the line; null: this event says nothing of it. */
  recipient_id: z.int().nullable().default(null),
  /** In place of the one before; null: this event says nothing of it. */
  result: z.string().nullable(),
  promised_on: z.string().nullable(),
  seq: z.int(),
  at: z.string(),
});
export type ContactRow = z.infer<typeof ContactRowSchema>;

/** What one event of a call adds to the log. */
export type LogEntry = {
  readonly event: EventRow;
  readonly summary: SummaryRow;
  readonly sms: SmsRow | null;
  readonly recording: RecordingRow | null;
  readonly callBack: CallBackRow | null;
  readonly answers: readonly AnswerRow[];
  readonly contact: ContactRow | null;
};

/** A group of entries as one write, also one line of the spool. */
export const BatchSchema = z.object({
  events: z.array(EventRowSchema),
  summaries: z.array(SummaryRowSchema),
  sms: z.array(SmsRowSchema),
  recordings: z.array(RecordingRowSchema),
  // A spool of an earlier release has none of these.
  callBacks: z.array(CallBackRowSchema).default([]),
  answers: z.array(AnswerRowSchema).default([]),
  contacts: z.array(ContactRowSchema).default([]),
});
export type Batch = z.infer<typeof BatchSchema>;

/** Joins entries; of several summaries of one call only the newest matters. */
export function batchOf(entries: readonly LogEntry[]): Batch {
  const summaries = new Map<string, SummaryRow>();
  for (const { summary } of entries) {
    const known = summaries.get(summary.call_id);
    if (known === undefined || known.last_seq < summary.last_seq) summaries.set(summary.call_id, summary);
  }
  return {
    events: entries.map((entry) => entry.event),
    summaries: [...summaries.values()],
    sms: entries.flatMap((entry) => (entry.sms === null ? [] : [entry.sms])),
    recordings: entries.flatMap((entry) => (entry.recording === null ? [] : [entry.recording])),
    callBacks: entries.flatMap((entry) => (entry.callBack === null ? [] : [entry.callBack])),
    answers: entries.flatMap((entry) => entry.answers),
    contacts: entries.flatMap((entry) => (entry.contact === null ? [] : [entry.contact])),
  };
}

/** One batch per call, in the order in which the calls first appear. */
export function splitByCall(batch: Batch): readonly Batch[] {
  const ids = [...new Set(batch.events.map((event) => event.call_id))];
  return ids.map((id) => ({
    events: batch.events.filter((row) => row.call_id === id),
    summaries: batch.summaries.filter((row) => row.call_id === id),
    sms: batch.sms.filter((row) => row.call_id === id),
    recordings: batch.recordings.filter((row) => row.call_id === id),
    callBacks: batch.callBacks.filter((row) => row.call_id === id),
    answers: batch.answers.filter((row) => row.call_id === id),
    contacts: batch.contacts.filter((row) => row.call_id === id),
  }));
}

/** The event as a row. @param at wall time of the event, ms since the epoch. */
export function eventRow(
  context: CallContext,
  day: CallDay,
  stamped: { readonly seq: number; readonly atMs: number; readonly event: CallEvent },
  at: number,
  nodeId: string | null,
  taken: readonly Taken[],
  spoken: Spoken | null = null,
): EventRow {
  return {
    call_day: day.day,
    hour: day.hour,
    phone_number: context.phoneNumber,
    bundle_id: context.bundleId,
    call_id: context.callId,
    seq: stamped.seq,
    at: new Date(at).toISOString(),
    at_ms: stamped.atMs,
    schema_version: EVENT_SCHEMA_VERSION,
    type: stamped.event.type,
    node_id: nodeId,
    taken: [...taken],
    event: stamped.event,
    sealed_with: null,
    spoken,
  };
}
