import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Database } from '../../../database/index.ts';
import {
  ColumnMappingsSchema,
  type ListMapping,
  type ListMappingAddSchema,
} from '../../../http/campaign-list-contract.ts';
import { Refusal } from '../../../http/index.ts';
import { changedMeanwhile } from '../../../inbox/index.ts';
import { mappingProblem } from './check-mapping.ts';

type Draft = z.infer<typeof ListMappingAddSchema>;
type Deed = { readonly userId: string; readonly now: number };

/** By name. */
export async function readMappings(db: Database): Promise<ListMapping[]> {
  const rows = await db
    .selectFrom('list_mapping')
    .selectAll()
    .orderBy('name')
    .orderBy('mapping_id')
    .execute();
  return rows.map((row) => ({
    mappingId: row.mapping_id,
    name: row.name,
    purpose: row.purpose,
    columns: ColumnMappingsSchema.parse(row.columns),
    version: row.version,
    changedAt: row.changed_at.toISOString(),
  }));
}

/** @throws Refusal 422, 409 */
export async function addMapping(trx: Database, draft: Draft, { userId, now }: Deed): Promise<string> {
  const mappingId = randomUUID();
  await refuseWrong(trx, draft, mappingId);
  await trx
    .insertInto('list_mapping')
    .values({ mapping_id: mappingId, ...rowOf(draft), changed_at: new Date(now), changed_by: userId })
    .execute();
  return mappingId;
}

/** @throws Refusal 422, 409 */
export async function changeMapping(
  trx: Database,
  mappingId: string,
  { version, ...draft }: Draft & { readonly version: number },
  { userId, now }: Deed,
): Promise<void> {
  await refuseWrong(trx, draft, mappingId);
  const { numUpdatedRows } = await trx
    .updateTable('list_mapping')
    .set({ ...rowOf(draft), changed_at: new Date(now), changed_by: userId, version: version + 1 })
    .where('mapping_id', '=', mappingId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw changedMeanwhile();
}

/** @throws Refusal 409 */
export async function removeMapping(trx: Database, mappingId: string, version: number): Promise<void> {
  const { numDeletedRows } = await trx
    .deleteFrom('list_mapping')
    .where('mapping_id', '=', mappingId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw changedMeanwhile();
}

function rowOf({ name, purpose, columns }: Draft) {
  return { name, purpose, columns: JSON.stringify(columns) };
}

async function refuseWrong(
  trx: Database,
  { name, purpose, columns }: Draft,
  mappingId: string,
): Promise<void> {
  const problem = mappingProblem(columns, purpose);
  if (problem !== null) throw new Refusal(422, 'mapping', problem);
  const other = await trx
    .selectFrom('list_mapping')
    .select('mapping_id')
    .where('purpose', '=', purpose)
    .where('name', '=', name)
    .where('mapping_id', '<>', mappingId)
    .executeTakeFirst();
  if (other !== undefined)
    throw new Refusal(409, 'nameTaken', 'この名前の割り当ては、すでにあります。別の名前にしてください。');
}
