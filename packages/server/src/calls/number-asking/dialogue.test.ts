import { KeySchema } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { type Asking, type AskingEvent, advance, BEGINNING } from './dialogue.ts';

const after = (...events: readonly AskingEvent[]): Asking =>
  events.reduce((asking, event) => advance(asking, event).asking, BEGINNING);
const keys = (text: string): readonly AskingEvent[] =>
  [...text].map((key) => ({ type: 'keyPressed', key: KeySchema.parse(key) }));
const asked: readonly AskingEvent[] = [{ type: 'answered' }, { type: 'timePassed' }];
const said: readonly AskingEvent[] = [...asked, { type: 'said' }];

test('a number ends with # or with its eleventh figure, also while the question is still being said', () => {
  expect(after(...said, ...keys('0725000101#')).telephone).toBe('0725000101');
  expect(after(...said, ...keys('09000000101'))).toMatchObject({ at: 'over', telephone: '09000000101' });
  const [first] = keys('0');
  expect(first === undefined ? [] : advance(after(...asked), first).actions).toEqual(['stopSaying']);
  expect(after(...asked, ...keys('09000000101')).telephone).toBe('09000000101');
});

test('a number of ten figures is complete after a pause, too', () => {
  expect(after(...said, ...keys('0725000101'), { type: 'timePassed' }).telephone).toBe('0725000101');
});

test('* begins the number anew', () => {
  expect(after(...said, ...keys('0725*0725000101#')).telephone).toBe('0725000101');
});

test('who presses nothing, # alone or too few figures goes on without a number', () => {
  for (const events of [
    [...said, { type: 'timePassed' }],
    [...said, ...keys('#')],
    [...said, ...keys('0725#')],
    [...said, ...keys('0725'), { type: 'timePassed' }],
    // the end of the question was never reported
    [...asked, { type: 'timePassed' }],
    // the engine did not answer
    [{ type: 'timePassed' }],
    [...asked, { type: 'hungUp' }],
  ] satisfies AskingEvent[][])
    expect(after(...events)).toMatchObject({ at: 'over', telephone: null, typed: '' });
});
