/** Deeper than any flow; what is deeper was made to break a reader. */
const DEEPEST = 40;
/** Means something to JavaScript, and to no flow. */
const FORBIDDEN_KEY = '__proto__';
const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const BLANKS = ' \t\n\r';
const ESCAPED = '"\\/bfnrt';

/** `offset` in UTF-16 units. */
export type JsonFault =
  | { readonly reason: 'syntax' | 'tooDeep'; readonly offset: number }
  | { readonly reason: 'duplicateKey' | 'forbiddenKey'; readonly offset: number; readonly key: string };

type Expected = 'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'commaOrClose' | 'nothing';

/**
 * The first place where a text is no JSON, or is such that JSON.parse would lose something of it in silence (a key that stands twice).
 * Null: there is none. Never deeper in the stack, however deep the text is.
 */
export function scanJson(text: string): JsonFault | null {
  /** The keys of each open object; null for an open list. */
  const open: (Set<string> | null)[] = [];
  let expected: Expected = 'value';
  let at = afterBlanks(text, 0);
  for (; at < text.length; at = afterBlanks(text, at)) {
    const char = text[at];
    const inside = open.at(-1);
    if (char === closing(inside) && expected.endsWith('Close')) {
      open.pop();
      expected = afterValue(open);
      at += 1;
    } else if (expected === 'commaOrClose' && char === ',') {
      expected = inside === null ? 'value' : 'key';
      at += 1;
    } else if ((expected === 'key' || expected === 'keyOrClose') && char === '"' && inside != null) {
      const end = endOfString(text, at);
      if (end.fault) return { reason: 'syntax', offset: end.at };
      const key = String(JSON.parse(text.slice(at, end.at)));
      if (key === FORBIDDEN_KEY) return { reason: 'forbiddenKey', offset: at, key };
      if (inside.has(key)) return { reason: 'duplicateKey', offset: at, key };
      inside.add(key);
      at = afterBlanks(text, end.at);
      if (text[at] !== ':') return { reason: 'syntax', offset: at };
      expected = 'value';
      at += 1;
    } else if (expected === 'value' || expected === 'valueOrClose') {
      if (char === '{' || char === '[') {
        open.push(char === '{' ? new Set() : null);
        if (open.length > DEEPEST) return { reason: 'tooDeep', offset: at };
        expected = char === '{' ? 'keyOrClose' : 'valueOrClose';
        at += 1;
      } else {
        const end = char === '"' ? endOfString(text, at) : endOfLiteral(text, at);
        if (end.fault) return { reason: 'syntax', offset: end.at };
        expected = afterValue(open);
        at = end.at;
      }
    } else {
      return { reason: 'syntax', offset: at };
    }
  }
  return expected === 'nothing' ? null : { reason: 'syntax', offset: at };
}

const afterValue = (open: readonly unknown[]): Expected => (open.length === 0 ? 'nothing' : 'commaOrClose');

function closing(inside: Set<string> | null | undefined): string | null {
  if (inside === undefined) return null;
  return inside === null ? ']' : '}';
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANKS.includes(text.charAt(at))) at += 1;
  return at;
}

/** `at`: behind the piece, or where it is faulty. */
type End = { readonly at: number; readonly fault: boolean };

function endOfString(text: string, from: number): End {
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') return { at: at + 1, fault: false };
    if (char < ' ') return { at, fault: true };
    if (char !== '\\') continue;
    const escaped = text.charAt(at + 1);
    const isUnicode = escaped === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6));
    if (escaped === '' || (!ESCAPED.includes(escaped) && !isUnicode)) return { at, fault: true };
    at += isUnicode ? 5 : 1;
  }
  return { at: text.length, fault: true };
}

/** Longer than any number that means something. */
const LONGEST_LITERAL = 100;

function endOfLiteral(text: string, from: number): End {
  let at = from;
  while (at - from <= LONGEST_LITERAL && /[-+.0-9A-Za-z]/.test(text.charAt(at))) at += 1;
  return LITERAL.test(text.slice(from, at)) ? { at, fault: false } : { at: from, fault: true };
}

/** Line and column of a place, both from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
