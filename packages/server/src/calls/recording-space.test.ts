import { expect, test } from 'vitest';
import { recordingSpaceOf } from './recording-space.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

test.each([
  ['half of it free', { free: 50 * GIB, total: 100 * GIB, takesBytes: true }, 'enough'],
  ['four percent free', { free: 4 * GIB, total: 100 * GIB, takesBytes: true }, 'low'],
  [
    'less than 1 GiB free, though that is a tenth',
    { free: 0.9 * GIB, total: 9 * GIB, takesBytes: true },
    'low',
  ],
  ['next to nothing free', { free: 15 * MIB, total: 100 * GIB, takesBytes: true }, 'full'],
  ['room that nobody may write to', { free: 50 * GIB, total: 100 * GIB, takesBytes: false }, 'full'],
] as const)('a disk with %s', (_, disk, space) => {
  expect(recordingSpaceOf(disk)).toBe(space);
});
