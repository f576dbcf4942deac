import type { Database } from '../../database/index.ts';

/** A window that has not said so for this long has gone. */
const GONE_AFTER_MS = 25_000;

/** Notes that a window has the flow open, and tells who else has, each person once. */
export async function bePresent(
  db: Database,
  { flowId, windowId, personId }: { flowId: string; windowId: string; personId: string },
  nowMs: number,
): Promise<{ personId: string; name: string }[]> {
  await db
    .insertInto('flow_presence')
    .values({ flow_id: flowId, window_id: windowId, person_id: personId, seen_at: new Date(nowMs) })
    .onConflict((conflict) =>
      conflict
        .columns(['flow_id', 'window_id'])
        .doUpdateSet({ person_id: personId, seen_at: new Date(nowMs) }),
    )
    .execute();
  await db
    .deleteFrom('flow_presence')
    .where('seen_at', '<', new Date(nowMs - GONE_AFTER_MS))
    .execute();
  return await db
    .selectFrom('flow_presence as w')
    .innerJoin('person as p', 'p.id', 'w.person_id')
    .select(['p.id as personId', 'p.name'])
    .distinct()
    .where('w.flow_id', '=', flowId)
    .where('w.person_id', '!=', personId)
    .orderBy('p.name')
    .execute();
}
