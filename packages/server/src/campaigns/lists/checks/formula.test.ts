import { expect, test } from 'vitest';
import { harmlessCell, looksLikeFormula } from './formula.ts';

test.each([
  "=cmd|' /C calc'!A0",
  '@SUM(A1)',
  '＝1+1',
  ' =1',
  "+1+cmd|' /C calc'!A0",
  '-A1',
  "-2+3+cmd|' /C calc'!A0",
])('%s would be run by a spreadsheet, and is text once an apostrophe stands before it', (cell) => {
  expect(looksLikeFormula(cell)).toBe(true);
  expect(looksLikeFormula(harmlessCell(cell))).toBe(false);
});

test.each(['', '-', '-1,000', '+81-90-0000-4321', '1=1', '東京都 1-2', '－'])('%s is as it is', (cell) => {
  expect(harmlessCell(cell)).toBe(cell);
});
