import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isSameProcess, processStartTicks } from '../process-identity.ts';
import { ProvisionError } from './provision-error.ts';

const WAIT_LIMIT_MS = 15 * 60_000;
const POLL_MS = 150;

/**
 * Holds a lock file while the work runs. A second process waits for the first; the lock of a process that is dead is
 * taken over. Throws ProvisionError 'lock-timeout' after 15 minutes.
 */
export async function withLockFile<T>(
  path: string,
  work: () => Promise<T>,
  onWait: (holderPid: number) => void = () => undefined,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${process.pid} ${processStartTicks(process.pid) ?? 0}\n`;
  for (let waitedMs = 0, told = false; !tryCreate(path, mine); ) {
    const held = readIfThere(path);
    const [pid = 0, startTicks = 0] = (held ?? '').split(' ').map(Number);
    if (held !== undefined && held !== '' && !isSameProcess({ pid, startTicks })) {
      takeOver(path, held);
      continue;
    }
    if (waitedMs >= WAIT_LIMIT_MS) {
      throw new ProvisionError('lock-timeout', {
        ja: `ほかの準備処理 (プロセス ${pid}) が終わりません。`,
        en: `Another provisioning run (process ${pid}) does not end.`,
        detail: path,
      });
    }
    if (!told) onWait(pid);
    told = true;
    await delay(POLL_MS);
    waitedMs += POLL_MS;
  }
  try {
    return await work();
  } finally {
    if (readIfThere(path) === mine) rmSync(path, { force: true });
  }
}

function tryCreate(path: string, content: string): boolean {
  // Written aside and linked, so that nobody ever reads a lock that is still empty.
  const aside = `${path}.${process.pid}`;
  rmSync(aside, { force: true });
  const file = openSync(aside, 'wx', 0o644);
  writeSync(file, content);
  closeSync(file);
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function takeOver(path: string, stale: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  // Somebody may have taken it over first: what we moved away is then alive and goes back.
  if (readIfThere(aside) !== stale) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
