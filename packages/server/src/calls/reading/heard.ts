import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { type Spoken, SpokenSchema } from '../spoken.ts';

/** One announcement of a call that the city placed, and how far it was heard. */
export type Heard = {
  /** Since the call began, when the line was told to say it. */
  readonly atMs: number;
  readonly nodeTitle: string | null;
  readonly text: string;
  readonly slower: boolean;
  readonly played: 'whole' | 'cutShort' | 'unknown';
  /** From the order to its end; null where nobody saw that. */
  readonly playedMs: number | null;
};

export type SpokenRow = {
  readonly seq: number;
  readonly at_ms: number;
  readonly type: string;
  readonly event: unknown;
  readonly spoken: unknown;
};

const EndOfOneSchema = z.object({ type: z.enum(['announced', 'actionFailed']), id: z.int() });
const ENDINGS: ReadonlySet<string> = new Set(['callerHungUp', 'hungUp']);

/** What was heard in each of these calls, by call id. @param days Japanese days on which they began, both included */
export async function readHeard(
  db: Database,
  callIds: readonly string[],
  days: { readonly from: string; readonly to: string },
): Promise<ReadonlyMap<string, readonly Heard[]>> {
  if (callIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('call_event')
    .select(['call_id', 'seq', 'at_ms', 'type', 'event', 'spoken'])
    .where('call_day', '>=', days.from)
    .where('call_day', '<=', days.to)
    .where('call_id', 'in', callIds)
    .orderBy('call_id')
    .orderBy('seq')
    .execute();
  const byCall = Map.groupBy(rows, ({ call_id }) => call_id);
  return new Map([...byCall].map(([callId, own]) => [callId, heardIn(own)]));
}

/** @param rows all events of one call, in order */
export function heardIn(rows: readonly SpokenRow[]): readonly Heard[] {
  const events = rows.map((row) => ({
    ...row,
    spoken: SpokenSchema.nullable().catch(null).parse(row.spoken),
  }));
  return events.flatMap((row, place) => {
    if (row.spoken === null || row.spoken.text === null) return [];
    const { text, title, slower } = row.spoken;
    return [{ atMs: row.at_ms, nodeTitle: title, text, slower, ...endOf(row, events.slice(place + 1)) }];
  });
}

const UNSEEN = { played: 'unknown', playedMs: null } as const;

function endOf(
  begun: Pick<SpokenRow, 'seq' | 'at_ms'>,
  later: readonly (Pick<SpokenRow, 'at_ms' | 'type' | 'event'> & { readonly spoken: Spoken | null })[],
): Pick<Heard, 'played' | 'playedMs'> {
  for (const { at_ms, type, event, spoken } of later) {
    const playedMs = at_ms - begun.at_ms;
    const end = EndOfOneSchema.safeParse(event);
    if (end.success && end.data.id === begun.seq)
      return end.data.type === 'announced' ? { played: 'whole', playedMs } : UNSEEN;
    if (spoken?.stopped === true || ENDINGS.has(type)) return { played: 'cutShort', playedMs };
    // Another one began, or the engine was lost: nobody saw the end of this one.
    if (spoken !== null || type === 'callLost') return UNSEEN;
  }
  return UNSEEN;
}
