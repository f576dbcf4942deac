import type { ColumnMapping } from '@madoguchi/server/campaign-list-contract';
import { expect, test } from 'vitest';
import { choicesOf, columnsOf, missingIn, valuesWithoutColumn } from './column-choices.ts';

const HEADERS = ['宛名番号', '電話1', '電話2', 'カナ', '備考'];
const MAPPING: readonly ColumnMapping[] = [
  { header: '宛名番号', field: 'addresseeNumber' },
  { header: '電話1', field: 'telephone' },
  { header: '電話2', field: 'telephone' },
  { header: 'カナ', field: 'nameKana', required: false },
  { header: '備考', field: 'value', name: '期別', readAs: 'number', required: true },
];

test('a mapping that was kept comes back from the form as it was', () => {
  expect(columnsOf(choicesOf(HEADERS, MAPPING))).toEqual(MAPPING);
});

test('columns that no mapping names are not used', () => {
  const choices = choicesOf(HEADERS, MAPPING.slice(0, 1));
  expect(choices.slice(1).every(({ use }) => use === 'none')).toBe(true);
  expect(missingIn(choices, 'recipients')).toEqual(['「電話番号」の列を選んでください。']);
  expect(missingIn(choices, 'paid')).toEqual([]);
});

test('a value without a name is asked for by the name of its column', () => {
  const choices = choicesOf(HEADERS, MAPPING).map((choice) =>
    choice.use === 'value' ? { ...choice, name: ' ' } : choice,
  );
  expect(missingIn(choices, 'recipients')).toEqual(['「備考」の、値の名前を入力してください。']);
});

test('what the scenario says and no column brings is told; the name comes from the フリガナ column', () => {
  const choices = choicesOf(
    ['カナ氏名', '未納額'],
    [
      { header: 'カナ氏名', field: 'nameKana', required: true },
      { header: '未納額', field: 'value', name: '金額', readAs: 'amount', required: true },
    ],
  );
  expect(valuesWithoutColumn(['宛名', '納期限', '金額'], choices)).toEqual(['納期限']);
  expect(valuesWithoutColumn(['宛名'], [])).toEqual(['宛名']);
});
