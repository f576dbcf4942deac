import { expect, test } from 'vitest';
import { Duplicates, sameTerm } from './duplicates.ts';

const row = (rowNo: number, addresseeNumber: string, period: string, amount = '100') => ({
  rowNo,
  addresseeNumber,
  values: {
    期別: { text: period, readAs: 'text' as const },
    金額: { text: amount, readAs: 'amount' as const },
  },
});

test('a second row about the same demand on the same person is a double, whatever its amount', () => {
  const duplicates = new Duplicates();
  expect(duplicates.earlier(row(2, '0001', '4'))).toBeNull();
  expect(duplicates.earlier(row(3, '0001', '5'))).toBeNull();
  expect(duplicates.earlier(row(4, '0002', '4'))).toBeNull();
  expect(duplicates.earlier(row(5, '0001', '第４期', '999'))).toBe(2);
});

test('宛名番号 that differ in leading zeros are two people', () => {
  const duplicates = new Duplicates();
  expect(duplicates.earlier(row(2, '0001', '4'))).toBeNull();
  expect(duplicates.earlier(row(3, '1', '4'))).toBeNull();
});

test('terms are the same however they are written', () => {
  expect(new Set(['4', '04', '第4期', '４期', ' 第４期 '].map(sameTerm)).size).toBe(1);
  expect(sameTerm('随時')).not.toBe(sameTerm('4'));
});
