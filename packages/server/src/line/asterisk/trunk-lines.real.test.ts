import { openLossyRelay } from '@madoguchi/telephony/telephone';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { TransferOrder } from '../port.ts';
import { LineUnderTest } from './line-under-test.ts';

const order: TransferOrder = { id: 5, to: '0725009001', ringTimeoutMs: 20_000, recordingPath: null };
const lines = { total: 3, received: 2, transferred: 1, placed: 0, whenFull: { type: 'busy' } } as const;

let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start({
    trunks: (usual) => [{ ...usual, lines, rtpTimeoutS: 2, presentedNumber: 'called' }],
  });
  await world.connect();
});
afterEach(async () => {
  expect(world.warnings).toEqual([]);
  await expect.poll(() => world.engineHolds()).toEqual({ channels: 0, bridges: 0 });
});
afterAll(() => world?.close());

async function end(...calls: readonly Awaited<ReturnType<LineUnderTest['call']>>[]): Promise<void> {
  for (const call of calls) {
    await call.hangUp();
    await world.events.next('callerHungUp');
  }
}

/** As the switchboard does with a call that it may not serve. Gives what the caller's telephone was told. */
async function turnedAway(
  options: Parameters<LineUnderTest['call']>[0],
  admission: 'linesFull' | 'loop',
): Promise<number | null> {
  const call = await world.call(options);
  const offered = await world.events.next('offered');
  expect(offered.admission).toBe(admission);
  await world.line.hangUp(offered.callId, 'busy');
  const outcome = await call.outcome;
  await world.events.next('hungUp');
  return outcome.answered ? null : outcome.sipCode;
}

test('one call too many gets the busy tone, and the line of a caller who has hung up is free again', async () => {
  const first = await world.answeredCall();
  const second = await world.answeredCall();
  expect(await turnedAway({}, 'linesFull')).toBe(486);
  await end(first.call);
  const third = await world.answeredCall();
  expect(await turnedAway({}, 'linesFull')).toBe(486);
  await end(second.call, third.call);
});

test('a second transfer finds no line while the first talks or rings, and one after a talk or a failure does', async () => {
  const first = await world.answeredCall();
  const second = await world.answeredCall();
  const noLine = { type: 'transferFailed', reason: 'noLine' };
  world.staff.onIncoming((taken) => taken.answer());
  await world.line.transfer(first.callId, order);
  await world.events.next('transferAnswered');
  await world.line.transfer(second.callId, order);
  expect(await world.events.next('transferFailed')).toMatchObject({ callId: second.callId, ...noLine });
  // Our process is gone and back: the talk still takes its line.
  expect(await world.reconnect()).toHaveLength(2);
  await world.line.transfer(second.callId, { ...order, id: 6 });
  expect(await world.events.next('transferFailed')).toMatchObject({ callId: second.callId, ...noLine });
  expect(await turnedAway({}, 'linesFull')).toBe(486);
  await world.line.endTransfer(first.callId, 5);
  world.staff.onIncoming((taken) => taken.reject(603));
  await world.line.transfer(second.callId, { ...order, id: 7 });
  expect(await world.events.next('transferFailed')).toMatchObject({ reason: 'refused' });
  world.staff.onIncoming((taken) => taken.answer());
  await world.line.transfer(first.callId, { ...order, id: 8 });
  expect(await world.events.next('transferAnswered')).toMatchObject({ callId: first.callId });
  await end(first.call, second.call);
});

test('where an announcement of full lines is set, as many more calls are taken to hear it', async () => {
  const full = { ...lines, received: 1, whenFull: { type: 'announcement', lines: 1 } } as const;
  await world.changeTrunks((trunk) => ({ ...trunk, lines: full }));
  const first = await world.answeredCall();
  const second = await world.call();
  const overflow = await world.events.next('offered');
  expect(overflow.admission).toBe('overflow');
  await world.line.answer(overflow.callId);
  await second.answered;
  expect(await turnedAway({}, 'linesFull')).toBe(486);
  // Our process is gone and back: who hears of full lines still takes none.
  const survivors = await world.reconnect();
  expect(new Map(survivors.map(({ callId, admission }) => [callId, admission]))).toEqual(
    new Map([
      [first.callId, 'served'],
      [overflow.callId, 'overflow'],
    ]),
  );
  expect(await turnedAway({}, 'linesFull')).toBe(486);
  await end(first.call);
  const third = await world.answeredCall();
  expect(await turnedAway({}, 'linesFull')).toBe(486);
  await end(second, third.call);
  await world.changeTrunks((trunk) => ({ ...trunk, lines }));
});

test('a caller whose sound packets stay away is hung up and his line freed; one who is only silent is not', async () => {
  const silent = await world.answeredCall();
  const dead = await world.answeredCall({ noRtp: true });
  expect(await dead.call.ended).toMatchObject({ by: 'them' });
  await expect.poll(() => world.events.all.at(-1)).toMatchObject({ callId: dead.callId });
  await silent.call.press('1');
  expect(await world.events.next('keyPressed')).toMatchObject({ callId: silent.callId, key: '1' });
  const next = await world.answeredCall();
  await end(silent.call, next.call);
});

test('the longest duration ends both legs of a talk', async () => {
  const short = await LineUnderTest.start({ maxCallMs: 3000 });
  await short.connect();
  const { callId, call } = await short.answeredCall();
  const taken = Promise.withResolvers<{ by: string }>();
  short.staff.onIncoming(async (incoming) => {
    await incoming.answer();
    taken.resolve(incoming.ended);
  });
  await short.line.transfer(callId, order);
  expect(await call.ended).toMatchObject({ by: 'them' });
  expect(await taken.promise).toMatchObject({ by: 'them' });
  await short.events.next('hungUp');
  await expect.poll(() => short.engineHolds()).toEqual({ channels: 0, bridges: 0 });
  await short.close();
});

test.each([
  ['by Diversion', { headers: [['Diversion', '<sip:0725009001@carrier.example>;reason=unconditional']] }],
  [
    'by History-Info',
    {
      headers: [
        [
          'History-Info',
          '<sip:0725009001@carrier.example>;index=1, <sip:0725001001@carrier.example>;index=1.1',
        ],
      ],
    },
  ],
  ['at the end of its hops', { hops: 3 }],
  ['from the very number that is shown there', { from: '0725001001' }],
] as const)(
  'a telephone that forwards our transfer to us, told %s, gets busy and rings once; the first call goes on',
  async (_, {
    hops,
    ...options
  }: { hops?: number; from?: string; headers?: readonly (readonly [string, string])[] }) => {
    const { callId, call } = await world.answeredCall();
    let rung = 0;
    world.staff.onIncoming((taken) => {
      rung++;
      taken.ring();
    });
    await world.line.transfer(callId, order);
    await world.events.next('transferRinging');
    const { sipPort } = world.asterisk.settings;
    const relay = await openLossyRelay({
      fate: () => 'pass',
      target: sipPort,
      rewrite: (text) => text.replace('Max-Forwards: 70', `Max-Forwards: ${hops ?? 70}`),
    });
    const server = { host: '127.0.0.1', port: relay.port };
    expect(await turnedAway({ ...options, server }, 'loop')).toBe(486);
    relay.close();
    expect(rung).toBe(1);
    await world.line.endTransfer(callId, 5);
    await world.line.announce(callId, 6, [await world.sound(1, 300)]);
    expect(await world.events.next('announced')).toMatchObject({ callId, completed: true });
    await end(call);
  },
);

test('whatever a flow says, no telephone outside the allow-list is rung, and 0120 only where the trunk may', async () => {
  const { call, callId } = await world.answeredCall();
  let rung = 0;
  world.staff.onIncoming((taken) => {
    rung++;
    taken.answer();
  });
  const forbidden = [
    '110',
    '119',
    '0570000000',
    '0990000000',
    '01012025550100',
    '1840725009001',
    '0120000000',
  ];
  for (const [at, to] of forbidden.entries()) {
    await world.line.transfer(callId, { ...order, id: 20 + at, to });
    expect(await world.events.next('transferFailed')).toMatchObject({
      id: 20 + at,
      reason: 'notDialable',
      sipCode: null,
    });
  }
  expect(rung).toBe(0);
  await world.changeTrunks((trunk) => ({ ...trunk, dialsTollFree: true }));
  await world.line.transfer(callId, { ...order, id: 30, to: '0120000000' });
  await world.events.next('transferAnswered');
  expect(rung).toBe(1);
  await end(call);
  await world.changeTrunks((trunk) => ({ ...trunk, dialsTollFree: false }));
});
