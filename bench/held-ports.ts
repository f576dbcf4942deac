import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

export const HeldPortsSchema = z.object({ address: z.string(), first: z.int(), last: z.int() });
export type HeldPortRange = z.infer<typeof HeldPortsSchema>;

/**
 * UDP ports that are bound and never read: what comes there is a capture's alone, costs no process anything, and is not refused by ICMP.
 * Telephones send from them (`heldPort` of createTelephone).
 */
export class HeldPorts {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Rejects where one of the ports is somebody else's. */
  static async hold(range: HeldPortRange, signal?: AbortSignal): Promise<HeldPorts> {
    const worker = new Worker(join(import.meta.dirname, 'hold-ports.ts'), { workerData: range });
    await once(worker, 'message', { signal });
    return new HeldPorts(worker);
  }

  async release(): Promise<void> {
    await this.#worker.terminate();
  }
}
