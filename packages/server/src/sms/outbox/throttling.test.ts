import { expect, test } from 'vitest';
import { Throttling } from './throttling.ts';

const at = (seconds: number) => new Date(seconds * 1_000);

/** @param said seconds at which it asked to come later, and `took` where it took something in between */
function after(...said: readonly (number | 'took')[]): Throttling {
  const throttling = new Throttling(30_000);
  for (const each of said) {
    if (each === 'took') throttling.took('first');
    else throttling.askedToComeLater('first', at(each));
  }
  return throttling;
}

test('a gateway that is too fast for a moment is waited for', () => {
  expect(after(0, 10, 20).overfull(at(29))).toEqual([]);
});

test('one that says so for longer than the bound is overfull, however rarely it is asked', () => {
  expect(after(0, 10, 20).overfull(at(31))).toEqual(['first']);
  expect(after(0, 60).overfull(at(120))).toEqual(['first']);
});

test('one that takes something now and then is overfull all the same', () => {
  expect(after(0, 'took', 20, 'took').overfull(at(31))).toEqual(['first']);
});

test('one that has taken what it got for as long as the bound is not', () => {
  expect(after(0, 10, 20, 'took').overfull(at(51))).toEqual([]);
  expect(after(0, 'took', 60).overfull(at(61))).toEqual([]);
});
