import {
  EventUnreadableError,
  OutcomeSchema,
  type PastCall,
  type StampedEvent,
  upcast,
} from '@madoguchi/flow';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';

export type PastCalls = {
  /** Japanese days, both included. */
  readonly from: string;
  readonly to: string;
  readonly phoneNumbers: readonly string[];
};
export type PastCallOfVersion = { readonly bundleId: string; readonly call: PastCall };

const TakenSchema = z.array(z.object({ flowId: z.string(), nodeId: z.string(), branch: z.string() }));
type LastRead = { readonly beganAt: Date; readonly callId: string };

/** Calls read at once: their events are a few thousand rows. */
const PAGE = 200;

/** How many calls of citizens ended in a period; those that were turned away or passed on unanswered never came to a flow. */
export async function countPastCalls(db: Database, wanted: PastCalls): Promise<number> {
  const { count } = await pastCalls(db, wanted)
    .select((select) => select.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** These calls with their events, in pages, the newest first; `limit` of them at most. */
export async function* readPastCalls(
  db: Database,
  wanted: PastCalls,
  limit: number,
): AsyncGenerator<readonly PastCallOfVersion[]> {
  let last: LastRead | null = null;
  for (let read = 0; read < limit; read += PAGE) {
    const rows = await readPage(db, wanted, last, Math.min(PAGE, limit - read));
    const end = rows.at(-1);
    if (end === undefined) return;
    last = { beganAt: end.began_at, callId: end.call_id };
    yield await withEvents(db, rows);
    if (rows.length < PAGE) return;
  }
}

function readPage(db: Database, wanted: PastCalls, after: LastRead | null, limit: number) {
  const page = pastCalls(db, wanted)
    .select(['call_id', 'call_day', 'bundle_id', 'began_at', 'outcome'])
    .orderBy('began_at', 'desc')
    .orderBy('call_id', 'desc')
    .limit(limit);
  if (after === null) return page.execute();
  const { beganAt, callId } = after;
  return page
    .where((where) => where(where.refTuple('began_at', 'call_id'), '<', where.tuple(beganAt, callId)))
    .execute();
}

function pastCalls(db: Database, { from, to, phoneNumbers }: PastCalls) {
  return db
    .selectFrom('call_summary')
    .where('call_day', '>=', from)
    .where('call_day', '<=', to)
    .where('phone_number', 'in', [...phoneNumbers])
    .where('ended_at', 'is not', null)
    .where('outcome', 'is not', null)
    .where('outcome', 'not in', ['refused', 'forwarded'])
    .where('is_test', '=', false)
    .where('is_placed', '=', false);
}

type SummaryRow = {
  readonly call_id: string;
  readonly call_day: string;
  readonly bundle_id: string;
  readonly outcome: string | null;
};

async function withEvents(db: Database, rows: readonly SummaryRow[]): Promise<readonly PastCallOfVersion[]> {
  const events = await db
    .selectFrom('call_event')
    .select(['call_id', 'seq', 'at_ms', 'schema_version', 'taken', 'event', 'sealed_with'])
    .where('call_day', 'in', [...new Set(rows.map(({ call_day }) => call_day))])
    .where(
      'call_id',
      'in',
      rows.map(({ call_id }) => call_id),
    )
    .orderBy('call_id')
    .orderBy('seq')
    .execute();
  const byCall = Map.groupBy(events, ({ call_id }) => call_id);
  return rows.map(({ call_id, bundle_id, outcome }) => {
    const own = byCall.get(call_id) ?? [];
    const sealedAt = own.findIndex(({ sealed_with }) => sealed_with !== null);
    const open = sealedAt === -1 ? own : own.slice(0, sealedAt);
    return {
      bundleId: bundle_id,
      call: {
        callId: call_id,
        events: readable(open),
        sealed: sealedAt !== -1,
        outcome: OutcomeSchema.catch('unknown').parse(outcome),
        taken: own.flatMap(({ taken }) => TakenSchema.catch([]).parse(taken)),
      },
    };
  });
}

type OpenEventRow = {
  readonly seq: number;
  readonly at_ms: number;
  readonly schema_version: number;
  readonly event: unknown;
};

/** None where one of them is damaged or of a newer release: half a call tells something else than the call. */
function readable(rows: readonly OpenEventRow[]): readonly StampedEvent[] {
  try {
    return rows.map(({ seq, at_ms, schema_version, event }) =>
      upcast({ seq, atMs: at_ms, schemaVersion: schema_version, event }),
    );
  } catch (error) {
    if (error instanceof EventUnreadableError) return [];
    throw error;
  }
}
