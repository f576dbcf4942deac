import { randomUUID } from 'node:crypto';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AttemptEvent, DialOrder } from '../port.ts';
import { LineUnderTest } from './line-under-test.ts';
import { isBusy, rings, type StaffAct, speaksTooEarly } from './test-staff.ts';

const CITIZEN = '09000004321';
const PUBLIC = '0725001001';
const GREETING = 1;

let world: LineUnderTest;
let heard: AttemptEvent[] = [];
/** Calls that reached a citizen's telephone. */
let rung: IncomingCall[] = [];

beforeAll(async () => {
  world = await LineUnderTest.start();
  world.line.onAttempt((event) => heard.push(event));
  await world.connect();
});
afterAll(() => world.close());
beforeEach(() => {
  heard = [];
  rung = [];
});

const attemptId = () => `att-${randomUUID()}`;

async function dialled(act: StaffAct, changes: Partial<DialOrder> = {}): Promise<string> {
  world.staff.onIncoming((call) => {
    rung.push(call);
    return act(call);
  });
  const order = {
    attemptId: attemptId(),
    to: CITIZEN,
    calledNumber: PUBLIC,
    ringTimeoutMs: 30_000,
    linesLeftFree: 0,
    ...changes,
  };
  await world.line.dial(order);
  return order.attemptId;
}

const answers: StaffAct = async (call) => {
  call.ring();
  await call.answer();
};

async function event<Type extends AttemptEvent['type']>(id: string, type: Type) {
  const find = () =>
    heard.find(
      (each): each is Extract<AttemptEvent, { type: Type }> => each.type === type && each.attemptId === id,
    );
  await expect.poll(find, { timeout: 50_000 }).toBeDefined();
  const found = find();
  if (found === undefined) throw new Error('it was there a moment ago');
  return found;
}

async function nothingIsLeft(): Promise<void> {
  await expect.poll(() => world.engineHolds(), { timeout: 50_000 }).toEqual({ channels: 0, bridges: 0 });
  await expect.poll(() => world.line.heldAttempts.size, { timeout: 50_000 }).toBe(0);
  expect(world.line.lineUse.get('main')?.placed).toBe(0);
}

test('a citizen who answers is a call like any other from then on: hears us at once, is understood by keys, is hung up', async () => {
  const id = await dialled(answers);
  expect((await world.events.next('attemptAnswered')).callId).toBe(id);
  const [call] = rung;
  if (call === undefined) throw new Error('nobody was called');
  expect(call.from.user).toBe(PUBLIC);
  // One line of the share for placed calls, none of the received ones.
  expect(world.line.lineUse.get('main')).toEqual({ received: 0, transferred: 0, placed: 1 });
  const answeredMs = performance.now();
  await world.line.announce(id, 1, [await world.sound(GREETING, 500)]);
  await call.waitForTone({ marker: GREETING }, { timeoutMs: 50_000 });
  expect(performance.now() - answeredMs).toBeLessThan(500);
  await world.events.next('announced');
  await call.pressAll('12');
  expect([(await world.events.next('keyPressed')).key, (await world.events.next('keyPressed')).key]).toEqual([
    '1',
    '2',
  ]);
  await world.line.hangUp(id);
  expect(await call.ended).toMatchObject({ by: 'them' });
  expect(await world.events.next('hungUp')).toEqual({ type: 'hungUp', callId: id });
  expect(heard.map(({ type }) => type)).toEqual(['dialled', 'ringing', 'answered']);
  expect((await event(id, 'dialled')).sipCallId).toBe(call.sipCallId);
  await nothingIsLeft();
});

test.each([
  ['busy', isBusy, { sipCode: 486, rang: false, earlyMedia: false }],
  ['away after ringing', ringsThen(480), { sipCode: 480, rang: true, earlyMedia: false }],
  ['of no number', rejects(404), { sipCode: 404, rang: false, earlyMedia: false }],
  ['declined', ringsThen(603), { sipCode: 603, rang: true, earlyMedia: false }],
  ['refused by the trunk', rejects(503), { sipCode: 503, rang: false, earlyMedia: false }],
  ['forbidden by the trunk', rejects(403), { sipCode: 403, rang: false, earlyMedia: false }],
  ['out of range, told by a talkie', talkieThen(480), { sipCode: 480, rang: true, earlyMedia: true }],
] as const)('a telephone that is %s is reported with its code and what came before', async (_, act, how) => {
  const id = await dialled(act);
  expect(await event(id, 'dialFailed')).toMatchObject({ ...how, cancelledBy: null });
  expect(rung).toHaveLength(1);
  await nothingIsLeft();
});

function rejects(code: number): StaffAct {
  return (call) => call.reject(code);
}
function ringsThen(code: number): StaffAct {
  return (call) => {
    call.ring();
    setTimeout(() => call.reject(code), 300);
  };
}
function talkieThen(code: number): StaffAct {
  return (call) => {
    speaksTooEarly(7)(call);
    setTimeout(() => call.reject(code), 500);
  };
}

test('a telephone that nobody takes is given up after the time set, and so is one that never rings', async () => {
  for (const act of [rings, () => undefined]) {
    const id = await dialled(act, { ringTimeoutMs: 1_000 });
    expect(await event(id, 'dialFailed')).toMatchObject({ cancelledBy: 'timeout', sipCode: null });
    await nothingIsLeft();
  }
});

test('an attempt that is taken back stops ringing', async () => {
  const id = await dialled(rings);
  await event(id, 'ringing');
  await world.line.cancelDial(id);
  expect(await event(id, 'dialFailed')).toMatchObject({ cancelledBy: 'order' });
  expect((await rung[0]?.ended)?.reason).toBe('cancelled');
  await nothingIsLeft();
});

test('an answer that crosses our taking back is hung up and never becomes a call', async () => {
  const id = await dialled(rings);
  await event(id, 'ringing');
  const cancelled = world.line.cancelDial(id);
  await rung[0]?.answer().catch(() => undefined);
  await cancelled;
  expect(await event(id, 'dialFailed')).toMatchObject({ cancelledBy: 'order' });
  expect(heard.map(({ type }) => type)).not.toContain('answered');
  await nothingIsLeft();
});

test('a citizen who hangs up at once has answered and hung up', async () => {
  const id = await dialled(async (call) => {
    await call.answer();
    await call.hangUp();
  });
  await event(id, 'answered');
  expect(await world.events.next('callerHungUp')).toMatchObject({ callId: id });
  await nothingIsLeft();
});

test('the same attempt is never dialled twice, and what may not be dialled not at all', async () => {
  const id = await dialled(rings);
  await event(id, 'ringing');
  await world.line.dial({
    attemptId: id,
    to: CITIZEN,
    calledNumber: PUBLIC,
    ringTimeoutMs: 1_000,
    linesLeftFree: 0,
  });
  await world.line.cancelDial(id);
  await nothingIsLeft();
  expect(rung).toHaveLength(1);
  for (const to of ['110', '0570000000', '0120000000', '18409000004321']) {
    const refused = await dialled(rings, { to });
    expect(await event(refused, 'notDialled')).toMatchObject({ reason: 'notDialable' });
  }
  expect(rung).toHaveLength(1);
});

test('lines that are to stay free for received calls stay free', async () => {
  const { trunks } = world.asterisk.settings;
  try {
    await world.line.changeTrunks(
      trunks.map((trunk) => ({ ...trunk, lines: { ...trunk.lines, total: 3, placed: 3 } })),
    );
    expect(world.line.linesFor(2)).toBe(1);
    const first = await dialled(rings, { linesLeftFree: 2 });
    await event(first, 'ringing');
    const second = await dialled(rings, { linesLeftFree: 2 });
    expect(await event(second, 'notDialled')).toMatchObject({ reason: 'noLine' });
    await world.line.cancelDial(first);
    await nothingIsLeft();
  } finally {
    await world.line.changeTrunks(trunks);
  }
});

test('after our restart an attempt goes on ringing, and one that was answered goes on talking', async () => {
  const talking = await dialled(answers);
  await event(talking, 'answered');
  const ringing = await dialled(rings);
  await event(ringing, 'ringing');
  const [first, second] = rung;
  if (first === undefined || second === undefined) throw new Error('two were called');

  heard = [];
  await world.line.stop();
  // Answered while nobody of ours was there.
  const away = await world.reconnect();
  world.line.onAttempt((each) => heard.push(each));
  expect(away).toMatchObject([{ callId: talking, isAttempt: true, answered: true }]);
  expect(new Map(world.line.heldAttempts)).toEqual(
    new Map([
      [ringing, 'ringing'],
      [talking, 'answered'],
    ]),
  );
  await second.answer();
  expect((await world.events.next('attemptAnswered')).callId).toBe(ringing);
  await world.line.announce(ringing, 1, [await world.sound(GREETING, 300)]);
  await second.waitForTone({ marker: GREETING }, { timeoutMs: 50_000 });
  await Promise.all([world.line.hangUp(talking), world.line.hangUp(ringing)]);
  await Promise.all([first.ended, second.ended]);
  await nothingIsLeft();
});
