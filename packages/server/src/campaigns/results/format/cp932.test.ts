import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeCp932, isWritableInCp932 } from './cp932.ts';

const decoder = new TextDecoder('shift_jis', { fatal: true });
const WRITABLE = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit)).filter(
  isWritableInCp932,
);

/** Python's codec was made from Microsoft's own table. */
function readByPython(bytes: Buffer): string {
  const script =
    'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read().decode("cp932").encode("utf-8"))';
  return execFileSync('python3', ['-c', script], { input: bytes }).toString('utf8');
}

test('whatever is written is read back as it was, by browsers and by Windows', () => {
  // 7,516 of ASCII, half-width kana, JIS X 0208, NEC and IBM, and 1,880 of the user-defined area.
  expect(WRITABLE).toHaveLength(7_516 + 1_880);
  const byPython = readByPython(encodeCp932(WRITABLE.join('')));
  expect(WRITABLE.filter((one, at) => byPython[at] !== one)).toEqual([]);
  expect(byPython).toHaveLength(WRITABLE.length);
  const byNode = WRITABLE.filter((one) => decoder.decode(encodeCp932(one)) !== one);
  expect(byNode, 'but for three controls, which Node takes for one another').toEqual([
    '\x1a',
    '\x1c',
    '\x7f',
  ]);
});

test('a text of characters that can be written comes back unchanged, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...WRITABLE.filter((one) => one > '\x7f'))), (characters) => {
      const text = characters.join('');
      expect(decoder.decode(encodeCp932(text))).toBe(text);
    }),
  );
});

test("外字 lie where Windows has them: U+E000 to U+E757 at F040 to F9FC, and the rest of the private area can't be written", () => {
  expect(encodeCp932('\uE000').toString('hex')).toBe('f040');
  expect(encodeCp932('\uE757').toString('hex')).toBe('f9fc');
  for (let unit = 0xe000; unit <= 0xe757; unit++)
    expect(isWritableInCp932(String.fromCharCode(unit)), unit.toString(16)).toBe(true);
  for (let unit = 0xe758; unit <= 0xf8ff; unit++)
    expect(isWritableInCp932(String.fromCharCode(unit)), unit.toString(16)).toBe(false);
});

test('of several codes of one character the one that Windows writes is written', () => {
  const codes = Object.fromEntries(
    [...'髙﨑㈱Ⅰ∵￢～－∥ⅰ№'].map((one) => [one, encodeCp932(one).toString('hex')]),
  );
  expect(codes).toEqual({
    髙: 'fbfc',
    﨑: 'fab1',
    '㈱': '878a',
    Ⅰ: '8754',
    '∵': '81e6',
    '￢': '81ca',
    '～': '8160',
    '－': '817c',
    '∥': '8161',
    ⅰ: 'fa40',
    '№': '8782',
  });
});

test('what is not in CP932 is never written as something else', () => {
  for (const text of ['𠮷', '葛\u{E0100}', '〜', '—', '한', 'é', '\uD842'])
    expect(() => encodeCp932(text), text).toThrow(RangeError);
});
