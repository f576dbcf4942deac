import { isValueName } from '@madoguchi/flow';
import type { ColumnMapping, ListPurpose } from '../../../http/campaign-list-contract.ts';

/** What is wrong with a mapping whatever the file, as a sentence for staff; null where nothing is. */
export function mappingProblem(columns: readonly ColumnMapping[], purpose: ListPurpose): string | null {
  const headers = columns.map(({ header }) => header);
  const twice = firstTwice(headers);
  if (twice !== null) return `列「${twice}」が2回割り当てられています。1つにしてください。`;
  const count = (field: ColumnMapping['field']) => columns.filter((column) => column.field === field).length;
  if (count('addresseeNumber') !== 1) return '宛名番号の列を1つ選んでください。';
  if (purpose === 'recipients' && count('telephone') === 0) return '電話番号の列を選んでください。';
  if (count('nameKana') > 1) return 'フリガナの列は1つだけ選んでください。';
  if (count('birthDate') > 1) return '生年月日の列は1つだけ選んでください。';
  const values = columns.filter((column) => column.field === 'value');
  const badName = values.find(({ name }) => !isValueName(name));
  if (badName !== undefined)
    return `列「${badName.header}」の値の名前「${badName.name}」は使えません。文字と数字で付けてください（空白や記号は使えません）。`;
  const sameName = firstTwice(values.map(({ name }) => name));
  if (sameName !== null) return `値の名前「${sameName}」が2回使われています。別の名前にしてください。`;
  if (purpose === 'paid' && columns.some(({ field }) => field !== 'addresseeNumber' && field !== 'value'))
    return '納付済みの方の名簿では、宛名番号と、期別・通知書番号などの値だけを割り当ててください。';
  return null;
}

/** Also whether the file has the columns. */
export function mappingProblemIn(
  headers: readonly string[],
  columns: readonly ColumnMapping[],
  purpose: ListPurpose,
): string | null {
  const missing = columns.filter(({ header }) => !headers.includes(header));
  if (missing.length > 0)
    return `ファイルに、列${missing.map(({ header }) => `「${header}」`).join('')}がありません。`;
  return mappingProblem(columns, purpose);
}

function firstTwice(names: readonly string[]): string | null {
  return names.find((name, index) => names.indexOf(name) !== index) ?? null;
}
