import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSameProcess, processStartTicks } from '@madoguchi/telephony';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Supervisor, type SupervisorEvent } from './supervisor.ts';

const RESTART = { minDelayMs: 30, maxDelayMs: 200, resetAfterMs: 60_000 };
const monotonicMs = () => performance.now();
/** Says `up`, lives until SIGTERM, which it writes to a file in its own way. */
const LIVING = `process.on('SIGTERM', () => { require('fs').appendFileSync(process.argv[1], process.argv[2] + '\\n'); process.exit(0); });
setInterval(() => {}, 1000); console.log('up');`;

let folder: string;
let pidFile: string;
let journal: string;
let open: Supervisor[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
  pidFile = join(folder, 'processes.json');
  journal = join(folder, 'journal');
});
afterEach(async () => {
  await Promise.all(open.map((supervisor) => supervisor.stop()));
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

async function openSupervisor(
  onEvent: (event: SupervisorEvent) => void = () => undefined,
): Promise<Supervisor> {
  const supervisor = await Supervisor.open({ pidFile, monotonicMs, onEvent });
  open.push(supervisor);
  return supervisor;
}

function living(name: string) {
  const args = ['-e', LIVING, journal, name];
  return { name, command: process.execPath, args, readyWhen: /^up$/, restart: RESTART };
}

test('a killed program is running again, with another process id', async () => {
  const supervisor = await openSupervisor();
  const part = await supervisor.supervise(living('calls'));
  const { pid } = part;
  if (pid === undefined) throw new Error('no pid');
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => {
    expect(part.restarts).toBe(1);
    expect(part.state).toBe('ready');
  }, 5_000);
  expect(part.pid).not.toBe(pid);
  expect(processStartTicks(part.pid ?? 0)).toBeDefined();
});

test('programs are stopped in the reverse of the order in which they were started', async () => {
  const supervisor = await openSupervisor();
  for (const name of ['database', 'telephone', 'web']) await supervisor.supervise(living(name));
  await supervisor.stop();
  expect(readFileSync(journal, 'utf8').trim().split('\n')).toEqual(['web', 'telephone', 'database']);
  expect(existsSync(pidFile)).toBe(false);
});

test('a program that ignores the stop signal is killed', async () => {
  const supervisor = await openSupervisor();
  const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')";
  const part = await supervisor.supervise({
    name: 'stubborn',
    command: process.execPath,
    args: ['-e', stubborn],
    readyWhen: /^up$/,
    killAfterMs: 100,
  });
  const { pid = 0 } = part;
  await supervisor.stop();
  expect(processStartTicks(pid)).toBeUndefined();
});

test('a program that cannot start makes the start fail and tells what it said', async () => {
  const supervisor = await openSupervisor();
  const command = { name: 'broken', command: '/bin/sh', args: ['-c', 'echo no such setting >&2; exit 3'] };
  await expect(supervisor.supervise({ ...command, readyWhen: /never/ })).rejects.toThrow(
    /status 3\)\nno such setting/,
  );
  await expect(
    supervisor.supervise({ name: 'absent', command: '/no/such/program', readyWhen: /never/ }),
  ).rejects.toThrow();
});

test('a program that dies again and again is restarted later and later', async () => {
  const deaths: number[] = [];
  const supervisor = await openSupervisor((event) => {
    if (event.kind === 'ended') deaths.push(performance.now());
  });
  await supervisor.supervise({
    name: 'flapping',
    command: '/bin/sh',
    args: ['-c', 'echo up'],
    readyWhen: /up/,
    restart: RESTART,
  });
  await vi.waitFor(() => expect(deaths.length).toBeGreaterThanOrEqual(5), 5_000);
  const gaps = deaths.slice(1).map((at, index) => at - (deaths[index] ?? 0));
  expect(gaps[3]).toBeGreaterThanOrEqual(110);
});

test('stopping while a program comes up does not wait for it to become ready', async () => {
  const supervisor = await openSupervisor();
  const started = supervisor.supervise({
    name: 'slow',
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1000)'],
    readyWhen: /never/,
  });
  const failed = expect(started).rejects.toThrow();
  await vi.waitFor(() => expect(readFileSync(pidFile, 'utf8')).toContain('slow'));
  await supervisor.stop();
  await failed;
});

/** A supervisor in a process of its own, as in production; resolves with its child's id. */
async function superviseElsewhere() {
  const code = `
    import { Supervisor } from ${JSON.stringify(join(import.meta.dirname, 'supervisor.ts'))};
    const supervisor = await Supervisor.open({ pidFile: ${JSON.stringify(pidFile)}, monotonicMs: () => performance.now() });
    supervisor.stopOnSignals();
    const part = await supervisor.supervise({ name: 'child', command: '/bin/sh', args: ['-c', 'echo up; while :; do sleep 1; done'], readyWhen: /up/ });
    console.log(part.pid);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  const [line] = await once(child.stdout, 'data');
  const pid = Number(String(line));
  return { supervisor: child, pid, startTicks: processStartTicks(pid) ?? 0 };
}

test('no program outlives a supervisor that is killed', async () => {
  const { supervisor, pid, startTicks } = await superviseElsewhere();
  expect(isSameProcess({ pid, startTicks })).toBe(true);
  supervisor.kill('SIGKILL');
  await vi.waitFor(() => expect(isSameProcess({ pid, startTicks })).toBe(false), 3_000);
});

test('a stop signal ends the supervisor and its programs', async () => {
  const { supervisor, pid, startTicks } = await superviseElsewhere();
  supervisor.kill('SIGTERM');
  const [status] = await once(supervisor, 'exit');
  expect(status).toBe(0);
  expect(isSameProcess({ pid, startTicks })).toBe(false);
});

test('a second supervisor on the same files is refused while the first one lives', async () => {
  const { supervisor } = await superviseElsewhere();
  await expect(openSupervisor()).rejects.toMatchObject({ code: 'already-running' });
  supervisor.kill('SIGTERM');
  await once(supervisor, 'exit');
});

test('what a killed run left behind is ended, and a stranger with the same process id is not', async () => {
  const left = spawn('sleep', ['60']);
  const stranger = spawn('sleep', ['60']);
  const gone = { name: 'supervisor', pid: left.pid ?? 0, startTicks: 1 };
  const leftTicks = processStartTicks(left.pid ?? 0) ?? 0;
  const children = [
    { name: 'calls', pid: left.pid ?? 0, startTicks: leftTicks },
    { name: 'web', pid: stranger.pid ?? 0, startTicks: (processStartTicks(stranger.pid ?? 0) ?? 0) - 1 },
  ];
  writeFileSync(pidFile, JSON.stringify({ supervisor: gone, children }));
  await openSupervisor();
  expect(processStartTicks(left.pid ?? 0)).toBeUndefined();
  expect(processStartTicks(stranger.pid ?? 0)).toBeDefined();
  stranger.kill('SIGKILL');
});

test('where setpriv is missing, a shell on a pipe ends the program of a killed supervisor', async () => {
  const code = `
    import { spawn } from 'node:child_process';
    import { guardByPipe } from ${JSON.stringify(join(import.meta.dirname, 'start-child.ts'))};
    const child = spawn('sleep', ['60'], { detached: true });
    guardByPipe(child, child.pid ?? 0);
    console.log(child.pid);`;
  const keeper = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  const [line] = await once(keeper.stdout, 'data');
  const pid = Number(String(line));
  const identity = { pid, startTicks: processStartTicks(pid) ?? 0 };
  keeper.kill('SIGKILL');
  await vi.waitFor(() => expect(isSameProcess(identity)).toBe(false), 3_000);
});
