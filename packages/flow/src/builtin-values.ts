import { Temporal } from 'temporal-polyfill';
import type { CallContext } from './event.ts';
import type { ReadAs } from './read-as.ts';
import type { Value } from './template.ts';

/** Values that every call has, and what they are. `calledName` is staff's name of the called number; `today` and `now` are Japanese time. */
export const BUILTIN_VALUES: Readonly<Record<string, ReadAs>> = {
  callerNumber: 'telephone',
  calledNumber: 'telephone',
  calledName: 'text',
  today: 'date',
  now: 'time',
};

/** A builtin value at a time of the call, or null where there is none of that name, or the caller withheld his number. */
export function builtinValue(name: string, context: CallContext, atMs: number): Value | null {
  if (!Object.hasOwn(BUILTIN_VALUES, name)) return null;
  const readAs = BUILTIN_VALUES[name] ?? 'text';
  if (name === 'callerNumber')
    return context.callerNumber === null ? null : { text: context.callerNumber, readAs };
  if (name === 'calledNumber') return { text: context.phoneNumber, readAs };
  if (name === 'calledName')
    return context.phoneNumberName === undefined ? null : { text: context.phoneNumberName, readAs };
  const there = Temporal.Instant.from(context.beganAt)
    .add({ milliseconds: Math.round(atMs) })
    .toZonedDateTimeISO('Asia/Tokyo');
  const text = name === 'today' ? there.toPlainDate().toString() : there.toPlainTime().toString().slice(0, 5);
  return { text, readAs };
}
