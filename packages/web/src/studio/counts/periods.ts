import { endOfMonth, startOfMonth, today } from '@internationalized/date';

export type Period = { readonly from: string; readonly to: string };

/** This month up to today, and the whole of last month, in Japan, whatever the computer's zone. */
export function monthsNow(): { readonly thisMonth: Period; readonly lastMonth: Period } {
  const day = today('Asia/Tokyo');
  const before = day.subtract({ months: 1 });
  return {
    thisMonth: { from: startOfMonth(day).toString(), to: day.toString() },
    lastMonth: { from: startOfMonth(before).toString(), to: endOfMonth(before).toString() },
  };
}

/** '2026年11月1日' of 'YYYY-MM-DD'. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
