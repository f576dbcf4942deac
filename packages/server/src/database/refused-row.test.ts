import { expect, test } from 'vitest';
import { isRefusedRow } from './refused-row.ts';

const withCode = (code: string) => Object.assign(new Error('refused'), { code });

test.each(['22007', '22P02', '23502', '23514'])('what a call holds is to blame for %s', (code) => {
  expect(isRefusedRow(withCode(code))).toBe(true);
});

test.each(['42501', '42P01', '53100', '57P01', '08006', 'ECONNREFUSED', 'databaseSilent'])(
  'no call is to blame for %s: all calls wait until it is put right',
  (code) => {
    expect(isRefusedRow(withCode(code))).toBe(false);
  },
);
