import type { Key, SayPart } from '@madoguchi/flow';
import { Temporal } from 'temporal-polyfill';

const ZONE = 'Asia/Tokyo';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * When an announcement ends that is switched on with this key: 1 three hours later, 2 at the end of the day, 3 a day later; null: the key means
 * nothing. On a whole minute, so that what the caller hears is what happens.
 */
export function endOf(key: Key, nowEpochMs: number): Date | null {
  const minute = Math.floor(nowEpochMs / MINUTE_MS) * MINUTE_MS;
  if (key === '1') return new Date(minute + 3 * HOUR_MS);
  if (key === '2') return new Date(midnightAfter(nowEpochMs));
  if (key === '3') return new Date(minute + 24 * HOUR_MS);
  return null;
}

/** 「本日24時まで」「明日の9時5分まで」「2月3日の17時まで」 */
export function untilParts(end: Date, nowEpochMs: number): readonly SayPart[] {
  const endEpochMs = end.getTime();
  if (endEpochMs === midnightAfter(nowEpochMs)) return [{ type: 'fixed', text: '本日24時まで' }];
  const { month, day, hour, minute } = timeIn(endEpochMs);
  const time: SayPart = {
    type: 'value',
    name: 'time',
    text: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
    readAs: 'time',
  };
  const until: SayPart = { type: 'fixed', text: 'まで' };
  if (endEpochMs < midnightAfter(nowEpochMs)) return [{ type: 'fixed', text: '本日' }, time, until];
  if (endEpochMs < midnightAfter(midnightAfter(nowEpochMs)))
    return [{ type: 'fixed', text: '明日の' }, time, until];
  const date: SayPart = { type: 'value', name: 'day', text: `${month}月${day}日`, readAs: 'text' };
  return [date, { type: 'fixed', text: 'の' }, time, until];
}

function midnightAfter(epochMs: number): number {
  return timeIn(epochMs).startOfDay().add({ days: 1 }).epochMilliseconds;
}

function timeIn(epochMs: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(ZONE);
}
