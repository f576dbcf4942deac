import { Temporal } from 'temporal-polyfill';
import { valueOfDigits } from './digits-value.ts';
import type { PromisedDay } from './nodes/record-result.ts';
import type { Values } from './template.ts';

/** The last day by which somebody promised to pay, as a Japanese ISO day; null where the value is none. */
export function promisedOn(promised: PromisedDay, values: Values): string | null {
  if (promised.type === 'variable')
    return valueOfDigits((values(promised.name)?.text ?? '').replaceAll('-', ''), 'date');
  const today = values('today')?.text;
  if (today === undefined) return null;
  const day = Temporal.PlainDate.from(today);
  return (
    promised.type === 'endOfMonth' ? day.with({ day: day.daysInMonth }) : day.add({ days: promised.days })
  ).toString();
}
