import { loadPublished } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { END, oneFlow, sayMarker } from '../../../../../tests/setup/test-flows.ts';
import { type CampaignSettings, CampaignSettingsSchema } from '../settings.ts';
import { createRounds, type RoundFacts } from './rounds.ts';
import type { DialledCampaign } from './running-campaigns.ts';

const bundle = loadPublished(oneFlow('scenario', { first: sayMarker(1, 'end'), end: END }));
/** Any moment of any day. */
const ALWAYS = { weekdays: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '23:59', onHolidays: true };

function campaign(campaignId: string, settings: Partial<CampaignSettings> = {}): DialledCampaign {
  return {
    campaignId,
    bundle,
    bundleId: 'scenario',
    phoneNumber: '0725001001',
    settings: CampaignSettingsSchema.parse({ times: ALWAYS, linesLeftFree: 0, ...settings }),
  };
}

function facts(changes: Partial<RoundFacts> = {}): RoundFacts {
  return {
    openAttempts: () => 0,
    readyCount: () => 1_000,
    linesFor: (leftFree) => 1_000 - leftFree,
    fill: () => undefined,
    ...changes,
  };
}

/** How many calls each campaign begins in so many seconds of rounds 100 ms apart. */
function begun(campaigns: readonly DialledCampaign[], seconds: number, given = facts()) {
  const noon = Date.parse('2026-12-01T12:00:00+09:00');
  let passedMs = 0;
  const clock = { now: () => noon + passedMs, monotonicMs: () => passedMs };
  const rounds = createRounds({ clock, holidays: () => new Map() });
  const count = new Map<string, number>();
  for (let nth = 0; nth < seconds * 10; nth++) {
    for (const { campaignId } of rounds.next(campaigns, given))
      count.set(campaignId, (count.get(campaignId) ?? 0) + 1);
    passedMs += 100;
  }
  return count;
}

test('as many calls begin as the campaign says, within two percent', () => {
  for (const callsPerSecond of [1, 5, 20]) {
    const count = begun([campaign('one', { callsPerSecond, atOnce: 200 })], 100).get('one') ?? 0;
    expect(Math.abs(count / 100 / callsPerSecond - 1)).toBeLessThanOrEqual(0.02);
  }
});

test('outside the allowed times nobody is even looked for', () => {
  const never = campaign('never', { firstDay: '2099-01-01' });
  const looked: string[] = [];
  const given = facts({ fill: ({ campaignId }) => looked.push(campaignId) });
  expect(begun([never], 5, given).size).toBe(0);
  expect(looked).toEqual([]);
});

test('no campaign begins a call whose line is to stay free, nor more at once than it may', () => {
  expect(
    begun([campaign('one', { linesLeftFree: 3 })], 5, facts({ linesFor: (left) => 3 - left })).size,
  ).toBe(0);
  const full = facts({ openAttempts: () => 10 });
  expect(begun([campaign('one', { atOnce: 10 })], 5, full).size).toBe(0);
});

test('campaigns that share few lines take turns', () => {
  const both = [campaign('a', { callsPerSecond: 20 }), campaign('b', { callsPerSecond: 20 })];
  const count = begun(both, 10, facts({ linesFor: () => 1 }));
  expect(count.get('a')).toBe(count.get('b'));
});
