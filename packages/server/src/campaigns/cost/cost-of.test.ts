import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CampaignSettingsSchema } from '../settings.ts';
import { ChannelsSchema, RateDestinationSchema } from '../words.ts';
import { costOfCall, costOfText, worstCaseOfCall, worstCaseOfText } from './cost-of.ts';
import { estimateCost } from './estimate.ts';
import { type Rate, RateMissingError, rateOn } from './rate.ts';

const LANDLINE: Rate = {
  destination: 'landline',
  validFrom: '2026-01-01',
  unitSeconds: 180,
  unitSen: 800,
  feeSen: 0,
  taxPercent: 10,
  rounding: 'sen',
};
const MOBILE: Rate = { ...LANDLINE, destination: 'mobile', unitSeconds: 60, unitSen: 1750 };
const SMS: Rate = { ...LANDLINE, destination: 'sms', unitSeconds: 1, unitSen: 0, feeSen: 1500 };

test('each begun unit is charged, with tax: three minutes to a landline cost 8.8 yen, a second more 17.6', () => {
  expect(costOfCall(LANDLINE, 180_000)).toBe(880);
  expect(costOfCall(LANDLINE, 180_001)).toBe(1760);
  expect(costOfCall(LANDLINE, 0)).toBe(880);
  expect(costOfCall(MOBILE, 61_000)).toBe(3850);
  expect(costOfCall({ ...LANDLINE, unitSeconds: 1, unitSen: 5, feeSen: 300 }, 10_000)).toBe(385);
});

test('a call that nobody answered costs nothing, not even its fee', () => {
  expect(costOfCall({ ...LANDLINE, feeSen: 500 }, null)).toBe(0);
});

test('a price is rounded as the contract says, after the tax', () => {
  const rounded = (rounding: Rate['rounding'], unitSen: number) =>
    costOfCall({ ...LANDLINE, unitSen, rounding }, 1);
  expect(rounded('sen', 801)).toBe(882);
  expect(rounded('yenDown', 800)).toBe(800);
  expect(rounded('yenNearest', 800)).toBe(900);
  expect(rounded('yenNearest', 760)).toBe(800);
  expect(rounded('yenUp', 760)).toBe(900);
});

test('a text costs what its gateway says for the whole of it, or the rate for each part where it says nothing', () => {
  expect(costOfText(SMS, { parts: 3, costYen: '24.5' })).toBe(2695);
  expect(costOfText(SMS, { parts: 3, costYen: null })).toBe(4950);
  expect(
    worstCaseOfText(SMS, [
      { parts: 3, costYen: '24.5' },
      { parts: 3, costYen: '30' },
    ]),
  ).toBe(3300);
});

test('the rate of a day is the last that began by then; before the first there is none', () => {
  const later = { ...LANDLINE, validFrom: '2027-04-01', unitSen: 900 };
  const rates = [later, LANDLINE];
  expect(rateOn(rates, 'landline', '2027-03-31').unitSen).toBe(800);
  expect(rateOn(rates, 'landline', '2027-04-01').unitSen).toBe(900);
  expect(() => rateOn(rates, 'landline', '2025-12-31')).toThrow(RateMissingError);
  expect(() => rateOn(rates, 'ipPhone', '2027-04-01')).toThrow(RateMissingError);
});

const rates = fc.record({
  unitSeconds: fc.constantFrom(1, 60, 180),
  unitSen: fc.integer({ min: 0, max: 5000 }),
  feeSen: fc.integer({ min: 0, max: 3000 }),
  taxPercent: fc.constantFrom(0, 8, 10, 10.25),
  rounding: fc.constantFrom('sen', 'yenDown', 'yenNearest', 'yenUp'),
});

test('no call that ends in time costs more than its worst case, and a longer one never costs less', () => {
  fc.assert(
    fc.property(
      rates,
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rate, longestCallMinutes, one, other) => {
        const longestMs = longestCallMinutes * 60_000;
        const [shorter = 0, longer = 0] = [one * longestMs, other * longestMs].toSorted((a, b) => a - b);
        expect(costOfCall(rate, shorter)).toBeLessThanOrEqual(costOfCall(rate, longer));
        expect(costOfCall(rate, longer)).toBeLessThanOrEqual(worstCaseOfCall({ longestCallMinutes }, rate));
        expect(Number.isInteger(costOfCall(rate, longer))).toBe(true);
      },
    ),
  );
});

test('an estimate is never less at worst than likely, nor likely than low; no text is reckoned where only calls are made', () => {
  fc.assert(
    fc.property(
      rates,
      fc.constantFrom(...ChannelsSchema.options),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 100_000 }),
      (rate, channels, tries, count) => {
        const all = RateDestinationSchema.options.map((destination) => ({
          ...rate,
          destination,
          validFrom: '2026-01-01',
        }));
        const estimate = estimateCost({
          settings: CampaignSettingsSchema.parse({ channels, tries, smsText: '市役所です。' }),
          people: [{ destination: 'mobile', count }],
          rates: all,
          day: '2026-12-01',
          talkSeconds: 60,
          text: channels === 'call' ? [] : [{ parts: 1, costYen: '10' }],
        });
        expect(estimate.lowSen).toBeLessThanOrEqual(estimate.likelySen);
        expect(estimate.likelySen).toBeLessThanOrEqual(estimate.worstSen);
        expect(estimate.calls === 0).toBe(channels === 'sms');
        expect(estimate.texts === 0).toBe(channels === 'call');
        expect(estimate.calls).toBeLessThanOrEqual(count * tries);
      },
    ),
  );
});

test('a thousand mobile telephones called up to three times: what is told is what the assumptions give', () => {
  const { lowSen, likelySen, worstSen, calls } = estimateCost({
    settings: CampaignSettingsSchema.parse({}),
    people: [{ destination: 'mobile', count: 1000 }],
    rates: [MOBILE],
    day: '2026-12-01',
    talkSeconds: 60,
    text: [],
  });
  // 20 % of 1000 at one unit
  expect(lowSen).toBe(200 * 1925);
  // 1000 + 720 + 518.4 calls, 40 % answered, one unit
  expect(calls).toBe(2239);
  expect(likelySen).toBe(1_723_568);
  // 3 × 1000 calls of eleven begun minutes
  expect(worstSen).toBe(3000 * 11 * 1925);
});

test('a household is reckoned as one call, and at worst as a call of its own for each of them', () => {
  const of = (people: { count: number; telephones?: number }) =>
    estimateCost({
      settings: CampaignSettingsSchema.parse({}),
      people: [{ destination: 'mobile', ...people }],
      rates: [MOBILE],
      day: '2026-12-01',
      talkSeconds: 60,
      text: [],
    });
  const [merged, five, ten] = [of({ count: 10, telephones: 5 }), of({ count: 5 }), of({ count: 10 })];
  expect([merged.lowSen, merged.likelySen, merged.calls]).toEqual([five.lowSen, five.likelySen, five.calls]);
  expect(merged.worstSen).toBe(ten.worstSen);
});
