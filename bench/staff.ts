import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { askProcess, endProcess } from './ask-process.ts';
import type { RoundPlan } from './call-plan.ts';
import { talkMsOf } from './plan-transfer.ts';
import { type StaffOrder, StaffReadySchema, type StaffReport, StaffReportSchema } from './staff-messages.ts';

/** The process of the staff's telephones. */
export class Staff {
  readonly #process: ChildProcess;
  /** Where the trunk leads. */
  readonly sipPort: number;

  private constructor(child: ChildProcess, sipPort: number) {
    this.#process = child;
    this.sipPort = sipPort;
  }

  static async start(signal: AbortSignal): Promise<Staff> {
    const child = fork(join(import.meta.dirname, 'staff-process.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      const [message] = await once(child, 'message', { signal });
      return new Staff(child, StaffReadySchema.parse(message).sipPort);
    } catch (error) {
      await endProcess(child);
      throw error;
    }
  }

  get pids(): readonly number[] {
    const { pid } = this.#process;
    return pid === undefined ? [] : [pid];
  }

  async begin(plan: RoundPlan, originMs: number, signal: AbortSignal): Promise<void> {
    const talkMs = talkMsOf(plan.steadyToMs - plan.steadyFromMs);
    await askProcess(
      this.#process,
      { what: 'begin', originMs, talkMs } satisfies StaffOrder,
      StaffReadySchema,
      signal,
    );
  }

  /** Everything about the round that is over. */
  async tell(signal: AbortSignal): Promise<StaffReport> {
    return await askProcess(this.#process, { what: 'tell' } satisfies StaffOrder, StaffReportSchema, signal);
  }

  stop(): Promise<void> {
    return endProcess(this.#process);
  }
}
