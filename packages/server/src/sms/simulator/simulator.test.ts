import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createSmppGateway } from '../smpp/gateway.ts';
import { SmppSettingsSchema } from '../smpp/settings.ts';
import { openReceivedTexts, ReceivedTextSchema } from './received-texts.ts';

let folder: string;
let texts: string;
let children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'smsc-'));
  texts = join(folder, 'state', 'texts.jsonl');
});

afterEach(async () => {
  for (const child of children) await end(child, 'SIGKILL');
  children = [];
  await rm(folder, { recursive: true });
});

async function startProcess(): Promise<{ child: ChildProcess; smppPort: number; httpPort: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      MADOGUCHI_SMSC_SYSTEM_ID: 'city',
      MADOGUCHI_SMSC_PASSWORD: 'secret',
      MADOGUCHI_SMSC_TEXTS: texts,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const line: unknown = (await once(createInterface({ input: child.stdout }), 'line'))[0];
  return {
    child,
    ...z.object({ smppPort: z.int(), httpPort: z.int() }).parse(JSON.parse(z.string().parse(line))),
  };
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}

async function submit(smppPort: number, text: string): Promise<void> {
  const connected = Promise.withResolvers<void>();
  const gateway = createSmppGateway({
    settings: SmppSettingsSchema.parse({
      host: '127.0.0.1',
      port: smppPort,
      systemId: 'city',
      password: 'secret',
      sourceAddress: '0725001001',
    }),
    clock: { now: () => new Date() },
    log: { info: () => undefined, warn: () => undefined },
    onConnected: connected.resolve,
  });
  await gateway.start(async () => undefined);
  await connected.promise;
  expect(
    await gateway.submit({ reference: 1, submitted: [], id: 'a', to: '09000001234', text }),
  ).toMatchObject({ type: 'accepted' });
  await gateway.stop();
}

async function readTexts(httpPort: number): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${httpPort}/texts`);
  const body = z.object({ texts: z.array(ReceivedTextSchema) }).parse(await response.json());
  return body.texts.map(({ text }) => text);
}

test('received texts are shown newest first and outlive a kill of the simulator', async () => {
  const first = await startProcess();
  await submit(first.smppPort, 'あ'.repeat(660));
  await submit(first.smppPort, '二通目\n𠮷');
  expect(await readTexts(first.httpPort)).toEqual(['二通目\n𠮷', 'あ'.repeat(660)]);
  await end(first.child, 'SIGKILL');
  const second = await startProcess();
  await submit(second.smppPort, '三通目');
  expect(await readTexts(second.httpPort)).toEqual(['三通目', '二通目\n𠮷', 'あ'.repeat(660)]);
  expect(await end(second.child, 'SIGTERM')).toBe(0);
});

test('a line left unfinished by a power cut is dropped, and the texts before it are kept', async () => {
  const path = join(folder, 'texts.jsonl');
  const text = {
    receivedAt: '2026-11-20T01:23:00Z',
    from: '0725001001',
    to: '819000001234',
    text: '一',
    parts: 1,
    dataCoding: 8,
    partsWellFormed: true,
    messageIds: ['x'],
  };
  const before = await openReceivedTexts(path);
  await before.add(text);
  await before.close();
  await appendFile(path, '{"number":2,"rec');
  const after = await openReceivedTexts(path);
  await after.add({ ...text, text: '二' });
  await after.close();
  const again = await openReceivedTexts(path);
  expect(again.newestFirst.map((each) => [each.number, each.text])).toEqual([
    [2, '二'],
    [1, '一'],
  ]);
  await again.close();
});

test('the window of the simulator takes orders as JSON, and only by loopback own names', async () => {
  const { httpPort } = await startProcess();
  const put = (body: string) =>
    fetch(`http://127.0.0.1:${httpPort}/behaviour`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
    });
  expect((await put('{"throttle":2}')).status).toBe(200);
  expect(await (await fetch(`http://127.0.0.1:${httpPort}/behaviour`)).json()).toMatchObject({ throttle: 2 });
  expect((await put('{"throttle":-1}')).status).toBe(400);
  expect((await put('{"unheardOf":1}')).status).toBe(400);
  const foreign = request({
    host: '127.0.0.1',
    port: httpPort,
    path: '/texts',
    headers: { host: 'evil.example' },
  });
  foreign.end();
  const [response] = await once(foreign, 'response');
  expect(z.object({ statusCode: z.int() }).parse(response).statusCode).toBe(403);
});
