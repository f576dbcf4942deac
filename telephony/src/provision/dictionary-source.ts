import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HEADER_BYTES = 72;
const TOKEN_BYTES = 16;
const MAGIC = 0xef718f77;
const VERSION = 102;

const DICRC = `cost-factor = 700
bos-feature = BOS/EOS,*,*,*,*,*,*,*,*
config-charset = UTF-8
dictionary-charset = UTF-8
`;

/**
 * Turns a compiled MeCab dictionary (UTF-8, format version 102) back into the text that `mecab-dict-index` reads. Debian's
 * package has no sources, and a word of the staff can only be added by compiling everything again.
 * Layout of sys.dic: 72 bytes of header, a double array (surface to tokens), 16-byte tokens, features as C strings.
 */
export function dictionaryAsCsv(dictionary: Buffer): string[] {
  const word = (index: number) => dictionary.readUInt32LE(index * 4);
  if ((word(0) ^ MAGIC) >>> 0 !== dictionary.length || word(1) !== VERSION) {
    throw new Error('not a compiled MeCab dictionary of version 102');
  }
  const arrayBytes = word(6);
  const tokensAt = HEADER_BYTES + arrayBytes;
  const featuresAt = tokensAt + word(7);
  const units = new Int32Array(arrayBytes / 4);
  for (let index = 0; index < units.length; index++)
    units[index] = dictionary.readInt32LE(HEADER_BYTES + index * 4);
  const baseOf = (node: number) => units[node * 2] ?? 0;
  const checkOf = (node: number) => units[node * 2 + 1] ?? 0;

  const lines: string[] = [];
  const key = Buffer.alloc(4096);
  const take = (keyLength: number, value: number) => {
    const surface = key.toString('utf8', 0, keyLength);
    const quoted = /[",]/.test(surface) ? `"${surface.replaceAll('"', '""')}"` : surface;
    const first = value >>> 8;
    for (let token = first; token < first + (value & 0xff); token++) {
      const at = tokensAt + token * TOKEN_BYTES;
      const featureAt = featuresAt + dictionary.readUInt32LE(at + 8);
      const feature = dictionary.toString('utf8', featureAt, dictionary.indexOf(0, featureAt));
      const ids = `${dictionary.readUInt16LE(at)},${dictionary.readUInt16LE(at + 2)},${dictionary.readInt16LE(at + 6)}`;
      lines.push(`${quoted},${ids},${feature}\n`);
    }
  };
  const walk = (base: number, keyLength: number) => {
    if (checkOf(base) === base && baseOf(base) < 0) take(keyLength, -baseOf(base) - 1);
    for (let byte = 0; byte < 256; byte++) {
      const next = base + byte + 1;
      if (next * 2 + 1 >= units.length || checkOf(next) !== base) continue;
      key[keyLength] = byte;
      walk(baseOf(next), keyLength + 1);
    }
  };
  walk(baseOf(0), 0);
  return lines;
}

/** Writes everything that a rebuild needs beside the staff's own `.csv`: base.csv, dicrc and the definition files. */
export function writeDictionarySource(dictionaryDir: string, sourceDir: string): void {
  mkdirSync(sourceDir, { recursive: true });
  const lines = dictionaryAsCsv(readFileSync(join(dictionaryDir, 'sys.dic')));
  writeFileSync(join(sourceDir, 'base.csv'), lines.join(''));
  writeFileSync(join(sourceDir, 'dicrc'), DICRC);
  for (const name of readdirSync(dictionaryDir)) {
    if (name !== 'sys.dic' && name !== 'dicrc')
      copyFileSync(join(dictionaryDir, name), join(sourceDir, name));
  }
}
