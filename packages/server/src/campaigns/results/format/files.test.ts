import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fileBytes } from '../file-bytes.ts';
import { harmless } from './formula-like.ts';

/** Read back by Python's own readers of CSV, ZIP and XML. */
const READ_CSV = `
import csv, io, json, sys
text = sys.stdin.buffer.read().decode(sys.argv[1])
json.dump(list(csv.reader(io.StringIO(text, newline=''))), sys.stdout)`;
const READ_XLSX = `
import io, json, re, sys, zipfile
import xml.etree.ElementTree as ET
book = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert book.testzip() is None
for name in book.namelist(): ET.fromstring(book.read(name))
main = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
sheet = ET.fromstring(book.read('xl/worksheets/sheet1.xml'))
said = lambda t: re.sub('_x([0-9A-F]{4})_', lambda m: chr(int(m.group(1), 16)), t)
rows = [{c.get('r'): said(''.join(t.text or '' for t in c.iter(main + 't'))) for c in row} for row in sheet.iter(main + 'row')]
kinds = sorted({c.get('t') for c in sheet.iter(main + 'c')})
json.dump({'rows': rows, 'kinds': kinds, 'formulas': len(list(sheet.iter(main + 'f')))}, sys.stdout)`;

function python(script: string, bytes: Buffer, ...args: string[]): unknown {
  return JSON.parse(
    execFileSync('python3', ['-c', script, ...args], { input: bytes, maxBuffer: 2 ** 26 }).toString('utf8'),
  );
}

async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const CSV = { format: 'csv', encoding: 'utf8', bom: false, lineEnd: 'crlf' } as const;
const ROWS = [
  ['宛名番号', 'メモ', '氏名'],
  ['0000123', '「,」と"引用"と\n改行', '葛\u{E0100}城\uE000\u{F0000}𠮷'],
  ["=cmd|'/c calc'!A1", ' 前後の空白 ', '@SUM(1)'],
  ['+81901234', '-1200', '\tタブ'],
  ['', '終\r\nわり', ''],
];

test('a CSV file for a core system says every cell as it is, 外字 and leading zeros included', async () => {
  expect(python(READ_CSV, await bytesOf(fileBytes(CSV, '', ROWS)), 'utf-8')).toEqual(ROWS);
});

test('UTF-8 has its mark where staff want one, and lines end as staff want', async () => {
  const plain = (await bytesOf(fileBytes(CSV, '', [['1']]))).toString('hex');
  const marked = (await bytesOf(fileBytes({ ...CSV, bom: true, lineEnd: 'lf' }, '', [['1']]))).toString(
    'hex',
  );
  expect([plain, marked]).toEqual(['310d0a', 'efbbbf310a']);
});

test('a CSV file in CP932 is read back by Windows as it was', async () => {
  const rows = [
    ['宛名番号', '氏名'],
    ['0001', '髙﨑\uE000～－①㈱ｶﾅ'],
  ];
  const bytes = await bytesOf(fileBytes({ ...CSV, encoding: 'cp932' }, '', rows));
  expect(python(READ_CSV, bytes, 'cp932')).toEqual(rows);
});

test('a workbook has nothing but texts, exactly as they are, and never a formula', async () => {
  const rows = [...ROWS, ['_x0041_', '\u0007鐘', '<&">']];
  const bytes = await bytesOf(fileBytes({ ...CSV, format: 'xlsx' }, '結果', rows));
  const read = z
    .object({
      rows: z.array(z.record(z.string(), z.string())),
      kinds: z.array(z.string()),
      formulas: z.int(),
    })
    .parse(python(READ_XLSX, bytes));
  const letters = ['A', 'B', 'C'];
  const cells = rows.map((row, r) =>
    Object.fromEntries(row.flatMap((cell, c) => (cell === '' ? [] : [[`${letters[c]}${r + 1}`, cell]]))),
  );
  expect(read).toEqual({ rows: cells, kinds: ['inlineStr'], formulas: 0 });
});

test('a workbook of more than 26 columns and several pieces is whole', async () => {
  const row = Array.from({ length: 60 }, (_, column) => `${column}`.padStart(80, '0'));
  const bytes = await bytesOf(
    fileBytes(
      { ...CSV, format: 'xlsx' },
      '結果',
      Array.from({ length: 60 }, () => row),
    ),
  );
  const read = z.object({ rows: z.array(z.record(z.string(), z.string())) }).parse(python(READ_XLSX, bytes));
  expect(read.rows).toHaveLength(60);
  expect(Object.keys(read.rows[59] ?? {})).toEqual(expect.arrayContaining(['A60', 'Z60', 'AA60', 'BH60']));
  expect(Object.values(read.rows[59] ?? {})).toEqual(row);
});

test('the same rows are the same file', async () => {
  const first = await bytesOf(fileBytes({ ...CSV, format: 'xlsx' }, '結果', ROWS));
  const second = await bytesOf(fileBytes({ ...CSV, format: 'xlsx' }, '結果', ROWS));
  expect(first.equals(second)).toBe(true);
});

test('in a CSV file that people open no cell begins like a formula', () => {
  for (const cell of ['=1+1', '+1', '-1', '@A1', '\t=1', '＝1+1'])
    expect(harmless(cell), cell).toBe(`'${cell}`);
  expect(harmless('0123')).toBe('0123');
});
