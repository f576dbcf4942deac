import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeConfiguration } from './configuration.ts';
import type { AsteriskSettings, AsteriskTools } from './settings.ts';

/**
 * Where Linux's util-linux has it, the engine is scheduled as SCHED_BATCH (sched(7)): its hundreds of threads, which all wake every 20 ms,
 * then do not interrupt whoever is running, so that the process that tells it what comes next gets to its turn (docs/benchmarks.md).
 */
const CHRT = '/usr/bin/chrt';

/** Program and arguments that run the Asterisk configured below `dir` in the foreground. */
export function asteriskCommandLine(tools: AsteriskTools, dir: string): readonly [string, ...string[]] {
  const [program, ...first] = tools.command;
  if (program === undefined) throw new RangeError('the Asterisk command is empty');
  const line = [program, ...first, '-f', '-C', join(dir, 'etc/asterisk.conf')] as const;
  return existsSync(CHRT) ? [CHRT, '--batch', '0', ...line] : line;
}

export function ariUrlOf(settings: Pick<AsteriskSettings, 'ariPort'>): string {
  return `http://127.0.0.1:${settings.ariPort}/ari`;
}

/** True once ARI answers 200; before that it refuses or answers 404 for a moment. */
export async function asteriskIsReady(
  settings: Pick<AsteriskSettings, 'ariPort' | 'ariPassword'>,
): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`madoguchi:${settings.ariPassword}`).toString('base64')}`;
  try {
    const reply = await fetch(`${ariUrlOf(settings)}/asterisk/info?only=status`, {
      headers: { authorization },
      signal: AbortSignal.timeout(1000),
    });
    await reply.arrayBuffer();
    return reply.status === 200;
  } catch {
    return false;
  }
}

export type RunningAsterisk = {
  readonly pid: number;
  readonly settings: AsteriskSettings;
  readonly dir: string;
  readonly ariUrl: string;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it as an operator would (SIGTERM), after 5 s by force. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill9(): Promise<void>;
};

/**
 * Writes the configuration, starts Asterisk and resolves when ARI answers. For tests and the bench; in production
 * the supervisor starts `asteriskCommandLine` and asks `asteriskIsReady`.
 *
 * @throws Error when the process ends or does not answer within 20 s.
 */
export async function startAsterisk(order: {
  readonly tools: AsteriskTools;
  readonly dir: string;
  readonly settings: AsteriskSettings;
}): Promise<RunningAsterisk> {
  const { tools, dir, settings } = order;
  await writeConfiguration(dir, settings, tools);
  const [program, ...args] = asteriskCommandLine(tools, dir);
  const child = spawn(program, args, { stdio: 'ignore' });
  const ended = endOf(child);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const deadline = performance.now() + 20_000;
  while (!(await asteriskIsReady(settings))) {
    if (over || child.pid === undefined) throw new Error('Asterisk ended at its start; see its log folder');
    if (performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error('Asterisk did not answer on ARI within 20 s');
    }
    await pause(20);
  }
  if (child.pid === undefined) throw new Error('Asterisk did not start');
  return {
    pid: child.pid,
    settings,
    dir,
    ariUrl: ariUrlOf(settings),
    ended,
    async stop() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(force);
    },
    async kill9() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await Promise.race([once(child, 'exit'), once(child, 'error')]);
}
