import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Trunk, trunkOfProfile } from '@madoguchi/telephony/trunk';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Database } from '../database/index.ts';
import type { Seal } from '../seal.ts';
import { isSealedNow, openTrunk, sealTrunk } from './sealed-trunk.ts';

/** A copy beside the telephone's other state: it starts, and is started again, without PostgreSQL. Its passwords are sealed too. */
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
export async function layFirstTrunk(db: Database, trunk: Trunk, seal: Seal): Promise<void> {
  const settings = sealTrunk(trunk, seal);
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

/**
 * Seals what a house of before kept open, and anew what an earlier key sealed: that key is not needed any more afterwards. What cannot be
 * opened stays as it is, in case its key comes back.
 */
export async function sealStoredPasswords(db: Database, seal: Seal): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom('trunk').select(['trunk_id', 'settings']).forUpdate().execute();
    for (const { trunk_id: trunkId, settings } of rows) {
      if (isSealedNow(settings, seal)) continue;
      const opened = openTrunk(settings, seal);
      if (!opened.readable || opened.passwordsLost.length > 0) continue;
      await trx
        .updateTable('trunk')
        .set({ settings: sealTrunk(opened.trunk, seal) })
        .where('trunk_id', '=', trunkId)
        .execute();
    }
  });
}

/** Why a trunk takes no calls: its settings are of a newer version, or the key of its passwords is gone. */
export type LeftOut = { readonly trunkId: string } & (
  | { readonly reason: 'unreadable'; readonly fields: readonly string[] }
  | { readonly reason: 'passwordsLost' }
);

/** Trunks in their order. One that cannot be used is left out, the others serve. */
export async function readTrunks(
  db: Database,
  seal: Seal,
  onLeftOut: (leftOut: LeftOut) => void,
): Promise<readonly Trunk[]> {
  const rows = await db.selectFrom('trunk').selectAll().orderBy('position').orderBy('trunk_id').execute();
  return rows.flatMap((row) => usable(row.trunk_id, row.settings, seal, onLeftOut));
}

/** Trunks from PostgreSQL, which are then kept on this machine; without it the ones kept last. */
export async function loadTrunks(
  db: Database,
  stateDir: string,
  seal: Seal,
  log: Pick<Logger, 'error' | 'warn'>,
): Promise<readonly Trunk[]> {
  try {
    const trunks = await readTrunks(db, seal, (leftOut) =>
      log.error(leftOut, 'a trunk is left out: its settings or passwords cannot be read'),
    );
    await keepTrunks(stateDir, trunks, seal);
    return trunks;
  } catch (error) {
    log.warn({ err: error }, 'trunks cannot be read from PostgreSQL: the copy on this machine is used');
    return await readKeptTrunks(stateDir, seal);
  }
}

export async function keepTrunks(stateDir: string, trunks: readonly Trunk[], seal: Seal): Promise<void> {
  const path = join(stateDir, FILE);
  const unfinished = `${path}.${randomUUID()}`;
  const text = `[${trunks.map((trunk) => sealTrunk(trunk, seal)).join(',')}]`;
  await writeFile(unfinished, text, { mode: 0o600, flush: true });
  await rename(unfinished, path);
}

/** Those of the copy on this machine whose passwords can be opened. */
export async function readKeptTrunks(stateDir: string, seal: Seal): Promise<readonly Trunk[]> {
  const kept = z
    .unknown()
    .array()
    .parse(JSON.parse(await readFile(join(stateDir, FILE), 'utf8')));
  return kept.flatMap((settings) => usable('kept', settings, seal, () => undefined));
}

function usable(
  trunkId: string,
  settings: unknown,
  seal: Seal,
  onLeftOut: (leftOut: LeftOut) => void,
): readonly Trunk[] {
  const opened = openTrunk(settings, seal);
  if (!opened.readable) {
    onLeftOut({ trunkId, reason: 'unreadable', fields: opened.fields });
    return [];
  }
  if (opened.passwordsLost.length === 0) return [opened.trunk];
  onLeftOut({ trunkId, reason: 'passwordsLost' });
  return [];
}
