import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export type WrittenFile = { readonly sha256: string; readonly bytes: number };

/**
 * Writes a file that whoever looks into the folder sees whole or not at all: under a temporary name, on the disk, then renamed. A temporary name
 * begins with a dot and ends in `.part`. What cannot be finished is taken away.
 */
export async function writeWholeFile(
  path: string,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<WrittenFile> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const unfinished = `${folder}/.${randomUUID()}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    const file = await open(unfinished, 'wx', 0o640);
    try {
      for await (const piece of content) {
        hash.update(piece);
        bytes += piece.length;
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** So that the new name survives a power cut as well as the content. */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
