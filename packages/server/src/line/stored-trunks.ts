import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Trunk, TrunkSchema, trunkOfProfile } from '@madoguchi/telephony/trunk';
import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';

/** A copy beside the telephone's other state: it starts, and is started again, without PostgreSQL. Holds passwords. */
const FILE = 'trunks.json';
const FIRST_ID = 'main';

/** The trunk that the operator's environment names: told by its address, without registration, so that a first start on loopback works. */
export function firstTrunk(to: { readonly host: string; readonly port: number }): Trunk {
  return trunkOfProfile('sbc', {
    id: FIRST_ID,
    name: 'はじめの回線',
    host: to.host,
    port: to.port,
    numberFormat: 'national',
    calledNumberSources: ['requestUri', 'to'],
    presentedNumber: 'caller',
    lines: { total: 400, received: 300, transferred: 200, placed: 200, whenFull: { type: 'busy' } },
    checkEveryS: 0,
  });
}

/**
 * Lays the first trunk where there is none at all, and keeps it to the operator's settings until somebody changes it on the screen. Where
 * staff took it away and have others, it does not come back.
 */
export async function layFirstTrunk(db: Database, trunk: Trunk): Promise<void> {
  const settings = JSON.stringify(trunk);
  await db
    .updateTable('trunk')
    .set({ settings })
    .where('trunk_id', '=', trunk.id)
    .where('changed_by', 'is', null)
    .execute();
  const any = await db.selectFrom('trunk').select('trunk_id').limit(1).executeTakeFirst();
  if (any !== undefined) return;
  await db
    .insertInto('trunk')
    .values({ trunk_id: trunk.id, position: 0, settings, changed_by: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Trunks in their order. One that cannot be read (of a newer version) is left out, the others serve. */
export async function readTrunks(
  db: Database,
  onLeftOut: (trunkId: string, fields: readonly string[]) => void,
): Promise<readonly Trunk[]> {
  const rows = await db.selectFrom('trunk').selectAll().orderBy('position').orderBy('trunk_id').execute();
  return rows.flatMap((row) => {
    const trunk = TrunkSchema.safeParse(row.settings);
    if (trunk.success) return [trunk.data];
    const fields = trunk.error.issues.map((issue) => issue.path.join('.'));
    onLeftOut(row.trunk_id, fields);
    return [];
  });
}

/** Trunks from PostgreSQL, which are then kept on this machine; without it the ones kept last. */
export async function loadTrunks(
  db: Database,
  stateDir: string,
  log: Pick<Logger, 'error' | 'warn'>,
): Promise<readonly Trunk[]> {
  try {
    const trunks = await readTrunks(db, (trunkId, fields) =>
      log.error({ trunkId, fields }, 'a trunk is left out: its settings cannot be read'),
    );
    await keepTrunks(stateDir, trunks);
    return trunks;
  } catch (error) {
    log.warn({ err: error }, 'trunks cannot be read from PostgreSQL: the copy on this machine is used');
    return await readKeptTrunks(stateDir);
  }
}

export async function keepTrunks(stateDir: string, trunks: readonly Trunk[]): Promise<void> {
  const path = join(stateDir, FILE);
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, JSON.stringify(trunks), { mode: 0o600, flush: true });
  await rename(unfinished, path);
}

export async function readKeptTrunks(stateDir: string): Promise<readonly Trunk[]> {
  return TrunkSchema.array().parse(JSON.parse(await readFile(join(stateDir, FILE), 'utf8')));
}
