import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

let world: LineUnderTest;
afterEach(() => world.close());

async function says(child: ChildProcess, word: string): Promise<void> {
  if (child.stdout === null) throw new Error('the process has no output');
  for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
    if (String(text).includes(word)) return;
  }
  throw new Error(`the process ended before it said ${word}`);
}

test('kill -9 of our process: the caller goes on hearing, the next process finds the call', async () => {
  world = await LineUnderTest.start();
  const { ariUrl, settings } = world.asterisk;
  const order = {
    ariUrl,
    password: settings.ariPassword,
    application: settings.ariApplication,
    recordingDir: settings.recordingDir,
    sound: await world.sound(1, 4000),
  };
  const script = fileURLToPath(new URL('./answering-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await says(child, 'ready');
  const call = await world.call();
  await says(child, 'playing');
  await call.waitForTone({ marker: 1 }, { timeoutMs: 5000 });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const killedAtMs = call.nowMs;
  const [survivor] = await world.connect();
  expect(survivor).toMatchObject({ sipCallId: call.sipCallId, answered: true });
  await world.line.announce(survivor?.callId ?? '', 2, [await world.sound(2, 300)]);
  await world.events.next('announced');
  await world.line.hangUp(survivor?.callId ?? '');
  await call.ended;
  const [first, second] = call.heardMarkers;
  expect([first?.marker, second?.marker]).toEqual([1, 2]);
  expect(first?.untilMs).toBeGreaterThan(killedAtMs - 100);
  expect(call.rtpStats().lost).toBe(0);
});

test('a connection lost while Asterisk lives loses no call, and what ended meanwhile is told', async () => {
  world = await LineUnderTest.start();
  const proxy = await cuttable(world.asterisk.settings.ariPort);
  world.connectThrough(proxy.port);
  await world.connect();
  const staying = await world.answeredCall();
  const leaving = await world.answeredCall();
  await world.line.announce(staying.callId, 1, [await world.sound(1, 300)]);
  proxy.cut();
  await leaving.call.hangUp();
  await staying.call.waitForTone({ marker: 1 }, { timeoutMs: 5000 });
  const newcomer = await world.call({ to: '0725001003' });
  proxy.mend();
  expect(await world.events.next('callerHungUp')).toMatchObject({ callId: leaving.callId });
  expect(await world.events.next('announced')).toMatchObject({ callId: staying.callId, id: 1 });
  await staying.call.press('3');
  expect(await world.events.next('keyPressed')).toMatchObject({ callId: staying.callId });
  await staying.call.hangUp();
  await newcomer.hangUp();
  await world.events.next('callerHungUp');
  expect(world.events.kinds).not.toContain('engineLost');
  await proxy.close();
});

test('a call that nobody ends is ended at the longest life of a call', async () => {
  world = await LineUnderTest.start({ maxCallMs: 2000 });
  await world.connect();
  const { callId, call } = await world.answeredCall();
  await world.line.announce(callId, 1, [await world.sound(1, 30_000)]);
  expect(await call.ended).toMatchObject({ by: 'them' });
  expect(await world.events.next('hungUp')).toEqual({ type: 'hungUp', callId });
  expect(await world.engineHolds()).toEqual({ channels: 0, bridges: 0 });
});

/** A way to a port that can be cut and mended. */
async function cuttable(toPort: number) {
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((near) => {
    if (!open) {
      near.destroy();
      return;
    }
    const far = connect(toPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('a TCP server without a port');
  return {
    port: bound.port,
    cut() {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      open = true;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
