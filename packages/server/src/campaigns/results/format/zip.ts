import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

export type ZipEntry = { readonly name: string; readonly content: AsyncIterable<Buffer> | Iterable<Buffer> };

/** Sizes follow the content (bit 3); method 8, deflate. 1980-01-01: the same content is the same file. */
const FLAGS = 0x0008;
const DEFLATE = 8;
const DOS_DAY = 0x0021;
const VERSION = 20;

/**
 * A ZIP file (PKWARE APPNOTE 6.3.3) without holding an entry in memory. Names are ASCII. No entry may reach 4 GiB: an XLSX ends long before.
 * Each piece of content is deflated by itself, off the event loop, and ends on a byte (Z_SYNC_FLUSH), so that the pieces follow one another.
 */
export async function* zipped(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const nameBytes = Buffer.from(name, 'ascii');
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(VERSION, 4);
    header.writeUInt16LE(FLAGS, 6);
    header.writeUInt16LE(DEFLATE, 8);
    header.writeUInt16LE(DOS_DAY, 12);
    header.writeUInt16LE(nameBytes.length, 26);
    yield Buffer.concat([header, nameBytes]);
    let crc = 0;
    let size = 0;
    let packedSize = 0;
    for await (const piece of content) {
      crc = crc32(piece, crc);
      size += piece.length;
      const packed = await deflate(piece, { finishFlush: constants.Z_SYNC_FLUSH });
      packedSize += packed.length;
      yield packed;
    }
    const last = await deflate(Buffer.alloc(0));
    packedSize += last.length;
    yield last;
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc, 4);
    descriptor.writeUInt32LE(packedSize, 8);
    descriptor.writeUInt32LE(size, 12);
    yield descriptor;
    directory.push(directoryEntry({ nameBytes, crc, size, packedSize, offset }));
    offset += header.length + nameBytes.length + packedSize + descriptor.length;
  }
  yield* directory;
  yield endOf(directory, offset);
}

function directoryEntry(entry: {
  readonly nameBytes: Buffer;
  readonly crc: number;
  readonly size: number;
  readonly packedSize: number;
  readonly offset: number;
}): Buffer {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(VERSION, 4);
  record.writeUInt16LE(VERSION, 6);
  record.writeUInt16LE(FLAGS, 8);
  record.writeUInt16LE(DEFLATE, 10);
  record.writeUInt16LE(DOS_DAY, 14);
  record.writeUInt32LE(entry.crc, 16);
  record.writeUInt32LE(entry.packedSize, 20);
  record.writeUInt32LE(entry.size, 24);
  record.writeUInt16LE(entry.nameBytes.length, 28);
  record.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([record, entry.nameBytes]);
}

function endOf(directory: readonly Buffer[], offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, record) => sum + record.length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return end;
}
