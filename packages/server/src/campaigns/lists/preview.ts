import { kindOfNumber, ReadAsSchema } from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import {
  type ListPreview,
  type ListRows,
  type ListRowsQuerySchema,
  RowProblemCodeSchema,
  RowProblemSchema,
} from '../../http/campaign-list-contract.ts';
import { NUMBER_KINDS } from '../../inbox/index.ts';
import { PROBLEM_LABELS } from './row-words.ts';
import { refuseLost } from './staging/accept-list.ts';
import { type StoredList, storedList, wrongState } from './staging/stored-lists.ts';

const FIRST_ROWS = 20;
const PAGE_ROWS = 50;
const ProblemsSchema = z.array(RowProblemSchema);
const ValuesSchema = z.record(z.string(), z.object({ text: z.string(), readAs: ReadAsSchema }));
const CountedSchema = z.object({ code: RowProblemCodeSchema, rows: z.int() });

/** What would come of a checked list. @throws Refusal 404, 409 */
export async function previewList(db: Database, listId: string): Promise<ListPreview> {
  const list = await storedList(db, listId);
  if (list.state !== 'checked') throw wrongState();
  await refuseLost(db, list);
  const first = await db
    .selectFrom('campaign_list_row')
    .selectAll()
    .where('list_id', '=', listId)
    .where('left_out', '=', false)
    .orderBy('row_no')
    .limit(FIRST_ROWS)
    .execute();
  const isPaid = list.purpose === 'paid';
  return {
    first: first.map((row) => ({
      rowNo: row.row_no,
      addresseeNumber: row.addressee_number,
      telephone: isPaid ? null : showNumber(row.telephone),
      telephoneKind: isPaid ? null : NUMBER_KINDS[kindOfNumber(row.telephone)],
      nameKana: row.name_kana,
      hasBirthDate: row.birth_date !== null,
      values: Object.entries(ValuesSchema.parse(row.values)).map(([name, value]) => ({ name, ...value })),
      warnings: ProblemsSchema.parse(row.problems),
    })),
    leftOut: await countByCode(db, listId, true),
    warnings: await countByCode(db, listId, false),
    recipientsConcerned: isPaid ? await recipientsOff(db, listId) : await recipientsNow(db, list),
  };
}

async function countByCode(db: Database, listId: string, leftOut: boolean): Promise<ListPreview['leftOut']> {
  const { rows } = await sql<unknown>`
    select problem ->> 'code' as code, count(distinct row_no) as rows
    from campaign_list_row, jsonb_array_elements(problems) problem
    where list_id = ${listId} and left_out = ${leftOut}
    group by 1 order by 2 desc, 1`.execute(db);
  return rows.map((row) => {
    const { code, rows: count } = CountedSchema.parse(row);
    return { code, label: PROBLEM_LABELS[code], rows: count };
  });
}

async function recipientsNow(db: Database, { campaign_id }: StoredList): Promise<number> {
  const { count } = await db
    .selectFrom('campaign_recipient')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('campaign_id', '=', campaign_id)
    .executeTakeFirstOrThrow();
  return count;
}

async function recipientsOff(db: Database, listId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct id) as count
    from campaign_list_row, unnest(recipient_ids) id where list_id = ${listId} and not left_out`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Rows that are left out, or of which staff should know something. @throws Refusal 404 */
export async function readRows(
  db: Database,
  listId: string,
  { which, code, after }: z.infer<typeof ListRowsQuerySchema>,
): Promise<ListRows> {
  await storedList(db, listId);
  const rows = await db
    .selectFrom('campaign_list_row')
    .select(['row_no', 'addressee_number', 'problems'])
    .where('list_id', '=', listId)
    .where('left_out', '=', which === 'leftOut')
    .where(sql<boolean>`problems <> '[]'`)
    .where('row_no', '>', after)
    .$if(code !== undefined, (query) =>
      query.where(sql<boolean>`problems @> ${JSON.stringify([{ code }])}::text::jsonb`),
    )
    .orderBy('row_no')
    .limit(PAGE_ROWS + 1)
    .execute();
  const page = rows.slice(0, PAGE_ROWS);
  return {
    rows: page.map((row) => ({
      rowNo: row.row_no,
      addresseeNumber: row.addressee_number,
      problems: ProblemsSchema.parse(row.problems),
    })),
    next: rows.length > PAGE_ROWS ? (page.at(-1)?.row_no ?? null) : null,
  };
}
