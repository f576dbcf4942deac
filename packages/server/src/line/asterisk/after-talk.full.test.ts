import { Worker } from 'node:worker_threads';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

const TALKS = 200;
/** Keeps cores busy four fifths of the time: only then the engine's threads get in each other's way. */
const BUSY =
  'setInterval(() => { for (const until = performance.now() + 80; performance.now() < until; ); }, 100)';

let world: LineUnderTest;
let busy: readonly Worker[] = [];

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
  busy = Array.from({ length: 3 }, () => new Worker(BUSY, { eval: true }));
});
afterAll(async () => {
  await Promise.all(busy.map((worker) => worker.terminate()));
  await world.close();
});

test('on a busy machine a caller whose talk has ended is spoken to, time and again', {
  timeout: 600_000,
}, async () => {
  // Two in turn: nothing is sent between a talk and the next announcement, so the same one twice would be heard as one.
  const sounds = await Promise.all([world.sound(1, 300), world.sound(2, 300)]);
  const order = { to: '0725009001', ringTimeoutMs: 20_000, recordingPath: null };
  const { callId, call } = await world.answeredCall();
  let answered = Promise.withResolvers<IncomingCall>();
  world.staff.onIncoming(async (taken) => {
    await taken.answer();
    answered.resolve(taken);
  });
  for (let talk = 0; talk < TALKS; talk++) {
    await world.line.transfer(callId, { ...order, id: 2 * talk });
    await world.events.next('transferAnswered');
    await (await answered.promise).hangUp();
    answered = Promise.withResolvers();
    await world.events.next('transferEnded');
    await world.line.announce(callId, 2 * talk + 1, sounds.slice(talk % 2, (talk % 2) + 1));
    await world.events.next('announced');
  }
  expect(call.heardMarkers).toHaveLength(TALKS);
  await call.hangUp();
  await call.ended;
});
