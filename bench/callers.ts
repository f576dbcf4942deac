import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { askProcess, endProcess } from './ask-process.ts';
import type { RoundPlan } from './call-plan.ts';
import { type CallerReport, CallerReportSchema } from './caller-messages.ts';
import { monotonicMs } from './monotonic.ts';

const CALLS_PER_PROCESS = 75;
const MOST_PROCESSES = 4;
/** How much longer than its plan a round may take until it counts as hanging. */
const PATIENCE_MS = 10_000;

/** Processes of their own that place the calls, so that their work is neither in the product's figures nor in our timing. */
export class Callers {
  readonly #processes: readonly ChildProcess[];

  constructor(calls: number) {
    this.#processes = Array.from(
      { length: Math.min(MOST_PROCESSES, Math.ceil(calls / CALLS_PER_PROCESS)) },
      () =>
        fork(join(import.meta.dirname, 'caller-process.ts'), {
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        }),
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
        askProcess(
          child,
          {
            originMs,
            server: { host: '127.0.0.1', port: sipPort },
            calls: plan.calls.filter(({ index }) => index % this.#processes.length === at),
          },
          CallerReportSchema,
          AbortSignal.any([signal, late]),
        ),
      ),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map(endProcess));
  }
}
