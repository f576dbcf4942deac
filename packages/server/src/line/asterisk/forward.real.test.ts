import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ForwardOrder } from '../port.ts';
import { LineUnderTest } from './line-under-test.ts';

const order: ForwardOrder = { id: 0, to: '0725009001', calledNumber: '0725001001' };

let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start({
    fallbackNumbers: () => [
      {
        number: '0725001001',
        fallback: null,
        forwardTo: '0725009001',
        openIntervals: [],
        apologySound: null,
      },
    ],
  });
  await world.connect();
});
afterEach(async () => {
  expect(world.warnings).toEqual([]);
  await expect.poll(() => world.engineHolds()).toEqual({ channels: 0, bridges: 0 });
});
afterAll(() => world?.close());

/** A call that was offered and passed on. */
async function forwarded(changes: Partial<ForwardOrder> = {}) {
  const call = await world.call();
  const { callId } = await world.events.next('offered');
  await world.line.forward(callId, { ...order, ...changes });
  return { call, callId };
}

test('the caller hears ringing while the other side rings, and is answered only when that answers', async () => {
  const taken = Promise.withResolvers<{
    answer(): Promise<void>;
    hangUp(): Promise<unknown>;
    from: { user: string };
  }>();
  world.staff.onIncoming((incoming) => {
    incoming.ring();
    taken.resolve(incoming);
  });
  const { call, callId } = await forwarded();
  expect((await call.ringing)?.sipCode).toBe(180);
  expect(await world.events.next('transferRinging')).toMatchObject({ callId, id: 0 });
  const other = await taken.promise;
  let isAnswered = false;
  void call.answered.then(() => {
    isAnswered = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(isAnswered).toBe(false);
  await other.answer();
  await call.answered;
  expect(await world.events.next('transferAnswered')).toMatchObject({ callId, id: 0 });
  // Keys are the other side's business.
  await call.press('5');
  await other.hangUp();
  expect(await call.ended).toMatchObject({ by: 'them' });
  expect(await world.events.next('transferEnded')).toMatchObject({ callId, by: 'staff' });
  await world.events.next('hungUp');
  expect(world.events.all.some(({ type }) => type === 'keyPressed' || type === 'answered')).toBe(false);
});

test('what the other side plays before its answer reaches the caller, who is still not answered', async () => {
  world.staff.onIncoming((incoming) => {
    incoming.progress();
    void incoming.play({ marker: 3 });
  });
  const { call } = await forwarded();
  await call.waitForTone({ marker: 3 }, { timeoutMs: 8_000 });
  expect((await call.ringing)?.sipCode).toBe(183);
  await call.cancel();
  await world.events.next('callerHungUp');
});

test.each([
  [486, 'busy'],
  [404, 'unreachable'],
  [480, 'unreachable'],
  [603, 'refused'],
  [503, 'unreachable'],
] as const)('a refusal by %i is what the caller gets', async (status, reason) => {
  world.staff.onIncoming((incoming) => incoming.reject(status));
  const { call, callId } = await forwarded();
  expect(await call.outcome).toMatchObject({ answered: false, sipCode: status });
  expect(await world.events.next('transferFailed')).toMatchObject({ callId, reason });
  await world.events.next('hungUp');
});

test('a caller who gives up while it rings stops the ringing', async () => {
  const ended = Promise.withResolvers<object>();
  world.staff.onIncoming((incoming) => {
    incoming.ring();
    void incoming.ended.then(ended.resolve);
  });
  const { call, callId } = await forwarded();
  await call.ringing;
  await call.cancel();
  expect(await ended.promise).toMatchObject({ by: 'them', reason: 'cancelled' });
  expect(await world.events.next('callerHungUp')).toMatchObject({ callId });
});

test('the number that the telephone there is shown may be the caller, or that which he called', async () => {
  const shown: string[] = [];
  world.staff.onIncoming((incoming) => {
    shown.push(incoming.from.user);
    incoming.reject(486);
  });
  for (const presented of ['caller', 'called', '0725001077']) {
    const { call } = await forwarded({ presented });
    await call.outcome;
    await world.events.next('transferFailed');
    await world.events.next('hungUp');
  }
  expect(shown).toEqual(['09000000001', '0725001001', '0725001077']);
});

test('a call that comes back to us while it rings there gets busy, and so does its caller', async () => {
  let rung = 0;
  world.staff.onIncoming((incoming) => {
    rung++;
    incoming.ring();
    void world
      .call({ headers: [['Diversion', '<sip:0725009001@carrier.example>;reason=unconditional']] })
      .then((back) => back.outcome)
      .then((outcome) => incoming.reject(outcome.answered ? 500 : outcome.sipCode));
  });
  const { call } = await forwarded();
  const back = await world.events.next('offered');
  expect(back.admission).toBe('loop');
  await world.line.hangUp(back.callId, 'busy');
  expect(await call.outcome).toMatchObject({ answered: false, sipCode: 486 });
  expect(rung).toBe(1);
  await world.events.next('transferFailed');
  await world.events.next('hungUp');
  await world.events.next('hungUp');
});

test('where nothing may be dialled it is told without a code, and nothing rings', async () => {
  world.staff.onIncoming(() => {
    throw new Error('rung');
  });
  const { call, callId } = await forwarded({ to: '110' });
  expect(await world.events.next('transferFailed')).toMatchObject({
    callId,
    reason: 'notDialable',
    sipCode: null,
    q850Cause: null,
  });
  await world.line.hangUp(callId, 'busy');
  expect(await call.outcome).toMatchObject({ answered: false, sipCode: 486 });
  await world.events.next('hungUp');
});

test('after our own restart a forwarded talk goes on, is known, and its end is told', async () => {
  const taken = Promise.withResolvers<{ hangUp(): Promise<unknown> }>();
  world.staff.onIncoming(async (incoming) => {
    await incoming.answer();
    taken.resolve(incoming);
  });
  const { call, callId } = await forwarded();
  await call.answered;
  await world.events.next('transferAnswered');
  const survivors = await world.reconnect();
  expect(survivors).toMatchObject([
    { callId, answered: true, isForwarded: true, transfer: { id: 0, state: 'answered' } },
  ]);
  await (await taken.promise).hangUp();
  expect(await world.events.next('transferEnded')).toMatchObject({ callId, by: 'staff' });
  await world.events.next('hungUp');
  expect(await call.ended).toMatchObject({ by: 'them' });
});

test('while no controlling process is there the engine passes the call on by itself, code and all', async () => {
  await world.line.stop();
  world.staff.onIncoming((incoming) => incoming.reject(404));
  const call = await world.call();
  expect(await call.outcome).toMatchObject({ answered: false, sipCode: 404 });
  await world.reconnect();
});
