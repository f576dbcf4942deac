import { expect, test } from 'vitest';
import { CampaignSettingsSchema } from '../settings.ts';
import { expectedEnd, type Pace } from './expected-end.ts';

/** A Monday, 2027-02-01 in Japan. */
const at = (day: number, time: string) => Date.parse(`2027-02-0${day}T${time}:00+09:00`);

function endOf(changes: Partial<Pace> & { readonly set?: object }) {
  const { set = {}, ...pace } = changes;
  return expectedEnd({
    settings: CampaignSettingsSchema.parse({ callsPerSecond: 1, atOnce: 200, ...set }),
    left: 3_600,
    settled: 1_000,
    tried: 1_000,
    callMs: 10_000,
    nowMs: at(1, '10:00'),
    holidays: new Map(),
    ...pace,
  });
}

test('an hour of calls begun at ten is through at eleven', () => {
  expect(endOf({})).toEqual({ atMs: at(1, '11:00'), endsTooLate: false });
});

test('what is left in the evening goes on in the morning of the next allowed day', () => {
  expect(endOf({ nowMs: at(1, '19:30') }).atMs).toBe(at(2, '09:30'));
  expect(endOf({ nowMs: at(1, '19:30'), holidays: new Map([['2027-02-02', '休日']]) }).atMs).toBe(
    at(3, '09:30'),
  );
  expect(endOf({ nowMs: at(1, '06:00') }).atMs).toBe(at(1, '10:00'));
});

test('lines that are taken long, and people who need several tries, take longer', () => {
  expect(endOf({ set: { atOnce: 10 }, callMs: 20_000 }).atMs).toBe(at(1, '12:00'));
  expect(endOf({ tried: 2_000 }).atMs).toBe(at(1, '12:00'));
});

test('a last day that is too near is told', () => {
  expect(endOf({ nowMs: at(1, '19:30'), set: { lastDay: '2027-02-01' } })).toEqual({
    atMs: null,
    endsTooLate: true,
  });
});

test('nothing left is no end to wait for', () => {
  expect(endOf({ left: 0 })).toEqual({ atMs: null, endsTooLate: false });
});
