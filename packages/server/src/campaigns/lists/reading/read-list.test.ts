import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeptFiles, type KeptFiles } from '../staging/kept-files.ts';
import { readList } from './read-list.ts';
import { workbookOf } from './test-workbook.ts';

let folder: string;
let files: KeptFiles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-lists-'));
  files = createKeptFiles(folder);
});
afterAll(() => rm(folder, { recursive: true }));

/** Sends the file in pieces of this size, then reads it to its end. */
async function readAll(content: Buffer | string, pieceBytes = 64 * 1024) {
  const bytes = Buffer.from(content);
  const pieces = function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  };
  const file = await files.keep('list', Readable.from(pieces()));
  let headers: readonly string[] = [];
  const rows: (readonly [number, ...string[]])[] = [];
  for await (const piece of readList(file)) {
    headers = piece.headers;
    for (const { rowNo, cells } of piece.rows) rows.push([rowNo, ...cells]);
  }
  return { kind: file.kind, encoding: file.encoding, headers, rows };
}
const refused = (content: Buffer | string, pieceBytes?: number) =>
  expect(readAll(content, pieceBytes)).rejects;

/** 宛名番号,氏名 / 0001,髙橋 (0xFBFC, an extension of CP932) and a 外字 of the city (0xF040). */
const CP932 = Buffer.concat([
  Buffer.from([0x88, 0xb6, 0x96, 0xbc, 0x94, 0xd4, 0x8d, 0x86, 0x2c, 0x8e, 0x81, 0x96, 0xbc, 0x0d, 0x0a]),
  Buffer.from([0x30, 0x30, 0x30, 0x31, 0x2c, 0xfb, 0xfc, 0x8b, 0xb4, 0xf0, 0x40, 0x0d, 0x0a]),
]);
const READ = { headers: ['宛名番号', '氏名'], rows: [[2, '0001', '髙橋\uE000']] };

test.each([1, 2, 3, 7, 64 * 1024])(
  'a file of CP932 is told from one of UTF-8 and read whole, in pieces of %i bytes',
  async (size) => {
    expect(await readAll(CP932, size)).toMatchObject({ encoding: 'cp932', ...READ });
    const text = '宛名番号,氏名\r\n0001,髙橋\uE000\r\n';
    expect(await readAll(text, size)).toMatchObject({ encoding: 'utf-8', ...READ });
    expect(await readAll(`\uFEFF${text}`, size)).toMatchObject({ encoding: 'utf-8', ...READ });
  },
);

test('外字, variants and rare characters come through unchanged', async () => {
  const special = '\uE000\u{F0000}葛\u{E0100}𠮷①㈱';
  expect((await readAll(`番号,氏名\n1,${special}\n`)).rows).toEqual([[2, '1', special]]);
});

test('line ends may be mixed, values quoted, and rows keep the numbers that a spreadsheet shows', async () => {
  const text = 'a,b\r\n1,"x,\n""y"""\n\r\n2,z\r3,w\n,\n4,v';
  for (const size of [1, 64 * 1024]) {
    expect((await readAll(text, size)).rows).toEqual([
      [2, '1', 'x,\n"y"'],
      [4, '2', 'z'],
      [5, '3', 'w'],
      [7, '4', 'v'],
    ]);
  }
});

test('a file with nothing in it is refused', async () => {
  await refused('').toThrow('ファイルが空です');
  await refused('\n\n').toThrow('何も入っていません');
  await refused('a,b\r\n').toThrow('1行目の列の名前のほかに');
});

test('a file in no known encoding is refused, and the row is named', async () => {
  const good = Buffer.from('番号,氏名\r\n1,あ\r\n');
  await refused(Buffer.concat([good, Buffer.from([0x32, 0x2c, 0x80, 0xff, 0x0a])])).toThrow(
    '3行目付近の文字を読み取れません',
  );
  await refused(Buffer.concat([good, good, Buffer.from([0x32, 0x2c, 0x80, 0xff])]), 3).toThrow(
    '5行目付近の文字',
  );
  await refused(Buffer.from('番号,氏名\n1,あ', 'utf16le')).toThrow('文字ではないデータ');
  await refused(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a,b', 'utf16le')])).toThrow(
    'Unicode テキスト',
  );
  await refused(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])).toThrow('.xls');
});

test('one endless line and a quotation mark that is never closed are refused before they fill the memory', async () => {
  await refused('あ'.repeat(1_000_000)).toThrow('1行目が長すぎます');
  await refused(`a,b\n1,2\n3,${'x'.repeat(150_000)}\n`).toThrow('3行目が長すぎます');
  await refused(`a,b\n1,"2\n${'3,4\n'.repeat(50_000)}`).toThrow('2行目が長すぎます');
  await refused('a,b\n1,"2" 3\n').toThrow('2行目の2列目の「"」');
  await refused('a,b\n1,"2\n').toThrow('「"」');
  await refused(`${'a,'.repeat(300)}\n`).toThrow('1行目の列が多すぎます');
});

test('a file that is refused is listened to until its end: a browser reads no answer before it has sent all', async () => {
  let sent = 0;
  const pieces = function* () {
    for (; sent < 40; sent += 1) yield Buffer.alloc(64 * 1024, 'x');
  };
  await expect(files.keep('list', Readable.from(pieces()))).rejects.toThrow('1行目が長すぎます');
  expect(sent).toBe(40);
});

test('two columns of one name are refused, and both are named', async () => {
  await refused('宛名番号,氏名,電話,氏名 \n1,2,3,4\n').toThrow('「氏名」が2つあります（B列とD列）');
  const { headers } = await readAll('宛名番号,,電話,,\n1,2,3,,\n');
  expect(headers).toEqual(['宛名番号', 'B列', '電話']);
});

test('a file with a column that looks like マイナンバー is refused whole, and the column is named', async () => {
  const rows = ['123456789018', '1234 5678 9018', '', '123456789018'].map((number) => `1,${number}`);
  await refused(`宛名番号,番号\n${rows.join('\n')}\n`).toThrow('列「番号」は、マイナンバー');
  // Also far behind the first rows.
  const late = `宛名番号,番号\n${'1,\n'.repeat(20_000)}${'1,123456789018\n'.repeat(3)}`;
  await refused(late).toThrow('マイナンバー');
});

const text = (value: string) => `<si><t>${value}</t></si>`;

test('a workbook is read as its cells are shown: leading zeros, days, texts without their ruby', async () => {
  const file = workbookOf({
    strings: [
      text('宛名番号'),
      '<si><r><t>氏</t></r><r><t xml:space="preserve">名 </t></r><rPh sb="0" eb="1"><t>シメイ</t></rPh></si>',
      text('生年月日'),
      text('葛\u{E0100}\uE000 &amp; _x000D_'),
    ],
    formats: ['0000000000', '[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', '#,##0&quot;円&quot;'],
    rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><t>金額</t></is></c><c r="E1" t="str"><v>式</v></c></row>
      <row r="3"><c r="A3" s="1"><v>1234567</v></c><c r="B3" t="s"><v>3</v></c><c r="C3" s="2"><v>20091</v></c><c r="D3" s="3"><v>12500</v></c><c r="E3"><f>A3*2</f><v>1.2E11</v></c></row>
      <row r="4"><c r="A4" s="1"/></row>
      <row r="5"><c r="C5" t="b"><v>1</v></c></row>`,
  });
  expect(await readAll(file)).toEqual({
    kind: 'xlsx',
    encoding: null,
    headers: ['宛名番号', '氏名', '生年月日', '金額', '式'],
    rows: [
      [3, '0001234567', '葛\u{E0100}\uE000 & \r', '1955-01-02', '12500', '120000000000'],
      [5, '', '', 'TRUE', '', ''],
    ],
  });
});

test('a zip bomb is refused, whether its directory tells of it or lies', async () => {
  const rows = `<row r="1"><c t="inlineStr"><is><t>${'x'.repeat(1000)}</t></is></c></row>`.repeat(30_000);
  await refused(workbookOf({ rows, sheetClaims: 3_000_000_000 })).toThrow('大きくなりすぎる');
  await refused(workbookOf({ rows, sheetClaims: 5_000 })).toThrow('Excelのファイルとして読み取れません');
  await refused(
    workbookOf({ rows: `<row r="1"><c t="inlineStr"><is><t>${'x'.repeat(2_000_000)}</t></is></c></row>` }),
  ).toThrow('1行目のA列の文字が多すぎます');
  await refused(workbookOf({ rows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' })).toThrow(
    '1行目の列が多すぎます',
  );
});

test('a broken workbook is refused', async () => {
  const good = workbookOf({ rows: '<row r="1"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>' });
  await refused(good.subarray(0, 200)).toThrow('Excelのファイルとして読み取れません');
  await refused(workbookOf({ rows: '<row><c></row>' })).toThrow('Excelのファイルとして読み取れません');
  await refused(workbookOf({ rows: '<row><c><v>&bomb;</v></c></row>' })).toThrow(
    'Excelのファイルとして読み取れません',
  );
});
