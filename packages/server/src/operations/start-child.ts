import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { signalProcess } from './pid-file.ts';
import type { RunningPart, StartOrder } from './supervisor.ts';
import { SupervisorError } from './supervisor-error.ts';

const READY_POLL_MS = 50;
const TAIL_LINES = 20;

export type ChildSpec = {
  readonly name: string;
  readonly command: string;
  readonly args?: readonly string[];
  /** The whole environment; default: ours. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** A line of its output, or a question asked every 50 ms (a rejection counts as no). Default: ready once it runs. */
  readonly readyWhen?: RegExp | (() => Promise<boolean>);
  /** Default 30 s. */
  readonly readyLimitMs?: number;
  /** Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** After so long it is killed. Default 10 s. */
  readonly killAfterMs?: number;
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  readonly onExit?: (exit: ChildExit) => void;
};

export type ChildExit = {
  readonly pid: number;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
};

/**
 * Starts a program that cannot outlive this process, even when this process is killed: the kernel then kills it
 * (PR_SET_PDEATHSIG by setpriv(1)), or, where there is no setpriv, a shell that waits for our end of a pipe does. It leads
 * a process group of its own: Ctrl-C at the terminal does not reach it, what it leaves behind is killed with it.
 * Resolves when it is ready; throws SupervisorError 'start-failed' or 'not-ready'.
 */
export async function startChild(
  spec: ChildSpec,
  order: Partial<StartOrder> = {},
): Promise<RunningPart & { readonly pid: number }> {
  const child = spawnGuarded(spec);
  if (child.pid !== undefined) order.onPid?.(child.pid);
  const { promise: ended, resolve: end } = Promise.withResolvers<string>();
  const tail: string[] = [];
  const { promise: lineSeen, resolve: seeLine } = Promise.withResolvers<'ready'>();
  const isReadyLine = spec.readyWhen instanceof RegExp ? spec.readyWhen : undefined;
  for (const stream of ['stdout', 'stderr'] as const) {
    const source = child[stream];
    if (!source) continue;
    createInterface({ input: source }).on('line', (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      if (isReadyLine?.test(line)) seeLine('ready');
      spec.onLine?.(line, stream);
    });
  }
  child.on('error', (error) => end(error.message));
  child.on('exit', (status, signal) => {
    const pid = child.pid ?? 0;
    signalProcess(-pid, 'SIGKILL');
    spec.onExit?.({ pid, status, signal });
    end(`${signal ?? `status ${status}`}`);
  });
  const stop = async () => {
    child.kill(spec.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), spec.killAfterMs ?? 10_000);
    await ended;
    clearTimeout(timer);
  };

  const asking = new AbortController();
  const limit = Promise.withResolvers<'too slow'>();
  const timer = setTimeout(() => limit.resolve('too slow'), spec.readyLimitMs ?? 30_000);
  const giveUp = () => void stop();
  order.signal?.addEventListener('abort', giveUp, { once: true });
  const ready = isReadyLine ? lineSeen : untilTrue(spec.readyWhen, asking.signal);
  const outcome = await Promise.race([ready, ended.then(() => 'ended' as const), limit.promise]);
  clearTimeout(timer);
  asking.abort();
  order.signal?.removeEventListener('abort', giveUp);
  const { pid } = child;
  if (outcome === 'ready' && pid !== undefined) return { pid, ended, stop };
  if (outcome === 'too slow') child.kill('SIGKILL');
  const reason = await ended;
  throw new SupervisorError(
    outcome === 'too slow' ? 'not-ready' : 'start-failed',
    spec.name,
    `${spec.name}: ${outcome === 'too slow' ? 'not ready in time' : `ended at its start (${reason})`}\n${tail.join('\n')}`.trim(),
  );
}

async function untilTrue(ask: ChildSpec['readyWhen'], signal: AbortSignal): Promise<'ready'> {
  while (typeof ask === 'function' && !signal.aborted) {
    const answer = await ask().then(
      (yes) => yes,
      () => false,
    );
    if (answer) break;
    await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
  }
  return 'ready';
}

function spawnGuarded(spec: ChildSpec): ChildProcess {
  const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
  const program = [spec.command, ...(spec.args ?? [])];
  const [command = spec.command, ...args] = setpriv
    ? [setpriv, '--pdeathsig', 'KILL', '--', ...program]
    : program;
  const child = spawn(command, args, {
    cwd: spec.cwd,
    env: spec.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
  });
  if (!setpriv && child.pid !== undefined) guardByPipe(child, child.pid);
  return child;
}

/** A shell that reads a pipe which only we hold open: when we are gone the read ends, and it kills the child's group. */
export function guardByPipe(child: ChildProcess, pid: number): void {
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -9 "-$1" || kill -9 "$1"', 'guard', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  child.on('exit', () => guard.kill('SIGKILL'));
}
