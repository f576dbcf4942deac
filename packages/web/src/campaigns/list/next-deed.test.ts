import { expect, test } from 'vitest';
import { campaignHref, nextDeedOf } from './next-deed.ts';

const NOBODY = { waiting: 0, inProgress: 0, done: 0, removed: 0 };
const SOME = { ...NOBODY, waiting: 12 };
const calm = { waitsForMe: false, nextAt: null, endedBecause: null, recipients: SOME } as const;

test('who has to act is told what to do; what goes on by itself asks for nothing', () => {
  expect(nextDeedOf({ ...calm, state: 'draft', recipients: NOBODY })).toEqual({
    words: '名簿を読み込んでください',
    isWanted: true,
  });
  expect(nextDeedOf({ ...calm, state: 'draft' }).words).toContain('決裁に出して');
  expect(nextDeedOf({ ...calm, state: 'waiting', waitsForMe: true })).toEqual({
    words: 'あなたの決裁を待っています',
    isWanted: true,
  });
  expect(nextDeedOf({ ...calm, state: 'waiting' }).isWanted).toBe(false);
  expect(nextDeedOf({ ...calm, state: 'paused' }).isWanted).toBe(true);
});

test('what waits for its hours says when it goes on', () => {
  const nextAt = '2026-12-01T00:00:00Z';
  expect(nextDeedOf({ ...calm, state: 'approved', nextAt }).words).toBe('12/1(火) 09:00に自動で始まります');
  expect(nextDeedOf({ ...calm, state: 'running', nextAt }).words).toBe('12/1(火) 09:00から、また発信します');
  expect(nextDeedOf({ ...calm, state: 'ended', endedBecause: 'lastDay' }).words).toBe('最後の日を過ぎました');
});

test('a campaign opens where one goes on with it', () => {
  expect(campaignHref({ campaignId: 'c1', state: 'draft' })).toBe('/campaigns/c1');
  expect(campaignHref({ campaignId: 'c1', state: 'paused' })).toBe('/campaigns/c1/running');
  expect(campaignHref({ campaignId: 'c1', state: 'ended' })).toBe('/campaigns/c1/results');
});
