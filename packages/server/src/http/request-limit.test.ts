import { expect, test } from 'vitest';
import { createRequestLimit } from './request-limit.ts';

test('who asks too often waits for the rest of the minute, and nobody else waits for them', () => {
  const limit = createRequestLimit({ most: 2, withinMs: 60_000 });
  expect([limit.take('a', 0), limit.take('a', 10_000)]).toEqual([null, null]);
  expect(limit.take('a', 20_500)).toBe(40);
  expect(limit.take('b', 20_500)).toBeNull();
  expect(limit.take('a', 60_000)).toBeNull();
});

test('ever new askers are not held for ever', () => {
  const limit = createRequestLimit({ most: 1, withinMs: 1_000 });
  for (let nth = 0; nth < 5_000; nth++) expect(limit.take(`${nth}`, nth)).toBeNull();
  expect(limit.take('4999', 5_000)).toBe(1);
});
