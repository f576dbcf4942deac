import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processStartTicks } from '@madoguchi/telephony';

const PREFIX = 'madoguchi-bench-';
const MEMORY = '/dev/shm';
/** A round of 600 calls leaves about half a GB. */
const CAPTURE_BYTES = 2e9;

export async function makeTemporaryFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** In memory where there is room, so that a capture does not hold up the disk of PostgreSQL. */
export async function makeCaptureFolder(): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => null);
  const hasRoom = memory !== null && memory.bavail * memory.bsize > CAPTURE_BYTES;
  return await mkdtemp(join(hasRoom ? MEMORY : tmpdir(), `${PREFIX}${process.pid}-`));
}

/** What a killed bench left behind. */
export async function removeLeftovers(): Promise<void> {
  for (const parent of new Set([tmpdir(), MEMORY])) {
    for (const name of await readdir(parent).catch(() => [])) {
      const pid = name.startsWith(PREFIX) ? /^\d+/.exec(name.slice(PREFIX.length))?.[0] : undefined;
      if (pid === undefined || processStartTicks(Number(pid)) !== undefined) continue;
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}
