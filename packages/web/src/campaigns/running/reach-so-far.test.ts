import { expect, test } from 'vitest';
import { roundAbove } from './reach-chart.tsx';
import { reachSoFar } from './reach-so-far.ts';

test('the chart shows what has come together, hour by hour', () => {
  const hours = [
    { hour: '2026-12-01T00:00:00Z', tried: 10, answered: 5, reached: 4 },
    { hour: '2026-12-01T02:00:00Z', tried: 7, answered: 2, reached: 1 },
  ];
  expect(reachSoFar(hours)).toEqual([
    { at: '2026-12-01T00:00:00Z', tried: 10, reached: 4 },
    { at: '2026-12-01T02:00:00Z', tried: 17, reached: 5 },
  ]);
});

test('its scale ends at a round number above all', () => {
  expect([1, 4, 17, 100, 1_234].map(roundAbove)).toEqual([1, 5, 20, 100, 2_000]);
});
