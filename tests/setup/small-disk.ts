import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A real file system of a few megabytes. */
export type SmallDisk = {
  /** Its root. */
  readonly path: string;
  /** Writes until not a byte more goes in. */
  fill(): Promise<void>;
  /** Gives back what `fill` took. */
  empty(): Promise<void>;
  close(): Promise<void>;
};

/**
 * A memory file system in a mount name space of its own, which the kernel lets ordinary users make too; it is reached by way of the process
 * that holds it, and is gone with that process.
 */
export async function openSmallDisk(sizeBytes: number): Promise<SmallDisk> {
  const script = `mount -t tmpfs -o size=${sizeBytes},mode=700 none /mnt && echo mounted && exec cat`;
  const holder = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(holder, 'exit');
  const [said] = await Promise.race([once(holder.stdout, 'data'), exited]);
  if (String(said).trim() !== 'mounted') throw new Error('this machine allows no file system of our own');
  const path = `/proc/${holder.pid}/root/mnt`;
  const filler = join(path, 'filler');
  return {
    path,
    async fill() {
      const file = await open(filler, 'a');
      try {
        for (const bytes of [1 << 20, 1 << 12]) await writeWhileItTakes(file, Buffer.alloc(bytes));
      } finally {
        await file.close();
      }
    },
    empty: () => rm(filler, { force: true }),
    async close() {
      holder.stdin.end();
      await exited;
    },
  };
}

async function writeWhileItTakes(file: Awaited<ReturnType<typeof open>>, piece: Buffer): Promise<void> {
  for (;;) {
    try {
      const { bytesWritten } = await file.write(piece);
      if (bytesWritten < piece.length) return;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return;
      throw error;
    }
  }
}
