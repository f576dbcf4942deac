import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTelephone, type Telephone } from './telephone.ts';

/** SIPp is an independent stack: what it agrees with is not merely our own idea of SIP. */
const sipp = process.env['MADOGUCHI_SIPP'] ?? 'sipp';
const open: { close(): unknown }[] = [];
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-sipp-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function telephone(transport: 'udp' | 'tcp'): Promise<Telephone> {
  const made = await createTelephone({ localAddress: '127.0.0.1', transport });
  open.push(made);
  return made;
}

function start(args: readonly string[]): { child: ChildProcess; status: Promise<unknown> } {
  const child = spawn(sipp, ['-i', '127.0.0.1', '-nostdin', '-timeout', '20s', ...args], {
    cwd: folder,
    stdio: 'ignore',
  });
  const status = once(child, 'exit').then(([code]) => code);
  open.push({ close: () => child.kill() });
  return { child, status };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function untilConnectable(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const reached = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (reached === true) return;
  }
}

const ways = [
  ['udp', 'u1'],
  ['tcp', 't1'],
] as const;

test.each(ways)('SIPp answers our calls over %s and takes our BYE', async (transport, mode) => {
  const citizen = await telephone(transport);
  const port = await freePort();
  const { status } = start(['-sn', 'uas', '-t', mode, '-p', String(port), '-m', '3']);
  if (transport === 'tcp') await untilConnectable(port);
  for (let turn = 0; turn < 3; turn++) {
    const call = await citizen.call({
      to: '0725001001',
      from: '09000000001',
      server: { host: '127.0.0.1', port },
    });
    expect(await call.ringing).toMatchObject({ sipCode: 180 });
    await call.answered;
    expect(await call.hangUp()).toMatchObject({ by: 'us', reason: 'hungUp', sipCode: 200 });
  }
  expect(await status).toBe(0);
  expect(citizen.faults).toEqual([]);
});

test.each(ways)('we answer the calls of SIPp over %s', async (transport, mode) => {
  const staff = await telephone(transport);
  const ends: unknown[] = [];
  staff.onIncoming(async (call) => {
    call.ring();
    await call.answer();
    ends.push(await call.ended);
  });
  const target = `127.0.0.1:${staff.port}`;
  const { status } = start([
    '-sn',
    'uac',
    '-t',
    mode,
    '-s',
    '0725001001',
    '-m',
    '5',
    '-r',
    '10',
    '-d',
    '200',
    target,
  ]);
  expect(await status).toBe(0);
  expect(ends).toHaveLength(5);
  expect(ends).toEqual(Array(5).fill(expect.objectContaining({ by: 'them', reason: 'hungUp' })));
  expect(staff.faults).toEqual([]);
});
