import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { askProcess, endProcess } from './ask-process.ts';
import {
  type CitizenOrder,
  CitizensReadySchema,
  type CitizensReport,
  CitizensReportSchema,
} from './citizen-messages.ts';

/** The process of the citizens' telephones, to which the trunk leads. */
export class Citizens {
  readonly #process: ChildProcess;
  readonly sipPort: number;

  private constructor(child: ChildProcess, sipPort: number) {
    this.#process = child;
    this.sipPort = sipPort;
  }

  static async start(signal: AbortSignal): Promise<Citizens> {
    const child = fork(join(import.meta.dirname, 'citizens-process.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    try {
      const [message] = await once(child, 'message', { signal });
      return new Citizens(child, CitizensReadySchema.parse(message).sipPort);
    } catch (error) {
      await endProcess(child);
      throw error;
    }
  }

  /** All that came to their telephones so far. */
  async tell(signal: AbortSignal): Promise<CitizensReport> {
    return await askProcess(
      this.#process,
      { what: 'tell' } satisfies CitizenOrder,
      CitizensReportSchema,
      signal,
    );
  }

  stop(): Promise<void> {
    return endProcess(this.#process);
  }
}
