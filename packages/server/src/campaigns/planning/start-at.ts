import { Temporal } from 'temporal-polyfill';
import type { CampaignSettings } from '../settings.ts';

/** When an approved campaign begins by itself, ms since the epoch; null: at once. */
export function startAt({ firstDay, times }: Pick<CampaignSettings, 'firstDay' | 'times'>): number | null {
  return firstDay === null ? null : japaneseTime(firstDay, times.from);
}

/** The end of its last day's hours, ms since the epoch; null: it ends when everybody is settled. */
export function lastMoment({ lastDay, times }: Pick<CampaignSettings, 'lastDay' | 'times'>): number | null {
  return lastDay === null ? null : japaneseTime(lastDay, times.to);
}

/** @param day 'YYYY-MM-DD' @param time 'HH:MM' @returns ms since the epoch */
export function japaneseTime(day: string, time: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'Asia/Tokyo', plainTime: time })
    .epochMilliseconds;
}

/** The Japanese day of a moment, 'YYYY-MM-DD'. */
export function japaneseDay(atMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs)
    .toZonedDateTimeISO('Asia/Tokyo')
    .toPlainDate()
    .toString();
}
