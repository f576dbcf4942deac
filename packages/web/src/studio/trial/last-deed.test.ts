import { expect, test } from 'vitest';
import { withoutLastDeed } from './last-deed.ts';

test('going back takes away the last deed with what was heard after it, and nothing where nobody did anything', () => {
  const heard = { type: 'listenOut' } as const;
  const one = { type: 'press', key: '1' } as const;
  const wait = { type: 'wait' } as const;
  expect(withoutLastDeed([heard, one, heard, wait, heard])).toEqual([heard, one, heard]);
  expect(withoutLastDeed([heard, one, heard])).toEqual([heard]);
  expect(withoutLastDeed([heard])).toBeNull();
});
