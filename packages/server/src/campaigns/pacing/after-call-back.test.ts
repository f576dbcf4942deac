import { expect, test } from 'vitest';
import { CampaignSettingsSchema } from '../settings.ts';
import { afterCallBack, type EndedCallBack } from './after-call-back.ts';

/** A Tuesday. */
const NOON = Date.parse('2026-12-01T12:00:00+09:00');
const after = (changes: Partial<EndedCallBack>) =>
  afterCallBack({
    settings: CampaignSettingsSchema.parse({}),
    isMet: true,
    result: null,
    nowMs: NOON,
    holidays: new Map(),
    ...changes,
  });
const at = (time: string) => Date.parse(`${time}+09:00`);

test('who said in a call-back what was to be had is called no more', () => {
  expect(after({ result: 'promised' })).toEqual({ state: 'done', reason: 'reached' });
  expect(after({ result: 'wrongNumber' })).toEqual({ state: 'done', reason: 'outcome' });
});

test('who was not met waits as long as after a call that was answered, until an hour in which people are called', () => {
  expect(after({ isMet: false })).toEqual({ state: 'waiting', notBeforeMs: at('2026-12-02T12:00') });
  const friday = { nowMs: at('2026-12-04T12:00') };
  expect(after({ isMet: false, ...friday })).toEqual({
    state: 'waiting',
    notBeforeMs: at('2026-12-07T09:00'),
  });
});

test('where nobody is called again who has answered, neither is who was met, but who was not met still is', () => {
  const settings = CampaignSettingsSchema.parse({
    after: { answered: { again: false, intervalMinutes: 60 } },
  });
  expect(after({ settings })).toEqual({ state: 'done', reason: 'outcome' });
  expect(after({ settings, isMet: false })).toMatchObject({ state: 'waiting' });
});

test('after the last day nobody is called any more', () => {
  const settings = CampaignSettingsSchema.parse({ lastDay: '2026-12-01' });
  expect(after({ settings, isMet: false })).toEqual({ state: 'done', reason: 'campaignEnded' });
});
