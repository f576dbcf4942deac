import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@madoguchi/telephony';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './setup/until.ts';

/** `npm run demo` and `npm start` as a person types them: real processes, a data folder of their own. */
const root = join(import.meta.dirname, '..');
const START_LIMIT_MS = 240_000;

let dataDir: string;
let environment: NodeJS.ProcessEnv;
let httpPort: number;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'madoguchi-command-'));
  httpPort = await freePort();
  environment = {
    ...process.env,
    MADOGUCHI_DATA: dataDir,
    MADOGUCHI_HTTP_PORT: String(httpPort),
    MADOGUCHI_SIP_PORT: String(await freePort()),
  };
});
afterAll(async () => {
  for (const pid of await ours()) process.kill(pid, 'SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

type Command = { readonly pid: number; said(): string; readonly ended: Promise<number | null> };

function run(...args: readonly string[]): Command {
  const child = spawn('npm', ['run', ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a terminal gives to what is typed.
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      said += text;
    });
  }
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.on('exit', resolve);
  return { pid: child.pid ?? 0, said: () => said, ended };
}

/** Processes, whoever's children they are by now, that carry our data folder in their environment. */
async function ours(): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  return pids.filter(
    (pid) => pid !== process.pid && environmentOf(pid).includes(`MADOGUCHI_DATA=${dataDir}`),
  );
}

function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    // Gone since it was listed, or already a zombie.
    return [];
  }
}

/** The terminal sends it to everyone in the group. */
function ctrlC(command: Command): void {
  process.kill(-command.pid, 'SIGINT');
}

async function started(command: Command): Promise<void> {
  await until(
    `the address of the admin page in: ${command.said()}`,
    async () => command.said().includes('止めるには Ctrl-C'),
    START_LIMIT_MS,
  );
}

test('npm run demo -- --once judges its three calls good and leaves nothing running', {
  timeout: START_LIMIT_MS + 120_000,
}, async () => {
  const demo = run('demo', '--', '--once');
  expect(await demo.ended, demo.said()).toBe(0);
  expect(demo.said()).toContain('3本とも、外から見て正しく案内できました。');
  expect(demo.said()).toMatch(/パスワード\s+\S{12,}/);
  expect(await ours()).toEqual([]);
});

test('npm start serves the admin page; Ctrl-C ends every process', { timeout: START_LIMIT_MS }, async () => {
  const house = run('start');
  await started(house);
  const page = await fetch(`http://127.0.0.1:${httpPort}/`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<script type="module"');
  ctrlC(house);
  await until('the end of every process', async () => (await ours()).length === 0, 60_000);
});

test.each(['npm', 'the supervisor', 'everything'])(
  'a start after kill -9 of %s works',
  {
    timeout: 2 * START_LIMIT_MS,
  },
  async (killed) => {
    const first = run('start');
    await started(first);
    const pids = { npm: [first.pid], 'the supervisor': [await supervisorPid()] };
    const victims = killed === 'npm' || killed === 'the supervisor' ? pids[killed] : await ours();
    for (const pid of victims) process.kill(pid, 'SIGKILL');
    await until('the end of what was left behind', async () => (await ours()).length === 0, 60_000);
    const second = run('start');
    await started(second);
    expect((await fetch(`http://127.0.0.1:${httpPort}/`)).status).toBe(200);
    ctrlC(second);
    await until('the end of every process', async () => (await ours()).length === 0, 60_000);
  },
);

async function supervisorPid(): Promise<number> {
  const recorded = await readFile(join(dataDir, 'run/processes.json'), 'utf8');
  const pid = /"supervisor":\{[^}]*"pid":(\d+)/.exec(recorded)?.[1];
  if (pid === undefined) throw new Error('no supervisor is recorded');
  return Number(pid);
}
