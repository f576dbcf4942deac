import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheRoot, dataRoot, processStartTicks } from '@madoguchi/telephony';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { preparePostgresBinaries } from './postgres-binaries.ts';
import { makeSocketDir, openWay, own } from './postgres-folders.ts';
import { stopLeftoverPostgres } from './postgres-leftover.ts';
import { POSTGRES_USER, postgresRunAs, type RunAs } from './postgres-user.ts';

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;
const SHARED_MEMORY_RETRY_MS = 200;
const SHARED_MEMORY_RETRIES = 50;
const READY_LINE = 'database system is ready to accept connections';

export type EmbeddedPostgresOptions =
  /** Data is kept in `<dataDir>/postgres-<major version>`. */
  | { readonly dataDir: string; readonly throwaway?: false }
  /** For tests: a folder of its own that is removed at stop, without fsync. */
  | { readonly throwaway: true };

export type EmbeddedPostgres = {
  /** `postgres://madoguchi@/postgres?host=<socket folder>`: for pg and Kysely. */
  readonly url: string;
  /** The postmaster's process id. */
  readonly pid: number;
  readonly dataDir: string;
  /** Resolves with the reason when the postmaster ends, for whatever cause. */
  readonly ended: Promise<string>;
  /** Fast shutdown: connections are closed, data is written. Ends within 20 s. Safe to call twice. */
  stop(): Promise<void>;
};

/**
 * Starts the PostgreSQL that npm brings, reachable only through a Unix socket in a folder that nobody else may enter.
 * A postmaster that an earlier, killed run left behind on the same data is stopped first. As root, it runs as the system
 * user `madoguchi`. The postmaster dies with this process even when that is killed.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const runAs = postgresRunAs();
  const throwaway = options.throwaway === true;
  const binaries = preparePostgresBinaries(cacheRoot());
  const home = throwaway ? makeThrowawayHome(runAs) : options.dataDir;
  mkdirSync(home, { recursive: true });
  if (runAs) openWay([home, binaries.binDir], [home, dataRoot(), cacheRoot()], runAs);
  const dataDir = join(home, `postgres-${binaries.majorVersion}`);

  await stopLeftoverPostgres(dataDir);
  const socketDir = makeSocketDir(home, dataDir, runAs);
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(binaries.binDir, dataDir, runAs, throwaway);
  const postmaster = await startPostmaster(binaries.binDir, dataDir, socketDir, runAs, throwaway);

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    postmaster.child.kill('SIGINT');
    const timer = setTimeout(() => postmaster.child.kill('SIGKILL'), STOP_LIMIT_MS);
    await postmaster.ended;
    clearTimeout(timer);
    rmSync(socketDir, { recursive: true, force: true });
    if (throwaway) rmSync(home, { recursive: true, force: true });
  };
  return {
    url: `postgres://${POSTGRES_USER}@/postgres?host=${encodeURIComponent(socketDir)}`,
    pid: postmaster.pid,
    dataDir,
    ended: postmaster.ended,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Folders of throwaway databases name their process, so that what a killed test run left can be told and removed. */
function makeThrowawayHome(runAs: RunAs | undefined): string {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^madoguchi-pg-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && processStartTicks(Number(pid)) === undefined) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
  const home = mkdtempSync(join(tmpdir(), `madoguchi-pg-${process.pid}-`));
  own(home, runAs, 0o700);
  return home;
}

async function initialise(binDir: string, dataDir: string, runAs: RunAs | undefined, throwaway: boolean) {
  // initdb fills a folder of another name, so that an interrupted run leaves no half database behind.
  const making = `${dataDir}.making`;
  rmSync(making, { recursive: true, force: true });
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new EmbeddedPostgresError('init-failed', `${dataDir} is not empty and holds no database`);
  }
  mkdirSync(making, { recursive: true });
  own(making, runAs, 0o700);
  const args = [
    ...['-D', making, '-U', POSTGRES_USER, '--encoding=UTF8', '--auth=trust'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--data-checksums'],
    ...(throwaway ? ['--no-sync'] : []),
  ];
  const child = spawn(join(binDir, 'initdb'), args, {
    ...runAs,
    cwd: making,
    env: quietEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = keepTail(child);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.on('close', (status) => resolve(status));
  child.on('error', () => resolve(null));
  if ((await promise) !== 0) {
    rmSync(making, { recursive: true, force: true });
    throw new EmbeddedPostgresError('init-failed', 'The database could not be created.', log());
  }
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(making, dataDir);
}

async function startPostmaster(
  binDir: string,
  dataDir: string,
  socketDir: string,
  runAs: RunAs | undefined,
  throwaway: boolean,
) {
  for (let retries = 0; ; retries++) {
    const child = spawnPostmaster(binDir, dataDir, socketDir, runAs, throwaway);
    const log = keepTail(child);
    const { promise: ended, resolve: end } = Promise.withResolvers<string>();
    child.on('exit', (status, signal) => end(`postgres ended (${signal ?? `status ${status}`})`));
    child.on('error', (error) => end(error.message));
    const outcome = await Promise.race([ended, untilReady(child)]);
    if (outcome === 'ready' && child.pid !== undefined) return { child, pid: child.pid, ended };
    child.kill('SIGQUIT');
    // Backends of a postmaster that was killed go by themselves within moments, and hold its shared memory until then.
    if (/shared memory block/.test(log()) && retries < SHARED_MEMORY_RETRIES) {
      await delay(SHARED_MEMORY_RETRY_MS);
      continue;
    }
    throw new EmbeddedPostgresError('start-failed', `The database could not be started: ${outcome}`, log());
  }
}

function spawnPostmaster(
  binDir: string,
  dataDir: string,
  socketDir: string,
  runAs: RunAs | undefined,
  throwaway: boolean,
): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0770',
    max_connections: '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Statements and details of errors hold what citizens said and dialled: they stay out of every log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(throwaway
      ? {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: '0',
        }
      : { fsync: 'on' }),
  };
  const args = [
    '-D',
    dataDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const program = join(binDir, 'postgres');
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
  // SIGINT is PostgreSQL's fast shutdown: it comes when this process is killed and can ask for nothing any more.
  const [command, ...before] = setpriv ? [setpriv, '--pdeathsig', 'INT', '--', program] : [program];
  return spawn(command ?? program, [...before, ...args], {
    ...runAs,
    cwd: dataDir,
    env: quietEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    // A Ctrl-C at the terminal must not stop the database before those who still write to it.
    detached: true,
  });
}

function untilReady(child: ChildProcess): Promise<'ready' | 'too slow'> {
  const { promise, resolve } = Promise.withResolvers<'ready' | 'too slow'>();
  const timer = setTimeout(() => resolve('too slow'), START_LIMIT_MS);
  let said = '';
  child.stderr?.on('data', (text: string) => {
    if (said === 'ready') return;
    said += text;
    if (!said.includes(READY_LINE)) return;
    said = 'ready';
    clearTimeout(timer);
    resolve('ready');
  });
  child.on('exit', () => clearTimeout(timer));
  return promise;
}

/** The last 4 KB that a child wrote to its error stream. */
function keepTail(child: ChildProcess): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-4096);
  });
  return () => tail.trim();
}

function quietEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
