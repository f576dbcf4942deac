import { Temporal } from 'temporal-polyfill';

const SUBSTITUTE = '振替休日';
const BETWEEN = '国民の休日';
/** What 内閣府's file calls both of them, and the bundled set the latter. */
const BARE = '休日';
const SUNDAY = 7;

/**
 * The one place where names of 休日 are made alike: 振替休日 (祝日法 3条2項) becomes 'こどもの日 振替休日', named for the holiday before it, 国民の休日
 * (3条3項) keeps that name. 内閣府's file writes '休日' for both; which one it is, follows from the days before. The bundled set is not
 * always of one mind after which holiday it names a 振替休日, so its names are made anew too.
 * @param raw Japanese date '2026-05-06' → name, as the source writes it.
 */
export function withUsualNames(raw: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const names = new Map([...raw].map(([date, name]) => [date, name.normalize('NFKC').trim()]));
  return new Map(
    [...names].map(([date, name]) => [date, isNameless(name) ? usualName(names, date) : name] as const),
  );
}

/**
 * Whether staff's name of a holiday means this one: '振替休日' means every such day, '国民の休日' and '休日' every day between two 祝日.
 */
export function isNamed(holiday: string, name: string): boolean {
  const wanted = name.normalize('NFKC').trim();
  if (wanted === SUBSTITUTE) return holiday.endsWith(SUBSTITUTE);
  return holiday === (wanted === BARE ? BETWEEN : wanted);
}

/** What staff may choose from: names of holidays, each once, 振替休日 as one. */
export function holidayNamesOf(holidays: ReadonlyMap<string, string>): readonly string[] {
  const names = [...holidays.values()].map((name) => (name.endsWith(SUBSTITUTE) ? SUBSTITUTE : name));
  return [...new Set(names)];
}

function isNameless(name: string): boolean {
  return name === BARE || name === BETWEEN || name.endsWith(SUBSTITUTE);
}

function usualName(names: ReadonlyMap<string, string>, date: string): string {
  let day = Temporal.PlainDate.from(date).subtract({ days: 1 });
  let nearest: string | undefined;
  for (let name = names.get(day.toString()); name !== undefined; name = names.get(day.toString())) {
    nearest ??= name;
    if (day.dayOfWeek === SUNDAY) return `${nearest} ${SUBSTITUTE}`;
    day = day.subtract({ days: 1 });
  }
  return BETWEEN;
}
