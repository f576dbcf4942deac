import {
  appendFile,
  type FileHandle,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  truncate,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Batch, BatchSchema } from './call-record.ts';

/**
 * Where events wait while PostgreSQL is away: one JSON batch a line, forced to the disk before anybody relies on it.
 * A last line that a crash or a full disk cut short is taken off: nobody had been told that it was kept.
 */
export type Spool = {
  /** True while there is something that PostgreSQL does not have yet. */
  readonly waiting: boolean;
  /** Keeps a batch; resolves when it is on the disk. */
  keep(batch: Batch): Promise<void>;
  /** Every kept batch, oldest first; stays where it is. */
  batches(): Promise<readonly Batch[]>;
  /**
   * Gives every kept batch, oldest first, to `write`; forgets them only when all were written. Batches may be kept meanwhile: they lie in
   * a file of their own, wait for the next drain and are not held up by this one.
   */
  drain(write: (batch: Batch) => Promise<void>): Promise<void>;
  /** Keeps a batch that PostgreSQL will never take, in a file beside the spool, for the operator. */
  setAside(batch: Batch): Promise<void>;
  close(): Promise<void>;
};

export async function openSpool(path: string): Promise<Spool> {
  await mkdir(dirname(path), { recursive: true });
  const draining = `${path}.draining`;
  await cutUnfinishedLine(path);
  let file: FileHandle = await open(path, 'a');
  let size = await sizeOf(path);
  let waiting = size > 0 || (await sizeOf(draining)) > 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One after another: a line must not be written to a file that is being put away. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }

  async function append(line: Buffer): Promise<void> {
    try {
      await file.appendFile(line);
      await file.datasync();
    } catch (error) {
      await file.truncate(size);
      throw error;
    }
    size += line.length;
    waiting = true;
  }

  async function putAway(): Promise<void> {
    // What an interrupted drain left is older than everything in the spool itself.
    if ((await sizeOf(draining)) > 0) return;
    await file.close();
    await rename(path, draining);
    file = await open(path, 'a');
    size = 0;
  }

  return {
    get waiting() {
      return waiting;
    },
    async keep(batch) {
      const line = Buffer.from(`${JSON.stringify(batch)}\n`);
      await inTurn(() => append(line));
    },
    async batches() {
      const texts = await Promise.all(
        [draining, path].map(async (each) => ((await sizeOf(each)) > 0 ? await readFile(each, 'utf8') : '')),
      );
      return texts.flatMap((text) => [...parseLines(text)]);
    },
    async drain(write) {
      await inTurn(putAway);
      for (const batch of parseLines(await readFile(draining, 'utf8'))) await write(batch);
      await rm(draining);
      waiting = size > 0;
    },
    async setAside(batch) {
      await appendFile(`${path}.refused`, `${JSON.stringify(batch)}\n`, { flush: true });
    },
    async close() {
      await inTurn(() => file.close());
    },
  };
}

function* parseLines(text: string): Generator<Batch> {
  for (const line of text.split('\n')) if (line !== '') yield BatchSchema.parse(JSON.parse(line));
}

async function cutUnfinishedLine(path: string): Promise<void> {
  if ((await sizeOf(path)) === 0) return;
  const bytes = await readFile(path);
  const end = bytes.lastIndexOf('\n') + 1;
  if (end < bytes.length) await truncate(path, end);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}
