const CLOCK = /(?<![\d:])([01]?\d|2\d):([0-5]\d)(?::[0-5]\d)?(?![\d:])/gu;

function inWords(hour: number, minute: number): string {
  // Open JTalk says ゼロ時; the clock is read レー時.
  const hourWord = hour === 0 ? '零時' : `${hour}時`;
  return minute === 0 ? hourWord : `${hourWord}${minute}分`;
}

/** Clock times in figures become 時 and 分 (17:15 → 17時15分, 9:00 → 9時); hours to 29 for late-night schedules. */
export function speakTimes(text: string): string {
  return text
    .replace(CLOCK, (_, hour: string, minute: string) => inWords(Number(hour), Number(minute)))
    .replace(/(?<!\d)0時/gu, '零時')
    .replace(/(?<!\d)0(\d)(?=[時分])/gu, '$1')
    .replace(/(?<=時)0?0分/gu, '');
}

/** A time value (17:15, 17:15:00, 1715) in words, or undefined. */
export function readTime(value: string): string | undefined {
  const match =
    /^(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2}):?([0-5]\d)(?::?[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/u.exec(
      value,
    );
  if (match === null || Number(match[1]) > 29) return undefined;
  return inWords(Number(match[1]), Number(match[2]));
}
