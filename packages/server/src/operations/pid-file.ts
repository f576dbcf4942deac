import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isSameProcess, processStartTicks } from '@madoguchi/telephony';
import { z } from 'zod';
import { SupervisorError } from './supervisor-error.ts';

const processSchema = z.object({ name: z.string(), pid: z.int().positive(), startTicks: z.number() });
const pidFileSchema = z.object({ supervisor: processSchema, children: z.array(processSchema) });

export type RecordedProcess = z.infer<typeof processSchema>;

const TERM_LIMIT_MS = 3_000;
const POLL_MS = 20;

/**
 * Which processes belong to a running supervisor, on disk: what a killed supervisor could not end is ended by the next
 * one. A process is known by id and start time, so that a stranger who got the same id is never touched.
 */
export class PidFile {
  readonly #path: string;
  readonly #children = new Map<string, RecordedProcess>();

  private constructor(path: string) {
    this.#path = path;
  }

  /** Ends what a previous run left and takes the file over. Throws 'already-running' while its supervisor lives. */
  static async open(path: string): Promise<PidFile> {
    mkdirSync(dirname(path), { recursive: true });
    const previous = readPidFile(path);
    if (previous && previous.supervisor.pid !== process.pid && isSameProcess(previous.supervisor)) {
      throw new SupervisorError(
        'already-running',
        '',
        `すでに動いています (プロセス ${previous.supervisor.pid})。\nAlready running (process ${previous.supervisor.pid}): ${path}`,
      );
    }
    await Promise.all((previous?.children ?? []).map(endLeftover));
    const file = new PidFile(path);
    file.#write();
    return file;
  }

  /** Writes a child down; unknown or dead ones are forgotten. */
  record(name: string, pid: number): void {
    const startTicks = processStartTicks(pid);
    if (startTicks === undefined) this.#children.delete(name);
    else this.#children.set(name, { name, pid, startTicks });
    this.#write();
  }

  forget(name: string): void {
    this.#children.delete(name);
    this.#write();
  }

  /** Removes the file: everything has ended. */
  close(): void {
    rmSync(this.#path, { force: true });
  }

  #write(): void {
    const supervisor = {
      name: 'supervisor',
      pid: process.pid,
      startTicks: processStartTicks(process.pid) ?? 0,
    };
    const aside = `${this.#path}.${process.pid}`;
    writeFileSync(aside, `${JSON.stringify({ supervisor, children: [...this.#children.values()] })}\n`);
    renameSync(aside, this.#path);
  }
}

function readPidFile(path: string): z.infer<typeof pidFileSchema> | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  // Written by renaming, so a file that cannot be read was damaged from outside: nothing in it can be trusted.
  return text.startsWith('{') ? pidFileSchema.safeParse(JSON.parse(text)).data : undefined;
}

async function endLeftover(left: RecordedProcess): Promise<void> {
  for (let waitedMs = 0; isSameProcess(left); waitedMs += POLL_MS) {
    if (waitedMs === 0) signalProcess(left.pid, 'SIGTERM');
    if (waitedMs >= TERM_LIMIT_MS) signalProcess(left.pid, 'SIGKILL');
    await delay(POLL_MS);
  }
}

/** Sends a signal; a process that has just gone is no error. A negative id means its whole process group. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
