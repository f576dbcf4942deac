import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@madoguchi/telephony';
import { until } from './until.ts';

export type SippCitizen = {
  /** Where a trunk is to lead. */
  readonly sipPort: number;
  /** Resolves when the call is over. `asPlanned`: all that the scenario waits for came, in its order. `received`: each SIP message that came. */
  readonly over: Promise<{ readonly asPlanned: boolean; readonly received: readonly string[] }>;
  /** Ends it, whatever it still waits for. */
  stop(): Promise<void>;
};

/**
 * The telephone of one citizen, by SIPp: another stack than ours, which does what a telephone should not.
 * @param scenario file in this folder
 */
export async function sippCitizen(scenario: string): Promise<SippCitizen> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-sipp-'));
  const [sipPort, mediaPort] = [await freePort(), await freePort()];
  const messages = join(folder, 'messages.log');
  const limits = ['-m', '1', '-nostdin', '-timeout', '60s', '-timeout_error'];
  const ports = ['-i', '127.0.0.1', '-p', String(sipPort), '-mp', String(mediaPort)];
  const child = spawn(
    process.env['MADOGUCHI_SIPP'] ?? 'sipp',
    [
      ...limits,
      ...ports,
      '-sf',
      join(import.meta.dirname, scenario),
      '-trace_msg',
      '-message_file',
      messages,
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const exit = once(child, 'exit');
  const over = exit.then(async ([code]) => {
    const log = await readFile(messages, 'utf8').catch(() => '');
    await rm(folder, { recursive: true, force: true });
    return { asPlanned: code === 0, received: receivedIn(log) };
  });
  await until('SIPp listens', async () => child.exitCode !== null || (await isBound(sipPort)));
  return {
    sipPort,
    over,
    async stop() {
      child.kill('SIGKILL');
      await over;
    },
  };
}

function receivedIn(log: string): readonly string[] {
  return log
    .split(/^-{20,}.*$/m)
    .filter((each) => /message received/.test(each))
    .map((each) => each.slice(each.indexOf(':') + 1).trim());
}

/** By the kernel's own list (proc(5)): local addresses and ports in hexadecimal. */
async function isBound(port: number): Promise<boolean> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return (await readFile('/proc/net/udp', 'utf8')).includes(`:${hex} `);
}
