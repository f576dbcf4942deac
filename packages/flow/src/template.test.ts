import { expect, test } from 'vitest';
import { parseTemplate, readableTextOf, sayPartsOf, type Value } from './template.ts';

const known: Readonly<Record<string, Value>> = {
  金額: { text: '1234567', readAs: 'amount' },
  数: { text: '1200', readAs: 'number' },
  電話: { text: '0725001001', readAs: 'telephone' },
  日: { text: '2026-01-31', readAs: 'date' },
  時: { text: '09:05', readAs: 'time' },
  空: { text: '', readAs: 'text' },
};
const values = (name: string) => (Object.hasOwn(known, name) ? (known[name] ?? null) : null);

test('values are written in an SMS as a reader expects them', () => {
  expect(readableTextOf('{{金額}}/{{数}}/{{電話}}/{{日}}/{{時}}/{{無い}}', values)).toBe(
    '1,234,567円/1,200/0725-00-1001/2026年1月31日/9時05分/',
  );
});

test('the way of reading may be named in the text', () => {
  expect(sayPartsOf({ type: 'text', text: '{{ 金額 | digits }}' }, values)).toEqual([
    { type: 'value', name: '金額', text: '1234567', readAs: 'digits' },
  ]);
});

test('nothing is said for a value that is not there', () => {
  expect(sayPartsOf({ type: 'text', text: ' {{無い}}{{空}}{{constructor}} ' }, values)).toEqual([]);
});

test('what is no value stays as it is written and is named', () => {
  const { parts, faults } = parseTemplate('a{{1番}}b{{金額|円}}c{{d');
  expect(parseTemplate('{{__proto__}}').faults.map((fault) => fault.reason)).toEqual(['name']);
  expect(parts).toEqual([{ type: 'fixed', text: 'a{{1番}}b{{金額|円}}c{{d' }]);
  expect(faults.map((fault) => fault.reason)).toEqual(['name', 'readAs', 'braces']);
});
