import type { Database } from '../database/index.ts';

/** Says in the database how a component is, for the head line of the admin page. */
export async function sayComponentState(
  db: Database,
  component: string,
  up: boolean,
  nowEpochMs: number,
): Promise<void> {
  const row = { component, state: up ? ('up' as const) : ('down' as const), said_at: new Date(nowEpochMs) };
  await db
    .insertInto('component_state')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('component').doUpdateSet({ state: row.state, said_at: row.said_at }),
    )
    .execute();
}
