/** Times as staff read them: always Japanese time, whatever the computer's zone. */

const JAPAN = 'Asia/Tokyo';
const timeOfDay = new Intl.DateTimeFormat('ja-JP', {
  timeZone: JAPAN,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat('ja-JP', {
  timeZone: JAPAN,
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
});
const fullDay = new Intl.DateTimeFormat('ja-JP', {
  timeZone: JAPAN,
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
});

const moment = new Intl.DateTimeFormat('ja-JP', {
  timeZone: JAPAN,
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
// Swedish writes dates and times as the fields of a form want them.
const fields = new Intl.DateTimeFormat('sv-SE', { timeZone: JAPAN, dateStyle: 'short', timeStyle: 'short' });

/** '14:05:09' */
export function timeShown(at: string): string {
  return timeOfDay.format(new Date(at));
}

/** '11/23(月)' */
export function dayShown(at: string): string {
  return day.format(new Date(at));
}

/** '2026年11月23日(月)' */
export function fullDayShown(at: string): string {
  return fullDay.format(new Date(at));
}

/** '11/23(月) 14:05' */
export function momentShown(at: string): string {
  return moment.format(new Date(at));
}

/** Day 'YYYY-MM-DD' and time 'HH:MM' in Japan, for the fields of a form. */
export function dayAndTime(at: string): { readonly day: string; readonly time: string } {
  const [day = '', time = ''] = fields.format(new Date(at)).split(' ');
  return { day, time };
}

/** The instant of a Japanese day and time, as a form gives them. */
export function instantOf({ day, time }: { readonly day: string; readonly time: string }): string {
  return `${day}T${time}:00+09:00`;
}

/** '0:42', '12:05', '1:02:03'; never negative. */
export function durationShown(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** '42秒', '12分5秒', '1時間2分3秒': for screen readers and sentences. */
export function durationInWords(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${hours > 0 ? `${hours}時間` : ''}${minutes > 0 ? `${minutes}分` : ''}${seconds % 60}秒`;
}
