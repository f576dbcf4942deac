import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processStartTicks } from '@madoguchi/telephony';
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';

let dataDir: string;
let running: EmbeddedPostgres[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'embedded-'));
});
afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  running = [];
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(
  options: Parameters<typeof startEmbeddedPostgres>[0] = { dataDir },
): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(options);
  running.push(postgres);
  return postgres;
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query({ text: statement, rowMode: 'array' });
  await client.end();
  return rows[0] ?? [];
}

/** A server process of its own that starts the database and is then killed, as `kill -9` of the service would. */
async function startElsewhere() {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))};
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(JSON.stringify({ pid: postgres.pid, url: postgres.url }));
    setInterval(() => {}, 1000);`;
  const server = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  const [line] = await once(server.stdout, 'data');
  const { pid, url }: { pid: number; url: string } = JSON.parse(String(line));
  return { server, pid, url };
}

test('it listens on a Unix socket only, keeps UTC, orders by code point and writes durably', async () => {
  const { url } = await start();
  expect(await ask(url, "select current_setting('listen_addresses'), current_setting('TimeZone')")).toEqual([
    '',
    'UTC',
  ]);
  expect(await ask(url, "select current_setting('fsync'), current_setting('max_connections')")).toEqual([
    'on',
    '100',
  ]);
  expect(
    await ask(
      url,
      'select datlocprovider::text, datlocale, encoding from pg_database where datname = current_database()',
    ),
  ).toEqual(['b', 'C.UTF-8', 6]);
  const socketDir = decodeURIComponent(url.replace(/.*host=/, ''));
  expect(statSync(socketDir).mode & 0o007).toBe(0);
});

test('what was written is there after a stop and a new start, at the same address', async () => {
  const first = await start();
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select answer from kept')).toEqual([42]);
});

test('the database ends when its server is killed, and starts again with its data', async () => {
  const { server, pid, url } = await startElsewhere();
  await ask(url, 'create table kept as select 1 as one');
  server.kill('SIGKILL');
  await vi.waitFor(() => expect(processStartTicks(pid)).toBeUndefined(), 5_000);
  const again = await start();
  expect(await ask(again.url, 'select one from kept')).toEqual([1]);
});

test('it starts after everything was killed at once', async () => {
  const { server, pid, url } = await startElsewhere();
  await ask(url, 'create table kept as select 1 as one');
  process.kill(pid, 'SIGKILL');
  server.kill('SIGKILL');
  const again = await start();
  expect(await ask(again.url, 'select one from kept')).toEqual([1]);
});

test('a database whose server lives is not taken away by a second start', async () => {
  const { server, pid } = await startElsewhere();
  await expect(start()).rejects.toMatchObject({ code: 'data-in-use' });
  expect(processStartTicks(pid)).toBeDefined();
  server.kill('SIGTERM');
  await vi.waitFor(() => expect(processStartTicks(pid)).toBeUndefined(), 5_000);
});

test('a throwaway database leaves nothing behind', async () => {
  const postgres = await start({ throwaway: true });
  expect(await ask(postgres.url, "select current_setting('fsync')")).toEqual(['off']);
  await postgres.stop();
  expect(existsSync(postgres.dataDir)).toBe(false);
  await expect(postgres.ended).resolves.toContain('status 0');
});

test('a data path too long for a socket works all the same', async () => {
  const postgres = await start({ dataDir: join(dataDir, 'x'.repeat(100)) });
  expect(await ask(postgres.url, 'select 1')).toEqual([1]);
});
