import { Temporal } from 'temporal-polyfill';

/** The Japanese day of a moment, 'YYYY-MM-DD'. @param ms since the epoch */
export function japaneseDayOf(ms: number): string {
  return inJapan(ms).toPlainDate().toString();
}

/** First day of the Japanese month of a moment, 'YYYY-MM-01'. @param ms since the epoch */
export function japaneseMonthOf(ms: number): string {
  return inJapan(ms).toPlainDate().with({ day: 1 }).toString();
}

/** When the Japanese day of a moment began, or one some days later or (negative) before. @returns ms since the epoch */
export function beginOfJapaneseDay(ms: number, daysLater = 0): number {
  return inJapan(ms).toPlainDate().add({ days: daysLater }).toZonedDateTime('Asia/Tokyo').epochMilliseconds;
}

function inJapan(ms: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Asia/Tokyo');
}
