import { open, readFile, truncate } from 'node:fs/promises';
import { z } from 'zod';

export const ReceivedTextSchema = z.object({
  /** 1 for the first text ever received by this store. */
  number: z.int().positive(),
  receivedAt: z.iso.datetime({ offset: true }),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  parts: z.int().positive(),
  dataCoding: z.int(),
  partsWellFormed: z.boolean(),
  messageIds: z.array(z.string()).readonly(),
});
export type ReceivedText = z.infer<typeof ReceivedTextSchema>;

/** The file does not hold what this store writes; it is left as it is. */
export class ReceivedTextsFileError extends Error {
  readonly code = 'receivedTextsUnreadable';
  readonly line: number;
  constructor(line: number) {
    super(`the file of received texts is unreadable in line ${line}`);
    this.line = line;
  }
}

/** Received texts in a file of JSON lines; `add` resolves when the line is on the disk. */
export interface ReceivedTexts {
  readonly newestFirst: readonly ReceivedText[];
  add(text: Omit<ReceivedText, 'number'>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the store; a last line that a crash left unfinished is cut off, for its submit was never answered.
 * @throws ReceivedTextsFileError
 */
export async function openReceivedTexts(path: string): Promise<ReceivedTexts> {
  const texts = await readTexts(path);
  const file = await open(path, 'a', 0o600);
  let queue: { readonly line: string; readonly done: PromiseWithResolvers<void> }[] = [];
  let writing: Promise<void> | null = null;

  async function writeQueue(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      try {
        await file.appendFile(batch.map(({ line }) => line).join(''));
        await file.datasync();
        for (const { done } of batch) done.resolve();
      } catch (error) {
        for (const { done } of batch) done.reject(error);
      }
    }
    writing = null;
  }

  return {
    get newestFirst() {
      return texts.toReversed();
    },
    add(text) {
      const numbered = { number: texts.length + 1, ...text };
      texts.push(numbered);
      const done = Promise.withResolvers<void>();
      queue.push({ line: `${JSON.stringify(numbered)}\n`, done });
      writing ??= writeQueue();
      return done.promise;
    },
    async close() {
      await writing;
      await file.close();
    },
  };
}

async function readTexts(path: string): Promise<ReceivedText[]> {
  let content: Buffer;
  try {
    content = await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  const end = content.lastIndexOf('\n') + 1;
  if (end < content.length) await truncate(path, end);
  const lines = content.toString('utf8', 0, end).split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const parsed = ReceivedTextSchema.safeParse(parseJson(line));
    if (!parsed.success) throw new ReceivedTextsFileError(index + 1);
    return parsed.data;
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
