import { dayAndTime } from '../../words/japanese-time.ts';

export type Moment = { readonly day: string; readonly time: string };
export type NamedMoment = Moment & { readonly id: string; readonly word: string };

/** Moments at which a flow is worth trying, from now on. `holidays`: names by date. */
export function momentsToTry(
  now: number,
  holidays: Readonly<Record<string, string>>,
): readonly NamedMoment[] {
  const today = dayAndTime(new Date(now).toISOString());
  const workday = nextDay(now, (day) => isWorkday(day, holidays));
  const holiday = nextDay(now, (day) => holidays[day] !== undefined);
  const name = holidays[holiday];
  return [
    { id: 'now', word: 'いま', ...today },
    { id: 'open', word: '平日の10時', day: workday, time: '10:00' },
    { id: 'closing', word: '平日の17時15分', day: workday, time: '17:15' },
    ...(name === undefined
      ? []
      : [{ id: 'holiday', word: `祝日（${name}）の10時`, day: holiday, time: '10:00' }]),
    { id: 'sunday', word: '日曜日の10時', day: nextDay(now, (day) => weekday(day) === 0), time: '10:00' },
  ];
}

function nextDay(now: number, fits: (day: string) => boolean): string {
  for (let ahead = 1; ahead < 400; ahead++) {
    const { day } = dayAndTime(new Date(now + ahead * 86_400_000).toISOString());
    if (fits(day)) return day;
  }
  return dayAndTime(new Date(now).toISOString()).day;
}

function isWorkday(day: string, holidays: Readonly<Record<string, string>>): boolean {
  return weekday(day) !== 0 && weekday(day) !== 6 && holidays[day] === undefined;
}

function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
