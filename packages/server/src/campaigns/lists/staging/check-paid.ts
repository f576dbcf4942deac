import { z } from 'zod';
import type { Database } from '../../../database/index.ts';
import type { ColumnMapping, RowProblem } from '../../../http/campaign-list-contract.ts';
import type { PersonKeys } from '../../person-key.ts';
import type { RecipientState } from '../../tables.ts';
import { createRowCheck } from '../checks/check-row.ts';
import { sameTerm } from '../checks/duplicates.ts';
import type { CheckedRow, RowValues } from '../checks/row.ts';
import type { ListPiece } from '../reading/read-list.ts';
import type { CheckedGroup } from './check-groups.ts';

const NO_KEY = Buffer.alloc(0);
const ValuesSchema = z.record(z.string(), z.object({ text: z.string() }));

type Known = {
  readonly recipientId: number;
  readonly addresseeNumber: string;
  readonly state: RecipientState;
  readonly values: z.infer<typeof ValuesSchema>;
};

/** Looks up whom the rows of a file of those who have paid concern: the same 宛名番号, and the same in every value that the row has. */
export async function* checkPaid(
  pieces: AsyncIterable<ListPiece>,
  options: {
    readonly db: Database;
    readonly campaignId: string;
    readonly columns: readonly ColumnMapping[];
    readonly today: string;
    readonly personKeys: PersonKeys;
  },
): AsyncGenerator<CheckedGroup> {
  const { db, campaignId, columns, today, personKeys } = options;
  let check: ReturnType<typeof createRowCheck> | null = null;
  for await (const { headers, rows, bytes } of pieces) {
    check ??= createRowCheck({ headers, columns, today });
    const checked = rows.map(check);
    const known = await readKnown(
      db,
      campaignId,
      checked.filter(({ leftOut }) => !leftOut).map((row) => personKeys.person(row.addresseeNumber)),
    );
    yield {
      bytes,
      rows: checked.map((row) => ({
        ...(row.leftOut ? { ...row, recipientIds: [] } : found(row, known.get(row.addresseeNumber) ?? [])),
        personKey: NO_KEY,
        telephoneKey: NO_KEY,
      })),
    };
  }
}

function found(row: CheckedRow, known: readonly Known[]): CheckedRow & { readonly recipientIds: number[] } {
  const meant = known.filter(({ values }) => agrees(row.values, values));
  const open = meant.filter(({ state }) => state === 'waiting' || state === 'inProgress');
  if (open.length > 0) return { ...row, recipientIds: open.map(({ recipientId }) => recipientId) };
  return { ...row, recipientIds: [], leftOut: true, problems: [whyNobody(known, meant)] };
}

function agrees(wanted: RowValues, has: Known['values']): boolean {
  return Object.entries(wanted).every(
    ([name, { text }]) => sameTerm(has[name]?.text ?? '') === sameTerm(text),
  );
}

function whyNobody(known: readonly Known[], meant: readonly Known[]): RowProblem {
  if (meant.length > 0)
    return { code: 'settled', column: null, message: 'この方への連絡は、すでに済んだか、取りやめています。' };
  const message =
    known.length === 0
      ? 'この宛名番号の配信先がありません。先頭の「0」が抜けていないかご確認ください。'
      : 'この宛名番号の配信先はありますが、期別などが一致しません。';
  return { code: 'notFound', column: null, message };
}

async function readKnown(
  db: Database,
  campaignId: string,
  personKeys: readonly Buffer[],
): Promise<ReadonlyMap<string, readonly Known[]>> {
  if (personKeys.length === 0) return new Map();
  const rows = await db
    .selectFrom('campaign_recipient')
    .select(['recipient_id', 'addressee_number', 'state', 'values'])
    .where('campaign_id', '=', campaignId)
    .where('person_key', 'in', personKeys)
    .execute();
  return Map.groupBy(
    rows.map((row) => ({
      recipientId: row.recipient_id,
      addresseeNumber: row.addressee_number,
      state: row.state,
      values: ValuesSchema.parse(row.values),
    })),
    ({ addresseeNumber }) => addresseeNumber,
  );
}
