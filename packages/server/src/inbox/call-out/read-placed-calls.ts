import { OPEN_STATES } from '../../calls/placed/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { OwnPlacedCall, PlacedCall } from '../../http/inbox-contract.ts';
import { namesOf } from '../people.ts';

/** Placed calls by one of their columns, newest first. @param now ms since the epoch. */
export async function placedCallsWhere(
  db: Database,
  column: 'placed_call_id' | 'item_id' | 'person_id',
  values: readonly string[],
  now: number,
  limit = 100,
): Promise<PlacedCall[]> {
  if (values.length === 0) return [];
  const rows = await db
    .selectFrom('placed_call')
    .selectAll()
    .where(column, 'in', values)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute();
  const personOf = await namesOf(
    db,
    rows.map((row) => row.person_id),
  );
  return rows.flatMap((row) => {
    const person = personOf(row.person_id);
    if (person === null) return [];
    const isOpen = OPEN_STATES.some((state) => state === row.state);
    const ended = row.state === 'ended' ? row.ended_at?.getTime() : isOpen ? now : undefined;
    return [
      {
        placedCallId: row.placed_call_id,
        person,
        citizenNumber: row.citizen_number,
        citizenShown: showNumber(row.citizen_number),
        state: row.state,
        reason: row.reason,
        at: row.created_at.toISOString(),
        talkMs:
          row.connected_at === null || ended === undefined
            ? null
            : Math.max(0, ended - row.connected_at.getTime()),
      },
    ];
  });
}

/** What a clerk's own screen shows of calling. @param now ms since the epoch. */
export async function ownPlacedCall(db: Database, personId: string, now: number): Promise<OwnPlacedCall> {
  const telephone = await ownTelephone(db, personId);
  const [call = null] = await placedCallsWhere(db, 'person_id', [personId], now, 1);
  return {
    telephone: telephone === null ? null : { number: telephone, shown: showNumber(telephone) },
    call,
  };
}

/** National digits of the telephone that rings first; null where the clerk has set none. */
export async function ownTelephone(db: Database, personId: string): Promise<string | null> {
  const row = await db
    .selectFrom('person_telephone')
    .select('number')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row?.number ?? null;
}
