import { expect, test } from 'vitest';
import { type NumberRule, stepsWanted } from './steps-wanted.ts';

const live: NumberRule = { state: 'live', approvalSteps: 1, approvalSetBy: null };

test('a live number wants the decisions that it asks for, the strictest of several counts', () => {
  expect(stepsWanted([live], 'drafter')).toBe(1);
  expect(stepsWanted([live, { ...live, approvalSteps: 3 }], 'drafter')).toBe(3);
  expect(stepsWanted([{ ...live, approvalSteps: 0, approvalSetBy: 'somebody' }], 'drafter')).toBe(0);
});

test('numbers that serve nobody yet want none', () => {
  for (const state of ['preparing', 'test', 'stopped'] as const)
    expect(stepsWanted([{ ...live, state }], 'drafter')).toBe(0);
  expect(stepsWanted([], 'drafter')).toBe(0);
});

test('a drafter who waived the approval of a live number needs it all the same', () => {
  expect(stepsWanted([{ ...live, approvalSteps: 0, approvalSetBy: 'drafter' }], 'drafter')).toBe(1);
});
