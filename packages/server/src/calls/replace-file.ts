import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts `text` in place of the file at once: a reader, or a crash, sees the old one or the new one, never a half. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // A name of its own: two writers at once must not take each other's file away.
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, text, { flush: true });
  await rename(unfinished, path);
}
