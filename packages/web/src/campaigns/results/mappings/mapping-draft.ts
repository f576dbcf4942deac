import {
  type ColumnSource,
  type ResultMappingDraft,
  ResultMappingDraftSchema,
} from '@madoguchi/server/campaign-result-contract';

/** A column that is worked on: `key` stays with it when it is moved. */
export type EditedColumn = { readonly key: number; readonly header: string; readonly source: ColumnSource };
export type EditedSubstitute = { readonly key: number; readonly character: string; readonly text: string };

/** A mapping while somebody works on it; may be wrong. */
export type EditedMapping = Omit<ResultMappingDraft, 'columns' | 'substitutes'> & {
  readonly columns: readonly EditedColumn[];
  readonly substitutes: readonly EditedSubstitute[];
};

export const SOURCE_TYPES = ['field', 'value', 'original', 'constant'] as const;

export const NEW_MAPPING: ResultMappingDraft = {
  name: '',
  columns: [
    { header: '宛名番号', source: { type: 'field', field: 'addresseeNumber' } },
    { header: '接触日時', source: { type: 'field', field: 'contactedAt' } },
    { header: '結果コード', source: { type: 'field', field: 'resultCode' } },
  ],
  format: 'csv',
  encoding: 'utf8',
  bom: false,
  hasHeader: true,
  lineEnd: 'crlf',
  dates: 'hyphened',
  reader: 'coreSystem',
  codes: {},
  substitutes: {},
};

export function editedFrom(draft: ResultMappingDraft): EditedMapping {
  return {
    ...draft,
    columns: draft.columns.map((column, key) => ({ ...column, key })),
    substitutes: Object.entries(draft.substitutes).map(([character, text], key) => ({
      key,
      character,
      text,
    })),
  };
}

/** As it is sent and stored. */
export function draftOf(edited: EditedMapping): ResultMappingDraft {
  return {
    ...edited,
    name: edited.name.trim(),
    columns: edited.columns.map(({ header, source }) => ({ header: header.trim(), source })),
    codes: Object.fromEntries(
      Object.entries(edited.codes)
        .map(([code, own]) => [code, own.trim()] as const)
        .filter(([code, own]) => own !== '' && own !== code),
    ),
    substitutes: Object.fromEntries(
      edited.substitutes
        .filter(({ character }) => character !== '')
        .map(({ character, text }) => [character, text]),
    ),
  };
}

/** What is wrong, by field: 'name', 'columns', 'header 3', 'source 3' with the column's key. Empty: it can be stored. */
export function problemsOf(edited: EditedMapping): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  if (edited.name.trim() === '') problems.set('name', '様式の名前を入力してください。');
  if (edited.columns.length === 0) problems.set('columns', '列を1つ以上入れてください。');
  const seen = new Set<string>();
  for (const { key, header, source } of edited.columns) {
    const named = header.trim();
    if (edited.hasHeader && named === '') problems.set(`header ${key}`, '見出しを入力してください。');
    else if (edited.hasHeader && seen.has(named))
      problems.set(`header ${key}`, '同じ見出しの列があります。別の見出しにしてください。');
    seen.add(named);
    if (source.type === 'value' && source.name === '')
      problems.set(`source ${key}`, '名簿の値を選んでください。');
  }
  const characters = new Set<string>();
  for (const { key, character } of edited.substitutes) {
    if (characters.has(character) && character !== '')
      problems.set(`substitute ${key}`, '同じ文字が2つあります。どちらかを消してください。');
    characters.add(character);
  }
  return problems;
}

/** Of which a preview can be made: a name is not needed for that. Null: of none yet. */
export function previewableOf(edited: EditedMapping): ResultMappingDraft | null {
  const draft = draftOf(edited);
  const read = ResultMappingDraftSchema.safeParse({ ...draft, name: draft.name === '' ? '－' : draft.name });
  return read.success ? read.data : null;
}

/** @param by -1: one place up; 1: one place down. At an end it stays. */
export function moved(columns: readonly EditedColumn[], key: number, by: -1 | 1): readonly EditedColumn[] {
  const from = columns.findIndex((column) => column.key === key);
  const other = columns[from + by];
  const column = columns[from];
  if (column === undefined || other === undefined) return columns;
  return columns.map((each, at) => (at === from ? other : at === from + by ? column : each));
}

export function nextKey(rows: readonly { readonly key: number }[]): number {
  return Math.max(-1, ...rows.map(({ key }) => key)) + 1;
}
