import { expect, test } from 'vitest';
import { mappingProblem, mappingProblemIn } from './check-mapping.ts';
import { proposeMapping } from './propose-mapping.ts';

const HEADERS = [
  '団体コード',
  '宛名番号',
  '個人番号',
  '氏名',
  '氏名フリガナ',
  '住所',
  '住所カナ',
  '生年月日',
  '電話番号',
  '携帯電話番号',
  'FAX番号',
  '税目名',
  '税目コード',
  '賦課年度',
  '相当年度',
  '期別',
  '納期限',
  '未納額',
  '通知書番号',
];

test('columns are recognised by their names; nothing that is not needed is used', () => {
  const proposed = proposeMapping(HEADERS, 'recipients');
  const brief = proposed.map((column) => [
    column.header,
    column.field === 'value' ? column.name : column.field,
  ]);
  expect(brief).toEqual([
    ['団体コード', '団体コード'],
    ['宛名番号', 'addresseeNumber'],
    ['氏名フリガナ', 'nameKana'],
    ['生年月日', 'birthDate'],
    ['電話番号', 'telephone'],
    ['携帯電話番号', 'telephone'],
    ['税目名', '税目'],
    ['税目コード', '税目コード'],
    ['賦課年度', '賦課年度'],
    ['相当年度', '相当年度'],
    ['期別', '期別'],
    ['納期限', '納期限'],
    ['未納額', '金額'],
    ['通知書番号', '通知書番号'],
  ]);
  expect(mappingProblemIn(HEADERS, proposed, 'recipients')).toBeNull();
});

test('for those who have paid only what tells demands apart is proposed', () => {
  const proposed = proposeMapping(HEADERS, 'paid');
  expect(proposed.map(({ header }) => header)).toEqual([
    '宛名番号',
    '賦課年度',
    '相当年度',
    '期別',
    '通知書番号',
  ]);
  expect(mappingProblemIn(HEADERS, proposed, 'paid')).toBeNull();
});

test('a mapping that cannot be used says which column is wrong', () => {
  const addressee = { header: '宛名番号', field: 'addresseeNumber' } as const;
  const telephone = { header: '電話', field: 'telephone' } as const;
  const value = (header: string, name: string) =>
    ({ header, field: 'value', name, readAs: 'text', required: false }) as const;
  expect(mappingProblemIn(['宛名番号', '氏名'], [addressee, telephone], 'recipients')).toContain(
    '「電話」がありません',
  );
  expect(mappingProblem([addressee], 'recipients')).toContain('電話番号の列');
  expect(mappingProblem([telephone], 'recipients')).toContain('宛名番号の列');
  expect(mappingProblem([addressee, telephone, value('電話', '電話')], 'recipients')).toContain(
    '「電話」が2回',
  );
  expect(mappingProblem([addressee, telephone, value('期', '期 別')], 'recipients')).toContain('「期」');
  expect(
    mappingProblem([addressee, telephone, value('期', '期'), value('期2', '期')], 'recipients'),
  ).toContain('「期」が2回');
  expect(mappingProblem([addressee, telephone], 'paid')).toContain('納付済み');
  expect(mappingProblem([addressee], 'paid')).toBeNull();
});
