import { type Action, type CallEvent, fold, type StampedEvent, upcast } from '@madoguchi/flow';
import { z } from 'zod';
import type { Database } from '../database/index.ts';
import type { Batch } from './call-record.ts';
import type { Beginning, Past } from './conversation.ts';
import type { Directory } from './directory.ts';
import { UNASSIGNED_BUNDLE_ID, unassignedNumber } from './unassigned-number.ts';

/** What the call had asked of the world and had no final answer to, when its process died. */
export type Pending = {
  readonly transfer: { readonly id: number; readonly answered: boolean } | null;
  readonly smsId: number | null;
};

/** A call whose records have no end: its state is the fold of its stored events. */
export type OpenCall = { readonly beginning: Beginning; readonly past: Past; readonly pending: Pending };

const PathSchema = z.array(z.string());

/** What is kept of a call, in PostgreSQL or in the spool. */
type KeptCall = {
  readonly sipCallId: string | null;
  readonly answeredAt: string | null;
  readonly keys: string;
  readonly path: readonly string[];
  readonly events: readonly StampedEvent[];
};

/** Calls of this machine that the records show open, oldest first. The spool must have been written before. */
export async function readOpenCalls(
  db: Database,
  directory: Directory,
  callNode: string,
): Promise<readonly OpenCall[]> {
  const summaries = await db
    .selectFrom('call_summary')
    .select(['call_day', 'call_id', 'sip_call_id', 'answered_at', 'keys', 'path'])
    .where('call_node', '=', callNode)
    .where('ended_at', 'is', null)
    .orderBy('began_at')
    .execute();
  const calls: OpenCall[] = [];
  for (const summary of summaries) {
    const rows = await db
      .selectFrom('call_event')
      .select(['seq', 'at_ms', 'schema_version', 'event'])
      .where('call_day', '=', summary.call_day)
      .where('call_id', '=', summary.call_id)
      .orderBy('seq')
      .execute();
    const call = await openCall(directory, {
      sipCallId: summary.sip_call_id,
      answeredAt: summary.answered_at?.toISOString() ?? null,
      keys: summary.keys,
      path: PathSchema.parse(summary.path),
      events: rows.map(stampedEvent),
    });
    if (call !== null) calls.push(call);
  }
  return calls;
}

/** Open calls that lie in the spool from their first event on: those that began while PostgreSQL was away. */
export async function spooledOpenCalls(
  batches: readonly Batch[],
  directory: Directory,
): Promise<readonly OpenCall[]> {
  const calls: OpenCall[] = [];
  const rows = Map.groupBy(
    batches.flatMap((batch) => batch.events),
    (row) => row.call_id,
  );
  for (const [callId, events] of rows) {
    const summary = batches.flatMap((batch) => batch.summaries).findLast((row) => row.call_id === callId);
    if (summary === undefined || summary.ended_at !== null) continue;
    const call = await openCall(directory, {
      sipCallId: summary.sip_call_id,
      answeredAt: summary.answered_at,
      keys: summary.keys,
      path: summary.path,
      events: events.map(stampedEvent),
    });
    if (call !== null) calls.push(call);
  }
  return calls;
}

function stampedEvent(row: {
  readonly seq: number;
  readonly at_ms: number;
  readonly schema_version: number;
  readonly event: unknown;
}): StampedEvent {
  return upcast({ schemaVersion: row.schema_version, seq: row.seq, atMs: row.at_ms, event: row.event });
}

async function openCall(
  directory: Directory,
  { sipCallId, answeredAt, keys, path, events }: KeptCall,
): Promise<OpenCall | null> {
  const first = events[0]?.event;
  if (first?.type !== 'began') return null;
  const { context } = first;
  const bundle =
    context.bundleId === UNASSIGNED_BUNDLE_ID ? unassignedNumber : await directory.bundle(context.bundleId);
  if (bundle === null) return null;
  const steps = fold(bundle, events);
  const pending = steps.reduce<Pending>(
    (before, step, index) => pendingAfter(before, events[index]?.event ?? first, step.actions),
    { transfer: null, smsId: null },
  );
  return {
    beginning: { bundle, context, sipCallId },
    past: {
      state: (steps.at(-1) ?? steps[0]).state,
      lastSeq: events.at(-1)?.seq ?? 0,
      keys,
      path,
      answeredAt,
    },
    pending,
  };
}

function pendingAfter(before: Pending, event: CallEvent, actions: readonly Action[]): Pending {
  let { transfer, smsId } = before;
  if (event.type === 'transferAnswered') transfer = { id: event.id, answered: true };
  if (event.type === 'transferFailed' || event.type === 'transferEnded') transfer = null;
  if (event.type === 'smsAccepted' || event.type === 'smsRefused' || event.type === 'smsUnknown')
    smsId = null;
  for (const action of actions) {
    if (action.type === 'transfer') transfer = { id: action.id, answered: false };
    if (action.type === 'sendSms') smsId = action.id;
  }
  return { transfer, smsId };
}
