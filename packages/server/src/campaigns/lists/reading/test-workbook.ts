import { crc32, deflateRawSync } from 'node:zlib';

/** A part of a zip; `claims` is the length that its directory states. */
export type Part = { readonly name: string; readonly content: Buffer; readonly claims?: number };

/** A zip of deflated parts (PKWARE APPNOTE 4.3), as a workbook is: for tests only. */
export function zipOf(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims = content.length } of parts) {
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const head = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name)]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name)]),
    );
    local.push(head, packed);
    offset += head.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, listed, end]);
}

/** A workbook with this sheet (XML of its rows), these shared texts (XML of `si`) and these formats of its cells by number. */
export function workbookOf(options: {
  readonly rows: string;
  readonly strings?: readonly string[];
  readonly formats?: readonly string[];
  readonly sheetClaims?: number;
}): Buffer {
  const { rows, strings = [], formats = [], sheetClaims } = options;
  const xml = (name: string, text: string, claims?: number): Part => ({
    name,
    content: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`),
    ...(claims === undefined ? {} : { claims }),
  });
  const numFmts = formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code}"/>`).join('');
  const xfs = formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`).join('');
  return zipOf([
    xml(
      'xl/workbook.xml',
      '<workbook xmlns:r="urn:r"><sheets><sheet name="隠" state="hidden" r:id="rId9"/><sheet name="名簿" r:id="rId1"/></sheets></workbook>',
    ),
    xml(
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="rId1" Type="urn:worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="urn:x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
    ),
    xml(
      'xl/styles.xml',
      `<styleSheet><numFmts>${numFmts}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${xfs}</cellXfs></styleSheet>`,
    ),
    xml('xl/sharedStrings.xml', `<sst>${strings.join('')}</sst>`),
    xml('xl/worksheets/sheet1.xml', `<worksheet><sheetData>${rows}</sheetData></worksheet>`, sheetClaims),
  ]);
}
