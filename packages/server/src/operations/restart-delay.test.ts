import { expect, test } from 'vitest';
import { restartDelayMs } from './restart-delay.ts';

const policy = { minDelayMs: 100, maxDelayMs: 1_000, resetAfterMs: 5_000 };

test('the first restart is immediate, later ones wait longer and longer up to the limit', () => {
  expect([0, 1, 2, 3, 4, 5, 9].map((restarts) => restartDelayMs(policy, restarts))).toEqual([
    0, 100, 200, 400, 800, 1_000, 1_000,
  ]);
});
