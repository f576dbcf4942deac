import { defaultHolidays } from '@madoguchi/flow';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { CampaignSettingsSchema } from '../settings.ts';
import {
  AnsweredBySchema,
  type AttemptOutcome,
  AttemptOutcomeSchema,
  ChannelsSchema,
  ContactResultSchema,
} from '../words.ts';
import { afterAttempt, SMS_TRIES, type TriedRecipient } from './after-attempt.ts';
import { firstTokens, howMany, spend } from './how-many.ts';
import { mayCallAt } from './may-call-at.ts';
import { takeTurns } from './take-turns.ts';

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const day = fc
  .integer({ min: 0, max: 60 })
  .map((days) => Temporal.PlainDate.from('2026-12-01').add({ days }).toString());
const settings = fc
  .record({
    channels: fc.constantFrom(...ChannelsSchema.options),
    firstDay: fc.option(day),
    lastDay: fc.option(day),
    tries: fc.integer({ min: 1, max: 10 }),
    nextChannelAfterMinutes: fc.integer({ min: 0, max: 5000 }),
    machineIsReached: fc.boolean(),
    times: fc.record({
      weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      from: clock,
      to: clock,
      onHolidays: fc.boolean(),
    }),
    after: fc.dictionary(
      fc.constantFrom(...AttemptOutcomeSchema.options),
      fc.record({ again: fc.boolean(), intervalMinutes: fc.integer({ min: 0, max: 20_000 }) }),
    ),
  })
  .map((each) => CampaignSettingsSchema.parse(each));
const moment = fc
  .integer({ min: 0, max: 50 * 24 * 3600 })
  .map((seconds) => Temporal.Instant.from('2026-12-01T00:00:00+09:00').epochMilliseconds + seconds * 1000);
const callOutcomes = AttemptOutcomeSchema.options.filter((outcome) => !outcome.startsWith('sms'));
const smsOutcomes: AttemptOutcome[] = ['smsAccepted', 'smsDelivered', 'smsFailed', 'unknown', 'noLine'];

/** The rule of allowed times told once more, in other words. */
function isAllowed(rules: ReturnType<typeof CampaignSettingsSchema.parse>, atMs: number): boolean {
  const at = new Date(atMs + 9 * 3_600_000);
  const date = at.toISOString().slice(0, 10);
  const time = at.toISOString().slice(11, 16);
  const { firstDay, lastDay, times } = rules;
  return (
    (firstDay ?? '') <= date &&
    date <= (lastDay ?? '9999') &&
    times.from <= time &&
    time < times.to &&
    times.weekdays.includes(at.getUTCDay()) &&
    (times.onHolidays || !defaultHolidays.has(date))
  );
}

test('nobody is called outside the allowed times, and the next time told is the first allowed one', () => {
  fc.assert(
    fc.property(settings, moment, fc.double({ min: 0, max: 1, noNaN: true }), (rules, nowMs, between) => {
      const may = mayCallAt(rules, nowMs, defaultHolidays);
      expect(may.allowed).toBe(isAllowed(rules, nowMs));
      if (may.allowed) return;
      if (may.nextAtMs === null) {
        const later = nowMs + Math.floor(between * 90 * 24 * 3600) * 1000;
        expect(isAllowed(rules, later)).toBe(false);
        return;
      }
      expect(isAllowed(rules, may.nextAtMs)).toBe(true);
      const earlier = nowMs + Math.floor((may.nextAtMs - nowMs) * between);
      if (earlier < may.nextAtMs) expect(isAllowed(rules, earlier)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

/** A whole life of a recipient: what follows each attempt is done at its time. */
const lives = fc.record({
  rules: settings,
  nowMs: moment,
  attempts: fc.array(
    fc.record({
      call: fc.constantFrom(...callOutcomes),
      sms: fc.constantFrom(...smsOutcomes),
      answeredBy: fc.constantFrom(...AnsweredBySchema.options),
      result: fc.option(fc.constantFrom(...ContactResultSchema.options), { freq: 4 }),
    }),
    { minLength: 40, maxLength: 40 },
  ),
});

test('nobody is tried more often than set, nor before the time, nor again soon after declining; a fault of the line uses no try', () => {
  fc.assert(
    fc.property(lives, ({ rules, nowMs: beginMs, attempts }) => {
      let nowMs = beginMs;
      const startsBySms = rules.channels === 'sms' || rules.channels === 'smsThenCall';
      let recipient: TriedRecipient = {
        channel: startsBySms ? 'sms' : 'call',
        tries: 0,
        smsTries: 0,
        lineFailures: 0,
      };
      for (const each of attempts) {
        const outcome = recipient.channel === 'call' ? each.call : each.sms;
        const wasAnswered = outcome === 'answered';
        const next = afterAttempt({
          settings: rules,
          recipient,
          outcome,
          answeredBy: wasAnswered ? each.answeredBy : null,
          result: wasAnswered ? each.result : null,
          nowMs,
          holidays: defaultHolidays,
        });
        const tries = recipient.tries + (recipient.channel === 'call' ? next.triesAdded : 0);
        const smsTries = recipient.smsTries + (recipient.channel === 'sms' ? next.triesAdded : 0);
        expect(tries).toBeLessThanOrEqual(rules.tries);
        expect(smsTries).toBeLessThanOrEqual(SMS_TRIES);
        if (['noLine', 'trunkRefused', 'cancelled'].includes(outcome)) expect(next.triesAdded).toBe(0);
        else expect(next.triesAdded).toBe(1);
        if (next.state === 'done') return;
        expect(isAllowed(rules, next.nextAtMs)).toBe(true);
        const waitedMs = next.nextAtMs - nowMs;
        const interval = rules.after[outcome]?.intervalMinutes ?? 0;
        if (next.nextChannel === recipient.channel && next.lineFailures === 0) {
          expect(waitedMs).toBeGreaterThanOrEqual(interval * 60_000);
        }
        if (outcome === 'declined' && next.nextChannel === 'call') {
          expect(waitedMs).toBeGreaterThanOrEqual(24 * 3_600_000);
        }
        if (next.lineFailures > 0) expect(waitedMs).toBeGreaterThanOrEqual(60_000);
        expect(['call', 'sms'].includes(rules.channels) ? next.nextChannel : rules.channels).toBe(
          rules.channels,
        );
        recipient = { channel: next.nextChannel, tries, smsTries, lineFailures: next.lineFailures };
        nowMs = next.nextAtMs;
      }
    }),
    { numRuns: 300 },
  );
});

test('the rate set is kept to 1 % over five minutes, and never passed by more than one call in any time', () => {
  const rates = fc.constantFrom(0.1, 0.3, 1, 2.5, 5, 20);
  fc.assert(
    fc.property(rates, fc.array(fc.integer({ min: 5, max: 50 }), { minLength: 50 }), (rate, ticks) => {
      let nowMs = 1_000;
      let tokens = firstTokens(nowMs);
      let begun = 0;
      let mostAhead = 0;
      const room = { callsPerSecond: rate, atOnce: 200, linesLeftFree: 0 };
      for (let tick = 0; nowMs < 301_000; tick++) {
        nowMs += ticks[tick % ticks.length] ?? 20;
        const now = howMany({ settings: room, openAttempts: 0, linesFree: 200, tokens, nowMs });
        tokens = spend(now.tokens, now.count);
        begun += now.count;
        mostAhead = Math.max(mostAhead, begun - ((nowMs - 1_000) / 1000) * rate);
      }
      expect(mostAhead).toBeLessThanOrEqual(1.001);
      const expected = ((nowMs - 1_000) / 1000) * rate;
      expect(Math.abs(begun - expected)).toBeLessThanOrEqual(Math.max(1.001, expected * 0.01));
    }),
    { numRuns: 30 },
  );
});

test('a pause saves no calls up, and the lines for received calls are left alone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      (openAttempts, linesFree, linesLeftFree, callsPerSecond) => {
        const { count } = howMany({
          settings: { callsPerSecond, atOnce: 10, linesLeftFree },
          openAttempts,
          linesFree,
          tokens: firstTokens(0),
          nowMs: 3_600_000,
        });
        expect(count).toBeLessThanOrEqual(1 + callsPerSecond / 2);
        expect(count).toBeLessThanOrEqual(Math.max(0, linesFree - linesLeftFree));
        expect(count + openAttempts).toBeLessThanOrEqual(Math.max(10, openAttempts));
      },
    ),
  );
});

test('campaigns that share a trunk begin calls in turn: none gets two more than another that still wants some', () => {
  const wishes = fc.uniqueArray(
    fc.record({
      campaignId: fc.constantFrom('a', 'b', 'c', 'd'),
      count: fc.integer({ min: 0, max: 9 }),
      linesLeftFree: fc.constant(2),
    }),
    { selector: ({ campaignId }) => campaignId },
  );
  const last = fc.option(fc.constantFrom('a', 'b', 'c', 'd'));
  fc.assert(
    fc.property(wishes, fc.integer({ min: 0, max: 40 }), last, (wanted, linesFree, lastTurn) => {
      const turns = takeTurns(wanted, linesFree, lastTurn);
      const all = wanted.reduce((sum, { count }) => sum + count, 0);
      expect(turns.length).toBe(Math.min(all, Math.max(0, linesFree - 2)));
      const got = (id: string) => turns.filter((each) => each === id).length;
      for (const one of wanted) {
        expect(got(one.campaignId)).toBeLessThanOrEqual(one.count);
        if (got(one.campaignId) === one.count) continue;
        for (const other of wanted) {
          expect(got(other.campaignId)).toBeLessThanOrEqual(got(one.campaignId) + 1);
        }
      }
    }),
  );
});

test('with one line only, campaigns take it one after the other', () => {
  let last: string | null = null;
  const order: string[] = [];
  for (let round = 0; round < 6; round++) {
    const wishes = ['c', 'a', 'b'].map((campaignId) => ({ campaignId, count: 5, linesLeftFree: 0 }));
    last = takeTurns(wishes, 1, last)[0] ?? null;
    order.push(last ?? '');
  }
  expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});
