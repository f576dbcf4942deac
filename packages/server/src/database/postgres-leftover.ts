import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processStartTicks } from '@madoguchi/telephony';
import { EmbeddedPostgresError } from './embedded-error.ts';

const STOP_LIMIT_MS = 20_000;
const POLL_MS = 20;

/**
 * Stops whatever PostgreSQL an earlier, killed run left on this data folder, and removes its stale `postmaster.pid`.
 * A process counts as left over when it is a `postgres` that works in exactly this folder. Throws 'data-in-use' when the
 * program that started it still lives: then it is no leftover.
 */
export async function stopLeftoverPostgres(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const left = postgresProcessesIn(dataDir);
  const postmaster = left.find((process) => process.isPostmaster);
  if (postmaster && isRunByNode(postmaster.pid)) {
    throw new EmbeddedPostgresError(
      'data-in-use',
      `このデータベースは別の窓口 (プロセス ${postmaster.parentPid}) が使っています。\n` +
        `This database is in use by another Madoguchi (process ${postmaster.parentPid}): ${dataDir}`,
    );
  }
  if (postmaster) signal(postmaster.pid, 'SIGINT');
  else for (const { pid } of left) signal(pid, 'SIGQUIT');
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const remaining = postgresProcessesIn(dataDir);
    if (remaining.length === 0) break;
    if (waitedMs >= STOP_LIMIT_MS) for (const { pid } of remaining) signal(pid, 'SIGKILL');
    await delay(POLL_MS);
  }
  rmSync(pidFile, { force: true });
}

type PostgresProcess = { readonly pid: number; readonly parentPid: number; readonly isPostmaster: boolean };

function postgresProcessesIn(dataDir: string): PostgresProcess[] {
  const found = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || linkOf(`/proc/${pid}/cwd`) !== dataDir) continue;
    // The kernel marks a program whose file was replaced meanwhile.
    const program = basename(linkOf(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
    if (program === 'postgres' && processStartTicks(pid) !== undefined) found.set(pid, parentOf(pid));
  }
  return [...found].map(([pid, parentPid]) => ({
    pid,
    parentPid,
    isPostmaster: !found.has(parentPid) && !isBackend(pid),
  }));
}

/** Backends rewrite their title to `postgres: …`; the postmaster keeps its command line. */
function isBackend(pid: number): boolean {
  return textOf(`/proc/${pid}/cmdline`).startsWith('postgres: ');
}

function isRunByNode(pid: number): boolean {
  const parentPid = parentOf(pid);
  return parentPid > 1 && basename(linkOf(`/proc/${parentPid}/exe`)).startsWith('node');
}

function parentOf(pid: number): number {
  const stat = textOf(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Processes come and go while they are looked at: one that is gone, or somebody else's, reads as empty. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
