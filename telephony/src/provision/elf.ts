import { readFileSync } from 'node:fs';

export interface ElfNeeds {
  /** Names of the shared libraries that the loader must find, e.g. `libssl.so.3`. */
  readonly needed: readonly string[];
  /** The dynamic loader an executable asks for, e.g. `/lib64/ld-linux-x86-64.so.2`; absent in libraries. */
  readonly interpreter?: string;
}

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;

/**
 * Reads what a 64-bit little-endian ELF file needs from the dynamic loader (System V ABI, chapters 4 and 5).
 * Returns undefined for any other file, scripts for instance.
 */
export function readElfNeeds(path: string): ElfNeeds | undefined {
  const file = readFileSync(path);
  if (file.length < 64 || file.readUInt32BE(0) !== 0x7f454c46) return undefined;
  if (file[4] !== 2 || file[5] !== 1) return undefined;
  const tableOffset = Number(file.readBigUInt64LE(32));
  const entrySize = file.readUInt16LE(54);
  const entries = Array.from({ length: file.readUInt16LE(56) }, (_, index) => {
    const at = tableOffset + index * entrySize;
    return {
      kind: file.readUInt32LE(at),
      offset: Number(file.readBigUInt64LE(at + 8)),
      address: Number(file.readBigUInt64LE(at + 16)),
      size: Number(file.readBigUInt64LE(at + 32)),
    };
  });
  const text = (offset: number) => file.toString('latin1', offset, file.indexOf(0, offset));
  const interpreterEntry = entries.find((entry) => entry.kind === PT_INTERP);
  const interpreter = interpreterEntry && text(interpreterEntry.offset);
  const dynamic = entries.find((entry) => entry.kind === PT_DYNAMIC);
  if (!dynamic) return interpreter === undefined ? { needed: [] } : { needed: [], interpreter };

  const nameOffsets: number[] = [];
  let stringAddress = 0;
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    const tag = file.readBigUInt64LE(at);
    const value = Number(file.readBigUInt64LE(at + 8));
    if (tag === 0n) break;
    if (tag === DT_NEEDED) nameOffsets.push(value);
    if (tag === DT_STRTAB) stringAddress = value;
  }
  const holder = entries.find(
    (entry) =>
      entry.kind === PT_LOAD && stringAddress >= entry.address && stringAddress < entry.address + entry.size,
  );
  const stringOffset = holder ? stringAddress - holder.address + holder.offset : stringAddress;
  const needed = nameOffsets.map((offset) => text(stringOffset + offset));
  return interpreter === undefined ? { needed } : { needed, interpreter };
}
