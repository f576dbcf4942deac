import { Temporal } from 'temporal-polyfill';
import { BUILTIN_VALUES } from './builtin-values.ts';
import type { Prompt } from './prompt.ts';
import type { ReadAs } from './read-as.ts';
import { parseTemplate, type Value, type Values } from './template.ts';

const EXAMPLES: Readonly<Record<Exclude<ReadAs, 'text' | 'date' | 'time'>, string>> = {
  digits: '1234',
  telephone: '09000001234',
  amount: '12000',
  number: '3',
};

/**
 * Values to hear or read a prompt by where no call gives any: today's date, a number that nobody has, and so on. A value of which only the
 * name is known says its name.
 * @param given what the caller of this knows better, by name.
 * @param now ms since the epoch.
 */
export function exampleValuesFor(
  prompt: Prompt,
  given: Readonly<Record<string, Value>>,
  now: number,
): Values {
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('Asia/Tokyo');
  const readAsInText = new Map<string, ReadAs>();
  for (const part of prompt.type === 'text' ? parseTemplate(prompt.text).parts : []) {
    if (part.type === 'value' && part.readAs !== null) readAsInText.set(part.name, part.readAs);
  }
  return (name) => {
    if (Object.hasOwn(given, name)) return given[name] ?? null;
    const readAs = BUILTIN_VALUES[name] ?? readAsInText.get(name) ?? 'text';
    if (name === 'calledName') return { text: '市役所', readAs };
    if (readAs === 'date') return { text: there.toPlainDate().toString(), readAs };
    if (readAs === 'time') return { text: there.toPlainTime().toString().slice(0, 5), readAs };
    return { text: readAs === 'text' ? name : EXAMPLES[readAs], readAs };
  };
}
