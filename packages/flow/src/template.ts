import type { SayPart } from './action.ts';
import type { Prompt } from './prompt.ts';
import type { ReadAs } from './read-as.ts';

/**
 * Texts with values: `{{name}}` or `{{name|readAs}}`. Names are letters of any script, digits and `_`.
 */
export type TemplatePart =
  | { readonly type: 'fixed'; readonly text: string }
  | { readonly type: 'value'; readonly name: string; readonly readAs: ReadAs | null };

export type TemplateFault = { readonly at: string; readonly reason: 'name' | 'readAs' | 'braces' };

/** A value as it is kept: `text` is plain ('0725001001', '2026-01-31', '09:05', '12000'), `readAs` says what it is. */
export type Value = {
  readonly text: string;
  readonly readAs: ReadAs;
  /** Nobody but the caller may learn it (birth date, 記号番号). */
  readonly secret?: true | undefined;
};

/** Stands for a secret value where somebody else would read it. */
const HIDDEN_VALUE = '●●●';

/** Finds a value by its name; null where nothing has set it. */
export type Values = (name: string) => Value | null;

const READ_AS: Readonly<Record<string, ReadAs>> = {
  text: 'text',
  digits: 'digits',
  telephone: 'telephone',
  date: 'date',
  time: 'time',
  amount: 'amount',
  number: 'number',
};

const PLACE = /\{\{([^{}]*)\}\}/gu;
/** Names like __proto__ mean something to JavaScript. */
const NAME = /^(?!__)[\p{L}_][\p{L}\p{N}_]{0,39}$/u;

/** Whether a variable may have this name. */
export function isValueName(name: string): boolean {
  return NAME.test(name);
}

/** Splits a text into fixed parts and values; a faulty place stays in the text as it is written and is named in `faults`. */
export function parseTemplate(text: string): {
  parts: readonly TemplatePart[];
  faults: readonly TemplateFault[];
} {
  const parts: TemplatePart[] = [];
  const faults: TemplateFault[] = [];
  let fixed = '';
  let from = 0;
  const addFixed = (piece: string): void => {
    if (/\{\{|\}\}/.test(piece)) faults.push({ at: piece.slice(0, 40), reason: 'braces' });
    fixed += piece;
  };
  for (const match of text.matchAll(PLACE)) {
    addFixed(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [rawName = '', rawReadAs, ...rest] = (match[1] ?? '').split('|').map((piece) => piece.trim());
    const readAs =
      rawReadAs === undefined ? null : Object.hasOwn(READ_AS, rawReadAs) ? READ_AS[rawReadAs] : undefined;
    if (!isValueName(rawName)) faults.push({ at: match[0], reason: 'name' });
    else if (readAs === undefined || rest.length > 0) faults.push({ at: match[0], reason: 'readAs' });
    else {
      if (fixed !== '') parts.push({ type: 'fixed', text: fixed });
      fixed = '';
      parts.push({ type: 'value', name: rawName, readAs });
      continue;
    }
    fixed += match[0];
  }
  addFixed(text.slice(from));
  if (fixed !== '') parts.push({ type: 'fixed', text: fixed });
  return { parts, faults };
}

/** Names of the values that a text uses. */
export function namesIn(text: string): readonly string[] {
  return parseTemplate(text).parts.flatMap((part) => (part.type === 'value' ? [part.name] : []));
}

/** What is to be said for a prompt. Values that nothing has set, and blank texts, are left out. */
export function sayPartsOf(prompt: Prompt | null, values: Values): readonly SayPart[] {
  if (prompt === null) return [];
  if (prompt.type === 'audio') return [{ type: 'audio', audioId: prompt.audioId }];
  return parseTemplate(prompt.text).parts.flatMap((part): SayPart[] => {
    if (part.type === 'fixed') return part.text.trim() === '' ? [] : [part];
    const value = values(part.name);
    if (value === null || value.text === '') return [];
    const { text, readAs, secret } = value;
    const said = { type: 'value', name: part.name, text, readAs: part.readAs ?? readAs } as const;
    return [secret ? { ...said, secret } : said];
  });
}

/** The text with its values in plain form, for variables. */
export function plainTextOf(text: string, values: Values): string {
  return parseTemplate(text)
    .parts.map((part) => (part.type === 'fixed' ? part.text : (values(part.name)?.text ?? '')))
    .join('');
}

/**
 * The text with its values as a reader expects them ('2026年1月31日', '12,000円', '0725-00-1001'), for SMS. Secret values are hidden: the
 * checker refuses them there, and this holds where an older version has one all the same.
 */
export function readableTextOf(text: string, values: Values): string {
  return parseTemplate(text)
    .parts.map((part) => {
      if (part.type === 'fixed') return part.text;
      const value = values(part.name);
      if (value === null) return '';
      return value.secret ? HIDDEN_VALUE : readable(value.text, part.readAs ?? value.readAs);
    })
    .join('');
}

function readable(text: string, readAs: ReadAs): string {
  if (readAs === 'date') {
    const date = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text);
    return date === null ? text : `${date[1]}年${Number(date[2])}月${Number(date[3])}日`;
  }
  if (readAs === 'time') {
    const time = /^(\d{2}):?(\d{2})$/.exec(text);
    return time === null ? text : `${Number(time[1])}時${time[2]}分`;
  }
  if (readAs === 'amount' && /^\d+$/.test(text)) return `${grouped(text)}円`;
  if (readAs === 'number' && /^\d+$/.test(text)) return grouped(text);
  if (readAs === 'telephone') return hyphenated(text);
  return text;
}

function grouped(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Area codes have 1–4 digits after the 0; without their table only these shapes are certain enough to be split. */
function hyphenated(digits: string): string {
  const shape =
    /^(0[5-9]0)(\d{4})(\d{4})$/.exec(digits) ??
    /^(0120)(\d{3})(\d{3})$/.exec(digits) ??
    /^(0[36])(\d{4})(\d{4})$/.exec(digits) ??
    /^(0725|0265|0570)(\d{2})(\d{4})$/.exec(digits);
  return shape === null ? digits : `${shape[1]}-${shape[2]}-${shape[3]}`;
}
