import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How much room there is for recordings: `low` while staff still have time to make some, `full` when nothing can be kept. */
export type RecordingSpace = 'enough' | 'low' | 'full';

/** Both numbers together: five percent of a large disk are days of talk, those of a small one are minutes. */
const LOW_PART = 0.05;
const LOW_BYTES = 2 ** 30;
/** Eight minutes of one talk: calls that are going on take it before anybody could act. */
const FULL_BYTES = 16 * 2 ** 20;

const PROBE = '.room-probe';
const PROBE_BYTES = 4_096;

/** @param disk bytes; `free` is what an ordinary user may still take. */
export function recordingSpaceOf(disk: {
  readonly free: number;
  readonly total: number;
  readonly takesBytes: boolean;
}): RecordingSpace {
  if (!disk.takesBytes || disk.free < FULL_BYTES) return 'full';
  return disk.free < Math.max(LOW_BYTES, disk.total * LOW_PART) ? 'low' : 'enough';
}

/** Looks at the disk below the folder, and tries it: a quota and a disk that became read-only do not show in its free space. */
export async function readRecordingSpace(folder: string): Promise<RecordingSpace> {
  const { bsize, bavail, blocks } = await statfs(folder);
  return recordingSpaceOf({
    free: bavail * bsize,
    total: blocks * bsize,
    takesBytes: await takesBytes(join(folder, PROBE)),
  });
}

async function takesBytes(path: string): Promise<boolean> {
  try {
    await writeFile(path, Buffer.alloc(PROBE_BYTES), { mode: 0o600 });
    return true;
  } catch {
    // Whatever the reason, a recording would meet it too.
    return false;
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}
