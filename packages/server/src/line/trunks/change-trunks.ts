import { randomBytes } from 'node:crypto';
import type { Trunk } from '@madoguchi/telephony/trunk';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { Seal } from '../../seal.ts';
import { sealTrunk } from '../sealed-trunk.ts';

/** Hexadecimal alone: with a hyphen one trunk's name could be that of another's account in Asterisk's files. */
export function newTrunkId(): string {
  return `t${randomBytes(5).toString('hex')}`;
}

/**
 * Lets one change of the trunks be looked at and written at a time: two that are right each for itself may not go together. Reading goes
 * on. Lasts until the end of the transaction.
 */
export async function holdTrunks(trx: Database): Promise<void> {
  await sql`lock table trunk in share row exclusive mode`.execute(trx);
}

/** Puts it last. */
export async function addTrunk(
  trx: Database,
  { trunk, seal, person, at }: { trunk: Trunk; seal: Seal; person: string; at: Date },
): Promise<number> {
  const last = await trx
    .selectFrom('trunk')
    .select(({ fn }) => fn.max('position').as('position'))
    .executeTakeFirst();
  const row = await trx
    .insertInto('trunk')
    .values({
      trunk_id: trunk.id,
      position: (last?.position ?? -1) + 1,
      settings: sealTrunk(trunk, seal),
      changed_by: person,
      changed_at: at,
    })
    .returning('version')
    .executeTakeFirstOrThrow();
  return row.version;
}

/** @returns the new version; null where `version` is not the one that is stored. */
export async function changeTrunk(
  trx: Database,
  {
    trunk,
    seal,
    version,
    person,
    at,
  }: { trunk: Trunk; seal: Seal; version: number; person: string; at: Date },
): Promise<number | null> {
  const row = await trx
    .updateTable('trunk')
    .set({
      settings: sealTrunk(trunk, seal),
      changed_by: person,
      changed_at: at,
      version: version + 1,
    })
    .where('trunk_id', '=', trunk.id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  return row?.version ?? null;
}

export type Removal = 'removed' | 'changedMeanwhile' | 'last' | 'unknown';

/** Takes a trunk away, unless it is the last one: without any, nobody could call. */
export async function removeTrunk(trx: Database, trunkId: string, version: number): Promise<Removal> {
  const rows = await trx.selectFrom('trunk').select(['trunk_id', 'version']).execute();
  const row = rows.find((each) => each.trunk_id === trunkId);
  if (row === undefined) return 'unknown';
  if (row.version !== version) return 'changedMeanwhile';
  if (rows.length === 1) return 'last';
  await trx.deleteFrom('trunk').where('trunk_id', '=', trunkId).execute();
  return 'removed';
}

/** @returns false, and changes nothing, where these are not exactly the trunks that there are. */
export async function orderTrunks(trx: Database, trunkIds: readonly string[]): Promise<boolean> {
  const rows = await trx.selectFrom('trunk').select('trunk_id').execute();
  const wanted = new Set(trunkIds);
  const isWhole = wanted.size === trunkIds.length && rows.length === wanted.size;
  if (!isWhole || !rows.every((row) => wanted.has(row.trunk_id))) return false;
  for (const [position, trunkId] of trunkIds.entries()) {
    await trx.updateTable('trunk').set({ position }).where('trunk_id', '=', trunkId).execute();
  }
  return true;
}
