import { expect, test } from 'vitest';
import type { ColumnMapping } from '../../../http/campaign-list-contract.ts';
import { createRowCheck } from './check-row.ts';

const HEADERS = ['宛名番号', '電話1', '電話2', 'フリガナ', '生年月日', '納期限', '金額', '備考'];
const COLUMNS: ColumnMapping[] = [
  { header: '宛名番号', field: 'addresseeNumber' },
  { header: '電話2', field: 'telephone' },
  { header: '電話1', field: 'telephone' },
  { header: 'フリガナ', field: 'nameKana', required: true },
  { header: '生年月日', field: 'birthDate', required: true },
  { header: '納期限', field: 'value', name: '納期限', readAs: 'date', required: true },
  { header: '金額', field: 'value', name: '金額', readAs: 'amount', required: false },
];
const GOOD = ['0001234567', '0265000001', '090-0000-4321', 'ﾉｳｾﾞｲ ﾀﾛｳ', 'S30.1.2', 'R8.6.30', '¥12,500', ''];

const check = createRowCheck({ headers: HEADERS, columns: COLUMNS, today: '2026-05-01' });
const row = (changes: Readonly<Record<string, string>> = {}) => ({
  rowNo: 7,
  cells: GOOD.map((cell, at) => changes[HEADERS[at] ?? ''] ?? cell),
});
const codes = (changes: Readonly<Record<string, string>>) =>
  check(row(changes)).problems.map(({ code, column }) => [code, column]);

test('a good row is read as the scenario will say it, and kept as it came', () => {
  expect(check(row())).toEqual({
    rowNo: 7,
    leftOut: false,
    problems: [],
    addresseeNumber: '0001234567',
    telephone: '09000004321',
    telephoneKind: 'mobile',
    nameKana: 'ノウゼイ タロウ',
    birthDate: '1955-01-02',
    values: {
      宛名: { text: 'ノウゼイ タロウ', readAs: 'text' },
      納期限: { text: '2026-06-30', readAs: 'date' },
      金額: { text: '12500', readAs: 'amount' },
    },
    original: GOOD,
  });
});

test('of several telephones the first that may be dialled counts, in the order of the mapping', () => {
  expect(check(row({ 電話2: '' }))).toMatchObject({ telephone: '0265000001', telephoneKind: 'landline' });
  expect(check(row({ 電話2: '0570-000-000' }))).toMatchObject({ telephone: '0265000001' });
  expect(codes({ 電話1: '', 電話2: '' })).toEqual([['telephoneMissing', '電話2']]);
  expect(codes({ 電話1: '', 電話2: '110' })).toEqual([['telephone', '電話2']]);
});

test('a telephone whose zero a spreadsheet took away is not guessed, but staff are told what to do', () => {
  const [problem] = check(row({ 電話1: '', 電話2: '9000004321' })).problems;
  expect(problem).toMatchObject({ code: 'telephone', column: '電話2' });
  expect(problem?.message).toContain('先頭の「0」が抜けています');
});

test('a row is left out for what it lacks or what nobody can read, and the column is named', () => {
  expect(codes({ 宛名番号: ' ' })).toEqual([['addresseeNumber', '宛名番号']]);
  expect(codes({ フリガナ: '' })).toEqual([['nameKanaMissing', 'フリガナ']]);
  expect(codes({ フリガナ: '納税　太郎' })).toEqual([['nameKana', 'フリガナ']]);
  expect(codes({ 生年月日: '' })).toEqual([['birthDateMissing', '生年月日']]);
  expect(codes({ 生年月日: '20270101' })).toEqual([['birthDate', '生年月日']]);
  expect(codes({ 納期限: '' })).toEqual([['valueMissing', '納期限']]);
  expect(codes({ 納期限: '6月末' })).toEqual([['value', '納期限']]);
  expect(codes({ 金額: '-500' })).toEqual([['value', '金額']]);
  expect(codes({ 金額: '' })).toEqual([]);
});

test('where names and birth dates may be missing, the row stays and staff are warned', () => {
  const columns = COLUMNS.map((column) =>
    column.field === 'nameKana' || column.field === 'birthDate' ? { ...column, required: false } : column,
  );
  const lenient = createRowCheck({ headers: HEADERS, columns, today: '2026-05-01' });
  const checked = lenient(row({ フリガナ: '納税　太郎', 生年月日: '' }));
  expect(checked).toMatchObject({ leftOut: false, nameKana: '', birthDate: null });
  expect(checked.problems.map(({ code }) => code)).toEqual(['nameKana', 'birthDateMissing']);
});

test('a cell that a spreadsheet would run is not said to anybody; where it is not used it stays as it is', () => {
  expect(codes({ フリガナ: "=cmd|' /C calc'!A0" })).toEqual([['formula', 'フリガナ']]);
  expect(codes({ 宛名番号: '@SUM(A1)' })).toEqual([['formula', '宛名番号']]);
  expect(codes({ 金額: "+1+cmd|' /C calc'!A0" })).toEqual([['formula', '金額']]);
  const checked = check(row({ 備考: "=cmd|' /C calc'!A0" }));
  expect(checked).toMatchObject({ leftOut: false, problems: [] });
  expect(checked.original).toContain("=cmd|' /C calc'!A0");
});

test('a row with too few or too many cells is left out whole; empty ones too many do not matter', () => {
  const all = (cells: readonly string[]) => check({ rowNo: 3, cells }).problems.map(({ code }) => code);
  expect(all(GOOD.slice(0, 5))).toEqual(['cells']);
  expect(all([...GOOD, '余分'])).toEqual(['cells']);
  expect(all([...GOOD, '', ' '])).toEqual([]);
});

test('外字 and variants of characters are not touched', () => {
  const columns: ColumnMapping[] = [
    ...COLUMNS,
    { header: '備考', field: 'value', name: '備考', readAs: 'text', required: false },
  ];
  const withText = createRowCheck({ headers: HEADERS, columns, today: '2026-05-01' });
  const special = '\uE000葛\u{E0100}𠮷①髙';
  const checked = withText(row({ 備考: special }));
  expect(checked.values['備考']?.text).toBe(special);
  expect(checked.original.at(-1)).toBe(special);
});
