import type { ColumnMapping } from '../../../http/campaign-list-contract.ts';
import type { PersonKeys } from '../../person-key.ts';
import { createRowCheck } from '../checks/check-row.ts';
import { Duplicates } from '../checks/duplicates.ts';
import type { CheckedRow } from '../checks/row.ts';
import type { ListPiece } from '../reading/read-list.ts';
import type { StagedRow } from './copy-rows.ts';

export type PersonInQuestion = { readonly personKey: Buffer; readonly telephoneKey: Buffer };
/** For each, whether nobody may call them 発信止め today. Asked for some hundreds at once. */
export type IsSuppressed = (people: readonly PersonInQuestion[]) => Promise<readonly boolean[]>;

/** A group of rows that were looked at, and how far the file was read for it. */
export type CheckedGroup = { readonly rows: readonly StagedRow[]; readonly bytes: number };

const NO_KEY = Buffer.alloc(0);

/** Looks at the rows of a file of recipients: each alone, then against the rows before it, then against 発信止め. */
export async function* checkRecipients(
  pieces: AsyncIterable<ListPiece>,
  options: {
    readonly columns: readonly ColumnMapping[];
    readonly today: string;
    readonly personKeys: PersonKeys;
    readonly isSuppressed: IsSuppressed;
  },
): AsyncGenerator<CheckedGroup> {
  const { columns, today, personKeys, isSuppressed } = options;
  const duplicates = new Duplicates();
  let check: ReturnType<typeof createRowCheck> | null = null;
  for await (const { headers, rows, bytes } of pieces) {
    check ??= createRowCheck({ headers, columns, today });
    const keyed = rows.map(check).map((row) => withKeys(withoutDoubles(row, duplicates), personKeys));
    const usable = keyed.filter(({ leftOut }) => !leftOut);
    const answers = usable.length === 0 ? [] : await isSuppressed(usable);
    const suppressed = new Set(usable.filter((_, index) => answers[index] === true));
    yield { bytes, rows: keyed.map((row) => (suppressed.has(row) ? asSuppressed(row) : row)) };
  }
}

function withoutDoubles(row: CheckedRow, duplicates: Duplicates): CheckedRow {
  const earlier = row.leftOut ? null : duplicates.earlier(row);
  if (earlier === null) return row;
  const message = `${earlier}行目と、宛名番号・期別などが同じです。先の行だけを使います。`;
  return { ...row, leftOut: true, problems: [{ code: 'duplicate', column: null, message }] };
}

/** Why somebody is kept out is told to nobody here: another department's reasons stay its own. */
function asSuppressed(row: StagedRow): StagedRow {
  const message = '発信止めに登録されている方です。';
  return { ...row, leftOut: true, problems: [{ code: 'suppressed', column: null, message }] };
}

function withKeys(row: CheckedRow, personKeys: PersonKeys): StagedRow {
  if (row.leftOut) return { ...row, personKey: NO_KEY, telephoneKey: NO_KEY, recipientIds: [] };
  return {
    ...row,
    personKey: personKeys.person(row.addresseeNumber),
    telephoneKey: personKeys.telephone(row.telephone),
    recipientIds: [],
  };
}
