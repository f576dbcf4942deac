import type { ColumnMapping, RowProblem, RowProblemCode } from '../../../http/campaign-list-contract.ts';
import { looksLikeFormula } from './formula.ts';
import { japaneseDate } from './japanese-date.ts';
import { readKana } from './read-kana.ts';
import { readTelephones } from './read-telephones.ts';
import { readValue } from './read-value.ts';
import type { CheckedRow, ListRow, RowValues } from './row.ts';

const ADDRESSEE = /^[\p{L}\p{N}-]{1,40}$/u;
/** Nobody who is called was born before. */
const EARLIEST_BIRTH = '1890-01-01';
/** In which a value is not readable: '日付', '金額' … */
const KIND_WORDS = {
  text: '200文字までの文',
  digits: '数字',
  telephone: '電話番号',
  date: '日付',
  time: '時刻',
  amount: '金額',
  number: '数',
} as const;

/** How scenarios call the person's name (templates of @madoguchi/flow). It is what stands in the フリガナ column: kanji would be guessed. */
const NAME_VALUE = '宛名';

type Note = (code: RowProblemCode, column: string | null, message: string) => void;

/**
 * Makes a check of single rows for a mapping whose columns are all in the file. What needs other rows or other people's entries (duplicates,
 * 発信止め) is not looked at.
 * @param today Japanese day, 'YYYY-MM-DD'
 */
export function createRowCheck(options: {
  readonly headers: readonly string[];
  readonly columns: readonly ColumnMapping[];
  readonly today: string;
}): (row: ListRow) => CheckedRow {
  const { headers, columns, today } = options;
  const placed = columns.map((column) => ({ column, at: headers.indexOf(column.header) }));
  const telephones = placed.filter(({ column }) => column.field === 'telephone');
  return (row) => {
    const problems: RowProblem[] = [];
    const warnings: RowProblem[] = [];
    const leave: Note = (code, column, message) => problems.push({ code, column, message });
    const warn: Note = (code, column, message) => warnings.push({ code, column, message });
    const cells = fitted(row.cells, headers.length);
    if (cells === null)
      leave(
        'cells',
        null,
        `列の数が${row.cells.length}列で、1行目の${headers.length}列と合いません。「,」や改行の入った値は「"」で囲んでください。`,
      );
    let addresseeNumber = '';
    let nameKana = '';
    let birthDate: string | null = null;
    const values: Record<string, { text: string; readAs: RowValues[string]['readAs'] }> = {};
    for (const { column, at } of cells === null ? [] : placed) {
      const cell = cells?.[at] ?? '';
      if (column.field !== 'telephone' && looksLikeFormula(cell)) {
        leave(
          'formula',
          column.header,
          `列「${column.header}」の値が計算式のように「${cell.trimStart().slice(0, 1)}」で始まっています。文字や数字だけにしてください。`,
        );
        continue;
      }
      switch (column.field) {
        case 'addresseeNumber':
          addresseeNumber = readAddressee(cell, column.header, leave);
          break;
        case 'nameKana':
          nameKana = readName(cell, column, column.required ? leave : warn);
          if (nameKana !== '') values[NAME_VALUE] ??= { text: nameKana, readAs: 'text' };
          break;
        case 'birthDate':
          birthDate = readBirth(cell, column, today, { leave, warn });
          break;
        case 'value': {
          const text = readOne(cell, column, leave);
          if (text !== null) values[column.name] = { text, readAs: column.readAs };
          break;
        }
        case 'telephone':
          break;
      }
    }
    const telephone =
      cells === null || telephones.length === 0
        ? null
        : readTelephones(
            telephones.map(({ column, at }) => ({ header: column.header, cell: cells[at] ?? '' })),
          );
    if (telephone?.type === 'missing')
      leave('telephoneMissing', telephones[0]?.column.header ?? null, '電話番号がありません。');
    if (telephone?.type === 'refused')
      leave('telephone', telephone.column, `列「${telephone.column}」: ${telephone.why}。`);
    const found = telephone?.type === 'found' ? telephone : null;
    return {
      rowNo: row.rowNo,
      leftOut: problems.length > 0,
      problems: problems.length > 0 ? problems : warnings,
      addresseeNumber,
      telephone: found?.digits ?? '',
      telephoneKind: found?.kind ?? 'invalid',
      nameKana,
      birthDate,
      values,
      original: cells ?? row.cells,
    };
  };
}

/** As many cells as the file has columns; null where they are too few, or one too many has something in it. */
function fitted(cells: readonly string[], columns: number): readonly string[] | null {
  if (cells.length === columns) return cells;
  if (cells.length < columns || cells.slice(columns).some((cell) => cell.trim() !== '')) return null;
  return cells.slice(0, columns);
}

function readAddressee(cell: string, header: string, leave: Note): string {
  const number = cell.normalize('NFKC').trim();
  if (ADDRESSEE.test(number)) return number;
  leave(
    'addresseeNumber',
    header,
    number === ''
      ? '宛名番号がありません。'
      : `列「${header}」を宛名番号として読み取れません。40文字までの数字か英字にしてください。`,
  );
  return '';
}

function readName(
  cell: string,
  { header, required }: { header: string; required: boolean },
  note: Note,
): string {
  // The name is never guessed from kanji.
  const then = required ? '' : 'お名前は読み上げません。';
  if (cell.trim() === '') {
    note('nameKanaMissing', header, `フリガナがありません。${then}`);
    return '';
  }
  const kana = readKana(cell);
  if (kana === null) note('nameKana', header, `列「${header}」に、かなではない文字があります。${then}`);
  return kana ?? '';
}

function readBirth(
  cell: string,
  { header, required }: { header: string; required: boolean },
  today: string,
  { leave, warn }: { leave: Note; warn: Note },
): string | null {
  const note = required ? leave : warn;
  const then = required ? '' : '本人確認ができないため、内容は案内されません。';
  if (cell.trim() === '') {
    note('birthDateMissing', header, `生年月日がありません。${then}`);
    return null;
  }
  const date = japaneseDate(cell);
  if (date !== null && date >= EARLIEST_BIRTH && date <= today) return date;
  note(
    'birthDate',
    header,
    `列「${header}」を生年月日として読み取れません（例: 19550102、S30.1.2、昭和30年1月2日）。${then}`,
  );
  return null;
}

function readOne(
  cell: string,
  column: Extract<ColumnMapping, { field: 'value' }>,
  leave: Note,
): string | null {
  const { header, required, readAs } = column;
  if (cell.trim() === '') {
    if (required) leave('valueMissing', header, `列「${header}」に値がありません。`);
    return null;
  }
  const text = readValue(cell, readAs);
  if (text === null) leave('value', header, `列「${header}」を${KIND_WORDS[readAs]}として読み取れません。`);
  return text;
}
