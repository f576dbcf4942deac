import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterEach, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';
import { cuttable } from './test-cuttable.ts';

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

const oneLine = {
  presentedNumber: 'called',
  lines: { total: 4, received: 2, transferred: 1, placed: 0, whenFull: { type: 'busy' } },
} as const;

test('calls that come while the connection is away are let in, or turned away, like all others', async () => {
  world = await LineUnderTest.start({ trunks: (usual) => [{ ...usual, ...oneLine }] });
  const proxy = await cuttable(world.asterisk.settings.ariPort);
  world.connectThrough(proxy.port);
  await world.connect();
  world.staff.onIncoming((taken) => taken.ring());
  const { callId, call } = await world.answeredCall();
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 60_000, recordingPath: null });
  await world.events.next('transferRinging');
  proxy.lose();
  const calls = [call];
  // The third comes from the very number that is shown to the telephone that rings: our own leg, forwarded.
  for (const [at, from] of ['09000000002', '09000000003', '0725001001'].entries()) {
    calls.push(await world.call({ from }));
    await expect.poll(() => world.offeredByEngine()).toBe(at + 2);
  }
  proxy.mend();
  const newcomers = [];
  for (let seen = 0; seen < 3; seen++) newcomers.push(await world.events.next('offered'));
  expect(newcomers.map(({ callerNumber, admission }) => [callerNumber, admission])).toEqual([
    ['09000000002', 'served'],
    ['09000000003', 'linesFull'],
    ['0725001001', 'loop'],
  ]);
  for (const each of calls) await each.hangUp();
  await proxy.close();
});

test('a process that begins counts the calls that nobody has answered yet in the order in which they came', async () => {
  world = await LineUnderTest.start({ trunks: (usual) => [{ ...usual, ...oneLine }] });
  await world.connect();
  const { call } = await world.answeredCall();
  const calls = [call];
  for (const from of ['09000000002', '09000000003']) {
    calls.push(await world.call({ from }));
    await world.events.next('offered');
  }
  const survivors = await world.reconnect();
  expect(survivors.map(({ callerNumber, admission }) => [callerNumber, admission])).toEqual([
    ['09000000001', 'served'],
    ['09000000002', 'served'],
    ['09000000003', 'linesFull'],
  ]);
  for (const each of calls) await each.hangUp();
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

test('what is asked for while the connection is away can be asked for again; nobody is dialled', async () => {
  world = await LineUnderTest.start();
  const proxy = await cuttable(world.asterisk.settings.ariPort);
  world.connectThrough(proxy.port);
  await world.connect();
  let rings = 0;
  world.staff.onIncoming((taken) => {
    rings++;
    taken.reject(486);
  });
  const leaving = await world.answeredCall();
  const transferred = await world.answeredCall();
  proxy.cut();
  await expect(world.line.hangUp(leaving.callId)).rejects.toMatchObject({
    code: expect.stringMatching(/engineAway|outcomeUnknown/),
  });
  await world.line.transfer(transferred.callId, {
    id: 5,
    to: '0725009001',
    ringTimeoutMs: 9000,
    recordingPath: null,
  });
  proxy.mend();
  expect(await world.events.next('transferFailed')).toMatchObject({
    callId: transferred.callId,
    id: 5,
    reason: 'unknown',
  });
  await world.events.next('reconnected');
  await world.line.hangUp(leaving.callId);
  expect(await leaving.call.ended).toMatchObject({ by: 'them' });
  await transferred.call.hangUp();
  expect(rings).toBe(0);
  await proxy.close();
});

test('a staff telephone that was to stop ringing while the connection was away stops when it is back', async () => {
  world = await LineUnderTest.start();
  const proxy = await cuttable(world.asterisk.settings.ariPort);
  world.connectThrough(proxy.port);
  await world.connect();
  const ringing = Promise.withResolvers<IncomingCall>();
  world.staff.onIncoming((taken) => {
    taken.ring();
    ringing.resolve(taken);
  });
  const { callId, call } = await world.answeredCall();
  const order = { id: 5, to: '0725009001', ringTimeoutMs: 60_000, recordingPath: null };
  await world.line.transfer(callId, order);
  const staff = await ringing.promise;
  await world.events.next('transferRinging');
  proxy.cut();
  await expect(world.line.endTransfer(callId, 5)).rejects.toThrow();
  proxy.mend();
  const stopped = staff.outcome.then(({ answered }) => (answered ? 'answered' : 'stopped'));
  expect(await Promise.race([stopped, pause(5_000, 'still rings')])).toBe('stopped');
  await call.hangUp();
  await world.events.next('callerHungUp');
  await proxy.close();
});

test('a take-over that the engine does not answer is tried again by another connection', async () => {
  world = await LineUnderTest.start();
  // Handshake, filter and name of the engine pass; the question what it holds does not.
  const proxy = await cuttable(world.asterisk.settings.ariPort, { firstSwallowsAfterPieces: 3 });
  world.connectThrough(proxy.port);
  await world.connect();
  const { callId } = await world.answeredCall();
  await world.line.hangUp(callId);
  await world.events.next('hungUp');
  expect(world.warnings).toEqual([expect.stringContaining('taking over calls')]);
  await proxy.close();
});
