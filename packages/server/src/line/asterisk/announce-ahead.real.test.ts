import { afterAll, beforeAll, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

/** What follows an announcement by itself begins at its end, however late the process that decides is. */
let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
});
afterAll(() => world.close());

/** The markers that a call heard, in order, once it is hung up. */
async function heardAtEnd({ callId, call }: Awaited<ReturnType<LineUnderTest['answeredCall']>>) {
  await world.line.hangUp(callId);
  await call.ended;
  await world.events.next('hungUp');
  return call.heardMarkers.map(({ marker }) => marker);
}

test('the next announcement is heard although nobody has asked for it yet, and once only', async () => {
  const attended = await world.answeredCall();
  const { callId, call } = attended;
  const next = [await world.sound(2, 500)];
  await world.line.announce(callId, 1, [await world.sound(1, 500)]);
  await world.line.announceAhead(callId, 1, next);
  // The process is held up: it hears of the end of the first when the second is over already.
  await call.waitForTone({ marker: 2 }, { timeoutMs: 10_000 });
  expect(await world.events.next('announced')).toMatchObject({ id: 1, completed: true });
  await world.line.announce(callId, 2, next);
  expect(await world.events.next('announced')).toEqual({ type: 'announced', callId, id: 2, completed: true });
  await world.line.announce(callId, 3, [await world.sound(3, 300)]);
  expect(await world.events.next('announced')).toMatchObject({ id: 3, completed: true });
  expect(await heardAtEnd(attended)).toEqual([1, 2, 3]);
});

test('one that was over before it was asked for is told as over', async () => {
  const attended = await world.answeredCall();
  const { callId, call } = attended;
  const eventsBefore = world.line.eventsReceived.count;
  const [next, last] = [[await world.sound(2, 300)], [await world.sound(3, 2_000)]];
  await world.line.announce(callId, 1, [await world.sound(1, 300)]);
  await world.line.announceAhead(callId, 1, next);
  await world.events.next('announced');
  await call.waitForTone({ marker: 2 }, { timeoutMs: 10_000 });
  // Both ends were told by the engine.
  await expect
    .poll(() => world.line.eventsReceived.count - eventsBefore, { timeout: 10_000 })
    .toBeGreaterThanOrEqual(2);
  await world.line.announce(callId, 2, next);
  expect(await world.events.next('announced')).toMatchObject({ id: 2, completed: true });
  await world.line.announce(callId, 3, last);
  await call.waitForTone({ marker: 3 }, { timeoutMs: 10_000 });
  expect(await heardAtEnd(attended)).toEqual([1, 2, 3]);
});

test('what was to follow is never heard where the first one is cut short', async () => {
  const attended = await world.answeredCall();
  const { callId, call } = attended;
  await world.line.announce(callId, 1, [await world.sound(1, 20_000)]);
  await world.line.announceAhead(callId, 1, [await world.sound(2, 20_000)]);
  await call.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
  void world.line.stopAnnouncing(callId);
  await world.line.announce(callId, 2, [await world.sound(3, 300)]);
  expect(await world.events.next('announced')).toMatchObject({ id: 1, completed: false });
  expect(await world.events.next('announced')).toMatchObject({ id: 2, completed: true });
  expect(await heardAtEnd(attended)).toEqual([1, 3]);
});

test('where something else is said in its place, that is heard to its end', async () => {
  const attended = await world.answeredCall();
  const { callId } = attended;
  await world.line.announce(callId, 1, [await world.sound(1, 300)]);
  await world.line.announceAhead(callId, 1, [await world.sound(2, 20_000)]);
  await world.events.next('announced');
  await world.line.announce(callId, 2, [await world.sound(3, 500)]);
  expect(await world.events.next('announced')).toMatchObject({ id: 2, completed: true });
  const heard = await heardAtEnd(attended);
  expect(heard.at(-1)).toBe(3);
  expect(world.warnings).toEqual([]);
});

test('a call is cut short again and again without running out of announcements', async () => {
  const attended = await world.answeredCall();
  const { callId } = attended;
  const sounds = [await world.sound(1, 20_000)];
  for (let id = 1; id <= 12; id += 1) {
    await world.line.announce(callId, id, sounds);
    await world.line.announceAhead(callId, id, [await world.sound(2, 20_000)]);
    void world.line.stopAnnouncing(callId);
    expect(await world.events.next('announced')).toMatchObject({ id, completed: false });
  }
  expect(await heardAtEnd(attended)).not.toContain(2);
});
