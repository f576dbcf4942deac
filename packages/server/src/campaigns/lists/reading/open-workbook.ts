import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ListFileError } from '../list-file-error.ts';

/** An .xlsx of 200,000 rows and 20 columns inflates to about 300 MB. */
const INFLATED_MAX_BYTES = 600 * 1024 * 1024;
const ENTRIES_MAX = 1_000;

/** A workbook's parts, by name. Opened from a file, since the directory of a zip stands at its end. */
export type Workbook = {
  has(name: string): boolean;
  /** Length as the directory states it; a part that is longer or shorter fails while it is read. */
  inflatedBytes(name: string): number;
  open(name: string): Promise<Readable>;
  close(): void;
};

/** @throws ListFileError where it is no zip, or would inflate to more than any list needs (zip bomb). */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw broken();
  });
  try {
    const entries = await readDirectory(zip);
    return {
      has: (name) => entries.has(name),
      inflatedBytes: (name) => entries.get(name)?.uncompressedSize ?? 0,
      async open(name) {
        const entry = entries.get(name);
        if (entry === undefined) throw broken();
        return await zip.openReadStreamPromise(entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof ListFileError ? error : broken();
  }
}

async function readDirectory(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > ENTRIES_MAX) throw tooBig();
  const entries = new Map<string, Entry>();
  let inflated = 0;
  for await (const entry of zip.eachEntry()) {
    inflated += entry.uncompressedSize;
    if (inflated > INFLATED_MAX_BYTES) throw tooBig();
    entries.set(entry.fileName, entry);
  }
  return entries;
}

export function broken(): ListFileError {
  return new ListFileError(
    'Excelのファイルとして読み取れません。Excelで開き、「Excel ブック（.xlsx）」の形式で保存し直してください。',
  );
}

function tooBig(): ListFileError {
  return new ListFileError(
    'Excelのファイルを開くと大きくなりすぎるため、読み込めません。必要な行と列だけにするか、「CSV UTF-8」の形式で保存してください。',
  );
}
