import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { type LineUse, NO_LINE_USED } from '../asterisk/lines.ts';

const LineUseSchema = z.object({ received: z.int(), transferred: z.int(), placed: z.int() });
const TrunksSchema = z.record(z.string(), LineUseSchema);

/** What did not change is said again this often, so that readers know that somebody still counts. */
const SAY_AGAIN_MS = 3_000;
/** A telephone that has not spoken for this long may carry any number of calls. */
const STALE_MS = 10_000;

/** @returns to be called often: says in the database which lines are in use, where that changed or has not been said for a while. */
export function createLineUseSayer({
  db,
  callNode,
  clock,
  lineUse,
}: {
  readonly db: Database;
  readonly callNode: string;
  readonly clock: Pick<Clock, 'now'>;
  /** By trunk id. */
  readonly lineUse: () => ReadonlyMap<string, LineUse>;
}): () => Promise<void> {
  let said = { trunks: '', atMs: Number.NEGATIVE_INFINITY };
  return async () => {
    const trunks = JSON.stringify(Object.fromEntries(lineUse()));
    const atMs = clock.now();
    if (trunks === said.trunks && atMs - said.atMs < SAY_AGAIN_MS) return;
    const row = { trunks, said_at: new Date(atMs) };
    await db
      .insertInto('line_use')
      .values({ call_node: callNode, ...row })
      .onConflict((conflict) => conflict.column('call_node').doUpdateSet(row))
      .execute();
    said = { trunks, atMs };
  };
}

/** Lines in use by trunk id, of all machines together; null where none of them spoke of late. */
export async function readLineUse(
  db: Database,
  nowEpochMs: number,
): Promise<Readonly<Record<string, LineUse>> | null> {
  const rows = await db
    .selectFrom('line_use')
    .select('trunks')
    .where('said_at', '>', new Date(nowEpochMs - STALE_MS))
    .execute();
  if (rows.length === 0) return null;
  const sum: Record<string, LineUse> = {};
  for (const [trunkId, use] of rows.flatMap(({ trunks }) => Object.entries(TrunksSchema.parse(trunks)))) {
    const { received, transferred, placed } = sum[trunkId] ?? NO_LINE_USED;
    sum[trunkId] = {
      received: received + use.received,
      transferred: transferred + use.transferred,
      placed: placed + use.placed,
    };
  }
  return sum;
}
