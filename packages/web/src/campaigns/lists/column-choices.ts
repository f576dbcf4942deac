import type { ReadAs } from '@madoguchi/flow';
import type { ColumnMapping, ListPurpose } from '@madoguchi/server/campaign-list-contract';

/** What a column may be to the screen. */
export type ColumnUse = ColumnMapping['field'] | 'none';

/** One column of a file as the form holds it; what a use does not need is kept all the same. */
export type ColumnChoice = {
  readonly header: string;
  readonly use: ColumnUse;
  /** How the scenario calls the value. */
  readonly name: string;
  readonly readAs: ReadAs;
  readonly required: boolean;
};

export const USES: Readonly<Record<ColumnUse, string>> = {
  none: '使わない',
  addresseeNumber: '宛名番号',
  telephone: '電話番号',
  nameKana: 'フリガナ',
  birthDate: '生年月日（本人確認に使う）',
  value: '案内に入れる値',
};

/** Of those who have paid nobody is called: only who they are counts, and what was paid. */
export const usesFor = (purpose: ListPurpose): readonly ColumnUse[] =>
  purpose === 'paid'
    ? ['none', 'addresseeNumber', 'value']
    : ['none', 'addresseeNumber', 'telephone', 'nameKana', 'birthDate', 'value'];

export const READ_AS: Readonly<Record<ReadAs, string>> = {
  text: '文字',
  amount: '金額',
  date: '日付',
  digits: '数字をひとつずつ',
  number: '数',
  telephone: '電話番号',
  time: '時刻',
};

/** How scenarios call the person's name: it is read from the フリガナ column. */
const NAME_VALUE = '宛名';

/** Which values of the scenario no column brings yet. */
export function valuesWithoutColumn(
  wanted: readonly string[],
  choices: readonly ColumnChoice[],
): readonly string[] {
  const brought = new Set(
    choices.flatMap(({ use, name }) =>
      use === 'value' ? [name.trim()] : use === 'nameKana' ? [NAME_VALUE] : [],
    ),
  );
  return wanted.filter((name) => !brought.has(name));
}

/** A row of choices for every column of the file, filled by a mapping where it names the column. */
export function choicesOf(
  headers: readonly string[],
  columns: readonly ColumnMapping[],
): readonly ColumnChoice[] {
  return headers.map((header): ColumnChoice => {
    const column = columns.find((each) => each.header === header);
    const nothing = { header, use: 'none', name: header, readAs: 'text', required: true } as const;
    if (column === undefined) return nothing;
    if (column.field === 'value')
      return {
        header,
        use: 'value',
        name: column.name,
        readAs: column.readAs,
        required: column.required,
      };
    return {
      ...nothing,
      use: column.field,
      required: 'required' in column ? column.required : true,
    };
  });
}

/** What is sent of the choices. */
export function columnsOf(choices: readonly ColumnChoice[]): readonly ColumnMapping[] {
  return choices.flatMap(({ header, use, name, readAs, required }): readonly ColumnMapping[] => {
    if (use === 'none') return [];
    if (use === 'addresseeNumber' || use === 'telephone') return [{ header, field: use }];
    if (use === 'value') return [{ header, field: use, name: name.trim(), readAs, required }];
    return [{ header, field: use, required }];
  });
}

/** What the choices still lack, in words; the server looks at the rest. */
export function missingIn(choices: readonly ColumnChoice[], purpose: ListPurpose): readonly string[] {
  const has = (use: ColumnUse) => choices.some((choice) => choice.use === use);
  return [
    ...(has('addresseeNumber') ? [] : ['「宛名番号」の列を選んでください。']),
    ...(purpose === 'paid' || has('telephone') ? [] : ['「電話番号」の列を選んでください。']),
    ...choices
      .filter(({ use, name }) => use === 'value' && name.trim() === '')
      .map(({ header }) => `「${header}」の、値の名前を入力してください。`),
  ];
}
