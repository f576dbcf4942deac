import { describe, expect, test } from 'vitest';
import { RepeatedKeys } from './repeated-keys.ts';

type Told = readonly [key: string, atMs: number, durationMs?: number];

function counted(told: readonly Told[]): string {
  const keys = new RepeatedKeys();
  return told
    .flatMap(([key, atMs, durationMs = 100]) => (keys.isRepeat(key, durationMs, atMs) ? [] : [key]))
    .join('');
}

test('keys that arrive in a burst count once each', () => {
  // As Asterisk 22.10 told of 1, 2, 3 and 4 that arrived 20 ms apart.
  const burst: Told[] = [
    ['1', 2519, 120],
    ['2', 2543, 120],
    ['2', 2567, 120],
    ['3', 2567, 120],
    ['3', 2733, 120],
    ['4', 2733, 120],
    ['4', 2899, 120],
  ];
  expect(counted(burst)).toBe('1234');
});

test.each([
  ['200 ms apart', [0, 200, 400], 100],
  ['60 ms on, 60 ms off', [0, 120, 240], 60],
  ['40 ms on, 40 ms off, and the third held back', [0, 80, 160, 165], 40],
])('the same key pressed again counts again: %s', (_, times, durationMs) => {
  expect(counted(times.map((atMs): Told => ['5', atMs, durationMs]))).toBe('555');
});

test('a repeat that never came does not swallow a later key', () => {
  const told: Told[] = [
    ['1', 0],
    ['2', 30],
    ['2', 1000],
  ];
  expect(counted(told)).toBe('122');
});

// What Asterisk 22.10 told, measured; in brackets what the caller's side sent.
describe('one press that is reported by two methods counts once', () => {
  test.each<[string, readonly Told[]]>([
    [
      'RFC 4733, INFO at the press',
      [
        ['5', 1],
        ['5', 99],
        ['5', 146],
      ],
    ],
    [
      'RFC 4733, INFO without a length',
      [
        ['5', 46],
        ['5', 80],
        ['5', 100],
      ],
    ],
    [
      'RFC 4733, INFO at the release',
      [
        ['5', 99],
        ['5', 159],
      ],
    ],
    [
      'RFC 4733 for 300 ms, INFO at the press',
      [
        ['5', 0, 300],
        ['5', 298, 300],
        ['5', 345, 300],
      ],
    ],
    [
      'RFC 4733 for 300 ms, INFO of 100 ms',
      [
        ['5', 46, 100],
        ['5', 280, 300],
      ],
    ],
    [
      'RFC 4733 for 300 ms, INFO at the release',
      [
        ['5', 298, 300],
        ['5', 358, 300],
      ],
    ],
    [
      'tones, INFO at the press',
      [
        ['5', 1],
        ['5', 119, 89],
        ['5', 146, 89],
      ],
    ],
    [
      'tones, INFO at the release',
      [
        ['5', 101],
        ['5', 140, 102],
        ['5', 160, 102],
      ],
    ],
    [
      'tones, INFO just before the press',
      [
        ['5', 1],
        ['5', 150, 89],
      ],
    ],
    [
      'tones of 300 ms, INFO at the press',
      [
        ['5', 1],
        ['5', 339, 293],
      ],
    ],
    [
      'tones of 300 ms, INFO at the release',
      [
        ['5', 280, 300],
        ['5', 319, 293],
        ['5', 339, 293],
      ],
    ],
  ])('%s', (_, told) => {
    expect(counted(told)).toBe('5');
  });
});

describe('two presses that are each reported by two methods count twice', () => {
  test.each<[string, readonly Told[], string]>([
    [
      'RFC 4733, INFO at the release, quick',
      [
        ['5', 59, 60],
        ['5', 119, 60],
        ['5', 179, 60],
        ['5', 224, 60],
        ['5', 329, 60],
      ],
      '55',
    ],
    [
      'tones, INFO at the release, quick',
      [
        ['5', 65, 60],
        ['5', 80, 51],
        ['5', 110, 51],
        ['5', 215, 60],
        ['5', 215, 51],
        ['5', 320, 51],
      ],
      '55',
    ],
    [
      'RFC 4733, INFO at the release, two keys',
      [
        ['1', 79],
        ['1', 139],
        ['2', 280],
        ['2', 300],
        ['2', 445],
      ],
      '12',
    ],
  ])('%s', (_, told, keys) => {
    expect(counted(told)).toBe(keys);
  });
});

test('a call that reported twice and then reports once again is believed', () => {
  const told: Told[] = [
    ['5', 99],
    ['5', 159],
    ['5', 2_000],
    ['5', 3_000],
    ['5', 3_200],
  ];
  expect(counted(told)).toBe('5555');
});
