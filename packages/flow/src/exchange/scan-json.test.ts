import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineAndColumn, scanJson } from './scan-json.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON, and JSON with something put in, taken out or changed somewhere. */
const nearlyJson = fc
  .tuple(
    fc.json({ maxDepth: 5 }),
    fc.nat(200),
    fc.nat(3),
    fc.constantFrom(...'{}[]",:\\0-.e \n\tu', 'true', ''),
  )
  .map(([text, at, removed, put]) => `${text.slice(0, at)}${put}${text.slice(at + removed)}`);

test('what JSON.parse cannot read is a fault, and nothing else that may not lose a part in reading', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), nearlyJson, fc.string()), (text) => {
      const fault = scanJson(text);
      if (fault === null) expect(parses(text)).toBe(true);
      else if (fault.reason === 'syntax') expect(parses(text)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['{"a": 1,}', 1, 9],
  ['{"a": 1\n "b": 2}', 2, 2],
  ['[1, 2', 1, 6],
  ["{'a': 1}", 1, 2],
  ['{"a": "\n"}', 1, 8],
  ['{"a": 01}', 1, 7],
  ['{"a": "\\x"}', 1, 8],
  ['{} {}', 1, 4],
  ['', 1, 1],
])('the place of the fault in %j is named by line and column', (text, line, column) => {
  const fault = scanJson(text);
  expect(fault?.reason).toBe('syntax');
  expect(lineAndColumn(text, fault?.offset ?? -1)).toEqual({ line, column });
});

test('a key that stands twice in one object would be lost in silence, and is a fault', () => {
  expect(scanJson('{"a": {"b": 1}, "c": {"b": 1}}')).toBeNull();
  expect(scanJson('{"a": 1, "\\u0061": 2}')).toEqual({ reason: 'duplicateKey', offset: 9, key: 'a' });
});
