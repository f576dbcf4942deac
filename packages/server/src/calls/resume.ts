import {
  BundleUnreadableError,
  EventUnreadableError,
  fold,
  type RunnableFlow,
  type StampedEvent,
  upcast,
} from '@madoguchi/flow';
import type { Logger } from 'pino';
import { z } from 'zod';
import { answeringWithin, type Database } from '../database/index.ts';
import { SealError } from '../seal.ts';
import { builtInVersion } from './built-in-versions.ts';
import type { Batch } from './call-record.ts';
import type { Beginning, Past } from './conversation.ts';
import type { Directory } from './directory.ts';
import type { EventSeal } from './event-seal.ts';
import { NOTHING_PENDING, type Pending, pendingAfter } from './pending.ts';

/** A call whose records have no end: its state is the fold of its stored events. */
export type OpenCall = { readonly beginning: Beginning; readonly past: Past };

/** What it takes to read the calls that lie in the records. */
export type CallReader = { readonly directory: Directory; readonly seal: EventSeal; readonly log: Logger };

/** The telephone starts without a PostgreSQL that takes longer. */
const READ_LIMIT_MS = 2_000;
const PathSchema = z.array(z.string());

/** What is kept of a call, in PostgreSQL or in the spool. */
type KeptCall = {
  readonly sipCallId: string | null;
  readonly answeredAt: string | null;
  readonly keys: string;
  readonly path: readonly string[];
  readonly events: readonly KeptEvent[];
};

type KeptEvent = {
  readonly seq: number;
  readonly at_ms: number;
  readonly schema_version: number;
  readonly event: unknown;
  readonly sealed_with: string | null;
};

/**
 * Calls of this machine that the records show open, oldest first. The spool must have been written before. Throws where PostgreSQL does
 * not answer; a call that cannot be told any more is left out.
 */
export async function readOpenCalls(
  db: Database,
  reader: CallReader,
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
      .select(['seq', 'at_ms', 'schema_version', 'event', 'sealed_with'])
      .where('call_day', '=', summary.call_day)
      .where('call_id', '=', summary.call_id)
      .orderBy('seq')
      .execute();
    const call = await openCall(reader, summary.call_id, {
      sipCallId: summary.sip_call_id,
      answeredAt: summary.answered_at?.toISOString() ?? null,
      keys: summary.keys,
      path: PathSchema.parse(summary.path),
      events: rows,
    }).catch((error: unknown) => {
      // Of a call that nobody can read, trying again says no more.
      if (!(error instanceof BundleUnreadableError) && !(error instanceof EventUnreadableError)) throw error;
      reader.log.error({ err: error, callId: summary.call_id }, 'an open call cannot be read');
      return null;
    });
    if (call !== null) calls.push(call);
  }
  return calls;
}

/**
 * Open calls that lie in the spool from their first event on: those that began while PostgreSQL was away. One whose version only
 * PostgreSQL has is left out until that is back.
 */
export async function spooledOpenCalls(
  batches: readonly Batch[],
  reader: CallReader,
): Promise<readonly OpenCall[]> {
  const calls: OpenCall[] = [];
  const rows = Map.groupBy(
    batches.flatMap((batch) => batch.events),
    (row) => row.call_id,
  );
  for (const [callId, events] of rows) {
    const summary = batches.flatMap((batch) => batch.summaries).findLast((row) => row.call_id === callId);
    if (summary === undefined || summary.ended_at !== null) continue;
    const call = await openCall(reader, callId, {
      sipCallId: summary.sip_call_id,
      answeredAt: summary.answered_at,
      keys: summary.keys,
      path: summary.path,
      events,
    }).catch((error: unknown) => {
      reader.log.warn({ err: error, callId }, 'an open call cannot be read from the spool yet');
      return null;
    });
    if (call !== null) calls.push(call);
  }
  return calls;
}

/** The versions that calls follow which a former process of this machine left open: they may be in force no longer. */
export async function versionsOfOpenCalls(
  db: Database,
  directory: Directory,
  callNode: string,
): Promise<readonly RunnableFlow[]> {
  const rows = await answeringWithin(db, READ_LIMIT_MS)
    .selectFrom('call_summary')
    .select('bundle_id')
    .distinct()
    .where('call_node', '=', callNode)
    .where('ended_at', 'is', null)
    .execute();
  const versions: RunnableFlow[] = [];
  for (const { bundle_id } of rows) {
    const version = await directory.bundle(bundle_id);
    if (version !== null) versions.push(version);
  }
  return versions;
}

function stampedEvent(row: KeptEvent, event: unknown): StampedEvent {
  return upcast({ schemaVersion: row.schema_version, seq: row.seq, atMs: row.at_ms, event });
}

/**
 * The events of a call without those that cannot be decrypted: the caller is better asked anew for what he keyed in than left alone.
 */
function readableEvents(
  { seal, log }: CallReader,
  callId: string,
  rows: readonly KeptEvent[],
): readonly StampedEvent[] {
  const unreadable: SealError[] = [];
  const events = rows.flatMap((row) => {
    try {
      return [stampedEvent(row, seal.open({ call_id: callId, ...row }))];
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      unreadable.push(error);
      return [];
    }
  });
  if (unreadable.length > 0) {
    log.error(
      { err: unreadable[0], callId, events: unreadable.length },
      'secret keys of an open call cannot be decrypted: the caller is asked anew',
    );
  }
  return events;
}

async function openCall(
  reader: CallReader,
  callId: string,
  { sipCallId, answeredAt, keys, path, events: kept }: KeptCall,
): Promise<OpenCall | null> {
  const events = readableEvents(reader, callId, kept);
  const first = events[0]?.event;
  if (first?.type !== 'began') return null;
  const { context } = first;
  const bundle = builtInVersion(context.bundleId) ?? (await reader.directory.bundle(context.bundleId));
  if (bundle === null) return null;
  const steps = fold(bundle, events);
  const pending = steps.reduce<Pending>(
    (before, step, index) => pendingAfter(before, events[index]?.event ?? first, step.actions),
    NOTHING_PENDING,
  );
  return {
    beginning: { bundle, context, sipCallId },
    past: {
      state: (steps.at(-1) ?? steps[0]).state,
      lastSeq: kept.at(-1)?.seq ?? 0,
      keys,
      path,
      answeredAt,
      pending,
    },
  };
}
