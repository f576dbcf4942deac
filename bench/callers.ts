import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RoundPlan } from './call-plan.ts';
import { type CallerOrder, type CallerReport, CallerReportSchema } from './caller-messages.ts';
import { monotonicMs } from './monotonic.ts';

const CALLS_PER_PROCESS = 75;
/** How much longer than its plan a round may take until it counts as hanging. */
const PATIENCE_MS = 10_000;

/** Processes of their own that place the calls, so that their work is neither in the product's figures nor in our timing. */
export class Callers {
  readonly #processes: readonly ChildProcess[];

  constructor(calls: number) {
    this.#processes = Array.from({ length: Math.ceil(calls / CALLS_PER_PROCESS) }, () =>
      fork(join(import.meta.dirname, 'caller-process.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    );
  }

  get pids(): readonly number[] {
    return this.#processes.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /** Places all calls of the round from `originMs` on. Rejects where a process ends, hangs, or `signal` is aborted. */
  async makeRound(
    plan: RoundPlan,
    sipPort: number,
    originMs: number,
    signal: AbortSignal,
  ): Promise<readonly CallerReport[]> {
    const late = AbortSignal.timeout(Math.ceil(originMs + plan.giveUpAtMs - monotonicMs() + PATIENCE_MS));
    return await Promise.all(
      this.#processes.map((child, at) =>
        ask(
          child,
          {
            originMs,
            server: { host: '127.0.0.1', port: sipPort },
            calls: plan.calls.filter(({ index }) => index % this.#processes.length === at),
          },
          AbortSignal.any([signal, late]),
        ),
      ),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#processes.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
  }
}

async function ask(child: ChildProcess, order: CallerOrder, signal: AbortSignal): Promise<CallerReport> {
  const ended = new AbortController();
  const end = () => ended.abort(new Error('a process of callers ended'));
  child.once('exit', end);
  try {
    const answer = once(child, 'message', { signal: AbortSignal.any([signal, ended.signal]) });
    child.send(order);
    const [message] = await answer;
    return CallerReportSchema.parse(message);
  } finally {
    child.off('exit', end);
  }
}
