import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { TcpdumpTool } from '@madoguchi/telephony';
import { endProcess } from './ask-process.ts';
import { wallClockAheadMs } from './monotonic.ts';

const NICENESS = -10;
/** Seconds of every call's sound. */
const BUFFER_KB = 128 * 1024;
/** An RTP packet of 20 ms has 214 bytes with all headers. */
const SNAPSHOT_BYTES = 512;
/** The kernel hands packets over in blocks; one that does not fill up is handed over when its timer of a second has run out twice. */
const LAST_BLOCK_MS = 3_000;
/** Slewing moves it by less in a round; more is a clock that was set. */
const STEADY_CLOCK_MS = 5;

/** What came to the sound ports in a round, with the kernel's own times. */
export class Capture {
  readonly #process: ChildProcess;
  readonly #clockAheadMs: number;
  readonly #exited: Promise<unknown>;
  #said = '';

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.#clockAheadMs = wallClockAheadMs();
    this.#exited = once(child, 'close');
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
    });
  }

  /** Captures what comes to these UDP ports of the loopback interface into the file. Rejects where that is not allowed (not root). */
  static async start(
    { command }: TcpdumpTool,
    path: string,
    ports: { readonly first: number; readonly last: number },
    signal?: AbortSignal,
  ): Promise<Capture> {
    const filter = `udp and dst portrange ${ports.first}-${ports.last}`;
    const options = ['-i', 'lo', '-n', '-Z', 'root', '-B', BUFFER_KB, '-s', SNAPSHOT_BYTES].map(String);
    const child = spawn(command, [...options, '--time-stamp-precision=nano', '-w', path, filter], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const capture = new Capture(child);
    try {
      while (!/listening on/.test(capture.#said)) {
        signal?.throwIfAborted();
        const ended = await Promise.race([capture.#exited.then(() => true), pause(10, false)]);
        if (ended) throw new Error(`tcpdump does not run; the bench must be root: ${capture.#said.trim()}`);
      }
      if (child.pid !== undefined) setPriority(child.pid, NICENESS);
    } catch (error) {
      await endProcess(child);
      throw error;
    }
    return capture;
  }

  get pids(): readonly number[] {
    const { pid } = this.#process;
    return pid === undefined ? [] : [pid];
  }

  /**
   * Ends it and gives how far the wall clock, which packets have, is ahead of monotonic.ts. Rejects where a packet may be missing: then the
   * round says nothing about those whom it was to judge.
   */
  async stop(): Promise<number> {
    await pause(LAST_BLOCK_MS);
    this.#process.kill('SIGINT');
    await this.#exited;
    const problem = whatIsMissing(this.#said);
    if (problem !== null) throw new Error(`the round is invalid, its capture is not whole: ${problem}`);
    const driftMs = wallClockAheadMs() - this.#clockAheadMs;
    if (Math.abs(driftMs) > STEADY_CLOCK_MS)
      throw new Error(`the round is invalid: the wall clock was set by ${driftMs.toFixed(0)} ms meanwhile`);
    return this.#clockAheadMs + driftMs / 2;
  }

  /** Ends it whatever it has. */
  async abandon(): Promise<void> {
    await endProcess(this.#process);
  }
}

/** What tcpdump's last words tell: null where it has every packet. On the loopback interface the filter sees each twice, out and in. */
export function whatIsMissing(said: string): string | null {
  const count = (what: string) =>
    Number(new RegExp(`^(\\d+) packets? ${what}`, 'm').exec(said)?.[1] ?? Number.NaN);
  const captured = count('captured');
  const filtered = count('received by filter');
  const dropped = count('dropped by kernel');
  if (dropped === 0 && (filtered === captured || filtered === 2 * captured)) return null;
  return said.trim();
}
