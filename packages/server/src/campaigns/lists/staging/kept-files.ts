import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { LIST_FILE_MAX_BYTES } from '../../../http/campaign-list-contract.ts';
import { Refusal } from '../../../http/index.ts';
import { ListFileError } from '../list-file-error.ts';
import type { ListFile } from '../reading/read-list.ts';
import { EncodingProbe, type ListEncoding } from '../reading/text-encoding.ts';

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
/** Compound files: .xls, and any workbook with a password. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const UTF_16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** Who sends more of what is refused than that does not get to read why. */
const MOST_LISTENED_TO_BYTES = 2 * LIST_FILE_MAX_BYTES;

/** The files of lists that are not accepted yet: one in `dir` for each, by its id, readable by us alone. */
export function createKeptFiles(dir: string) {
  const pathOf = (listId: string) => join(dir, listId);

  return {
    pathOf,

    /**
     * Takes a file in while it comes, finds out what it is, and removes it where it is of no use. What is refused is still listened to until its end,
     * since a browser reads no answer before it has sent all.
     * @throws ListFileError, Refusal 413
     */
    async keep(listId: string, body: AsyncIterable<Buffer>): Promise<ListFile> {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const path = pathOf(listId);
      let bytes = 0;
      let kind: 'csv' | 'xlsx' | null = null;
      const probe = new EncodingProbe();
      const objectionTo = (piece: Buffer): Error | null => {
        try {
          if (bytes > LIST_FILE_MAX_BYTES) return tooLarge();
          kind ??= kindOf(piece);
          if (kind === 'csv') probe.add(piece);
          return null;
        } catch (error) {
          if (error instanceof ListFileError) return error;
          throw error;
        }
      };
      const look = async function* (pieces: AsyncIterable<Buffer>) {
        let objection: Error | null = null;
        for await (const piece of pieces) {
          bytes += piece.length;
          objection ??= objectionTo(piece);
          if (objection === null) yield piece;
          else if (bytes > MOST_LISTENED_TO_BYTES) break;
        }
        if (objection !== null) throw objection;
      };
      try {
        await pipeline(body, look, createWriteStream(path, { mode: 0o600 }));
        if (bytes === 0) throw new ListFileError('ファイルが空です。別のファイルを選んでください。');
        const encoding: ListEncoding | null = kind === 'xlsx' ? null : probe.end();
        return { path, kind: kind ?? 'csv', encoding, bytes };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },

    async forget(listId: string): Promise<void> {
      await rm(pathOf(listId), { force: true });
    },

    /** Ids of the lists whose files are here, but those that were written to since. @param before ms since the epoch */
    async unchangedSince(before: number): Promise<readonly string[]> {
      const names = await readdir(dir).catch(noneIfGone);
      const changed = await Promise.all(
        names.map(async (name) => {
          const found = await stat(pathOf(name)).catch(noneIfGone);
          return Array.isArray(found) ? null : found.mtimeMs;
        }),
      );
      return names.filter((_, index) => (changed[index] ?? before) < before);
    },
  };
}

export type KeptFiles = ReturnType<typeof createKeptFiles>;

function kindOf(beginning: Buffer): 'csv' | 'xlsx' {
  const begins = (mark: Buffer) => beginning.subarray(0, mark.length).equals(mark);
  if (begins(ZIP)) return 'xlsx';
  if (begins(COMPOUND))
    throw new ListFileError(
      '古い形式（.xls）か、パスワードの付いたExcelのファイルは読み込めません。パスワードを外し、「Excel ブック（.xlsx）」の形式で保存し直してください。',
    );
  if (UTF_16.some(begins))
    throw new ListFileError(
      'この文字の形式（Unicode テキスト）は読み込めません。「CSV UTF-8」の形式で保存し直してください。',
    );
  return 'csv';
}

function noneIfGone(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}

function tooLarge(): Refusal {
  return new Refusal(
    413,
    'tooLarge',
    `ファイルが大きすぎます。${LIST_FILE_MAX_BYTES / 1024 / 1024}MBまでにしてください。`,
  );
}
