import { expect, test } from 'vitest';
import { readSuppressionFile, SuppressionFileError } from './read-suppression-file.ts';

const read = (text: string | Buffer) => readSuppressionFile(Buffer.from(text));
const problem = (text: string | Buffer) => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof SuppressionFileError) return error.message;
    throw error;
  }
  return null;
};

test('numbers are read from the column of that heading, or from the only one; leading zeros stay, nobody comes twice', () => {
  expect(read('氏名,宛名番号\r\n甲,0012\r\n乙,"0034"\n丙,0012\r\n\r\n')).toEqual(['0012', '0034']);
  expect(read('\uFEFF宛名番号\n0012\n')).toEqual(['0012']);
  expect(read('0012\n0034')).toEqual(['0012', '0034']);
  // 宛名番号 in CP932
  const heading = Buffer.from([0x88, 0xb6, 0x96, 0xbc, 0x94, 0xd4, 0x8d, 0x86]);
  expect(read(Buffer.concat([heading, Buffer.from('\r\n0012\r\n')]))).toEqual(['0012']);
});

test('a file that cannot be read says where and what to do', () => {
  expect(problem('')).toContain('一つもありません');
  expect(problem('宛名番号\n')).toContain('見出しの下に');
  expect(problem('番号,氏名\n1,甲')).toContain('見出しの列がありません');
  expect(problem('宛名番号,宛名番号\n1,2')).toContain('2つあります');
  expect(problem('宛名番号,氏名\n0012,甲\n,乙')).toBe('3行目の宛名番号が空です。');
  expect(problem('宛名番号\n0012\n1.23E+10')).toContain('3行目');
  expect(problem('宛名番号\n=cmd()')).toContain('2行目');
  expect(problem(`宛名番号\n${'1'.repeat(100_000)}`)).toContain('2行目');
  expect(problem(Buffer.from([0x81, 0xff, 0x0a]))).toContain('文字を読み取れません');
});
