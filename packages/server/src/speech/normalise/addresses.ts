const COUNTERS =
  '日間?|回|名|人|件|枚|か月|ヶ月|ヵ月|カ月|週間?|年間?|歳|分間?|時間?|月|番|階|丁目|%|パーセント';
const RANGE_BY_HYPHEN = new RegExp(`(?<![\\d-])(\\d{1,4})-(\\d{1,4})(?=(?:${COUNTERS})(?![\\d-]))`, 'gu');
const HOUSE_NUMBER = /(?<![\dA-Za-z-])\d{1,4}(?:-\d{1,4}){1,3}(?![\dA-Za-z-])/gu;

/**
 * House numbers are said with の (2-7-5 → 2の7の5), a hyphen before a counter is a range (3-5日 → 3から5日).
 * Telephone numbers and dates must have been spoken before.
 */
export function speakAddresses(text: string): string {
  return text
    .replace(RANGE_BY_HYPHEN, '$1から$2')
    .replace(HOUSE_NUMBER, (number) => number.replaceAll('-', 'の'));
}
