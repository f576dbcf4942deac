import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/index.ts';
import {
  type ResultMapping,
  type ResultMappingDraft,
  ResultMappingDraftSchema,
} from '../../http/campaign-result-contract.ts';
import { Refusal } from '../../http/index.ts';
import { isWritableInCp932 } from './format/cp932.ts';
import { READY_MAPPING, READY_MAPPING_ID } from './ready-mapping.ts';

/** Who changes something, and when. */
export type Deed = { readonly person: string; readonly at: Date };

const READY: ResultMapping = {
  mappingId: READY_MAPPING_ID,
  isReady: true,
  version: 1,
  draft: READY_MAPPING,
  changedAt: null,
  changedBy: null,
};

/** The ready one first, then staff's own by name. */
export async function listMappings(db: Database): Promise<readonly ResultMapping[]> {
  const rows = await db
    .selectFrom('result_mapping as m')
    .leftJoin('person as p', 'p.id', 'm.changed_by')
    .select(['m.mapping_id', 'm.draft', 'm.version', 'm.changed_at', 'p.name as changed_by'])
    .orderBy('m.name')
    .execute();
  return [
    READY,
    ...rows.map((row) => ({
      mappingId: row.mapping_id,
      isReady: false,
      version: row.version,
      draft: ResultMappingDraftSchema.parse(row.draft),
      changedAt: row.changed_at.toISOString(),
      changedBy: row.changed_by,
    })),
  ];
}

/** @throws Refusal 404 */
export async function readMapping(db: Database, mappingId: string): Promise<ResultMappingDraft> {
  if (mappingId === READY_MAPPING_ID) return READY_MAPPING;
  const row = await db
    .selectFrom('result_mapping')
    .select('draft')
    .where('mapping_id', '=', mappingId)
    .executeTakeFirst();
  if (row === undefined) throw mappingGone();
  return ResultMappingDraftSchema.parse(row.draft);
}

/** @throws Refusal 409, 422 */
export async function addMapping(
  trx: Database,
  draft: ResultMappingDraft,
  { person, at }: Deed,
): Promise<string> {
  await check(trx, draft, null);
  const mappingId = randomUUID();
  await trx
    .insertInto('result_mapping')
    .values({
      mapping_id: mappingId,
      name: draft.name,
      draft: JSON.stringify(draft),
      changed_at: at,
      changed_by: person,
    })
    .execute();
  return mappingId;
}

/** Over the version that was seen. Files that were made keep their own copy. @throws Refusal 403, 404, 409, 422 */
export async function changeMapping(
  trx: Database,
  { mappingId, draft, version }: { mappingId: string; draft: ResultMappingDraft; version: number },
  { person, at }: Deed,
): Promise<number> {
  await hold(trx, mappingId, version);
  await check(trx, draft, mappingId);
  await trx
    .updateTable('result_mapping')
    .set({
      name: draft.name,
      draft: JSON.stringify(draft),
      changed_at: at,
      changed_by: person,
      version: version + 1,
    })
    .where('mapping_id', '=', mappingId)
    .execute();
  return version + 1;
}

/** @throws Refusal 403, 404, 409 */
export async function removeMapping(
  trx: Database,
  { mappingId, version }: { mappingId: string; version: number },
): Promise<void> {
  await hold(trx, mappingId, version);
  await trx.deleteFrom('result_mapping').where('mapping_id', '=', mappingId).execute();
}

async function hold(trx: Database, mappingId: string, version: number): Promise<void> {
  if (mappingId === READY_MAPPING_ID)
    throw new Refusal(
      403,
      'readyMapping',
      '「標準の結果ファイル」は変更できません。写しを作って、写しを変更してください。',
    );
  const row = await trx
    .selectFrom('result_mapping')
    .select('version')
    .where('mapping_id', '=', mappingId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw mappingGone();
  if (row.version !== version)
    throw new Refusal(
      409,
      'changedMeanwhile',
      'ほかの職員が先に内容を変更しました。新しい内容をご確認ください。入力した内容は消えていません。',
    );
}

async function check(trx: Database, draft: ResultMappingDraft, ownId: string | null): Promise<void> {
  const same = await trx
    .selectFrom('result_mapping')
    .select('mapping_id')
    .where('name', '=', draft.name)
    .where('mapping_id', '!=', ownId ?? '')
    .executeTakeFirst();
  if (same !== undefined || draft.name === READY_MAPPING.name)
    throw new Refusal(409, 'nameTaken', '同じ名前の様式があります。別の名前を付けてください。');
  const unwritable = Object.values(draft.substitutes).find((text) => !isWritableInCp932(text));
  if (unwritable !== undefined)
    throw new Refusal(
      422,
      'substituteNotWritable',
      `代わりの文字「${unwritable}」も、CP932（シフトJIS）では書けません。別の文字にしてください。`,
    );
}

function mappingGone(): Refusal {
  return new Refusal(404, 'mappingNotFound', 'この様式は見つかりません。すでに削除されています。');
}
