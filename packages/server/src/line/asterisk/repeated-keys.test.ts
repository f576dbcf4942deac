import { expect, test } from 'vitest';
import { RepeatedKeys } from './repeated-keys.ts';

function told(events: readonly (readonly [key: string, atMs: number])[]): string {
  const keys = new RepeatedKeys();
  return events.flatMap(([key, atMs]) => (keys.isRepeat(key, 120, atMs) ? [] : [key])).join('');
}

test('keys that arrive in a burst count once each', () => {
  // As Asterisk 22.10 told of 1, 2, 3 and 4 that arrived 20 ms apart.
  const burst = [
    ['1', 2519],
    ['2', 2543],
    ['2', 2567],
    ['3', 2567],
    ['3', 2733],
    ['4', 2733],
    ['4', 2899],
  ] as const;
  expect(told(burst)).toBe('1234');
});

test('the same key pressed again counts again', () => {
  expect(
    told([
      ['5', 0],
      ['5', 200],
      ['5', 400],
    ]),
  ).toBe('555');
});

test('a repeat that never came does not swallow a later key', () => {
  expect(
    told([
      ['1', 0],
      ['2', 30],
      ['2', 1000],
    ]),
  ).toBe('122');
});
