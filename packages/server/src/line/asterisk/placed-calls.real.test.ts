import { randomUUID } from 'node:crypto';
import { type IncomingCall, markerSound } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlacedCallEvent, PlacedCallOrder } from '../port.ts';
import { LineUnderTest } from './line-under-test.ts';
import { isBusy, rings, type StaffAct, speaksTooEarly, staffWho } from './test-staff.ts';

const STAFF = '0725009001';
const CITIZEN = '09000004321';
const PUBLIC = '0725001001';
/** What the staff's telephone says, and the citizen's. */
const STAFF_VOICE = 20;
const CITIZEN_VOICE = 10;
/** Sounds of ours to staff. */
const BEFORE = 1;
const BUSY = 2;
const UNANSWERED = 3;
const FAILED = 4;

let world: LineUnderTest;
let heard: PlacedCallEvent[] = [];
let onHeard: () => void = () => undefined;
const listen = () =>
  world.line.onPlacedCall((event) => {
    heard.push(event);
    onHeard();
  });

beforeAll(async () => {
  world = await LineUnderTest.start();
  listen();
  await world.connect();
});
afterAll(() => world.close());

/** The event of that kind and call, also where it came before. */
async function next(id: string, type: PlacedCallEvent['type']): Promise<PlacedCallEvent> {
  for (;;) {
    const found = heard.find((event) => event.id === id && event.type === type);
    if (found !== undefined) return found;
    await new Promise<void>((resolve, reject) => {
      const seen = () => heard.map((event) => event.type).join(', ');
      const timer = setTimeout(() => reject(new Error(`no ${type} after: ${seen()}`)), 50_000);
      onHeard = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function order(changes: Partial<PlacedCallOrder> = {}): Promise<PlacedCallOrder> {
  heard = [];
  const [before, busy, unanswered, failed] = await Promise.all(
    [BEFORE, BUSY, UNANSWERED, FAILED].map((marker) => world.sound(marker, 500)),
  );
  return {
    id: randomUUID(),
    staff: STAFF,
    citizen: CITIZEN,
    calledNumber: PUBLIC,
    ringTimeoutMs: 60_000,
    sounds: {
      before: [before ?? ''],
      busy: [busy ?? ''],
      unanswered: [unanswered ?? ''],
      failed: [failed ?? ''],
    },
    ...changes,
  };
}

const answers: StaffAct = async (call) => {
  call.ring();
  await call.answer();
};

/** Places a call in which staff answer and the citizen does `act`. */
async function placed(act: StaffAct, changes: Partial<PlacedCallOrder> = {}) {
  const at = staffWho(world.staff, { [STAFF]: answers, [CITIZEN]: act });
  const placing = await order(changes);
  await world.line.placeCall(placing);
  return { id: placing.id, staff: await at(STAFF), at };
}

async function hearEachOther(staff: IncomingCall, citizen: IncomingCall): Promise<void> {
  const [staffSince, citizenSince] = [staff.nowMs, citizen.nowMs];
  await Promise.all([
    staff.play(markerSound(STAFF_VOICE, 1000)),
    citizen.play(markerSound(CITIZEN_VOICE, 1000)),
  ]);
  await staff.waitForTone({ marker: CITIZEN_VOICE }, { timeoutMs: 50_000, sinceMs: staffSince });
  await citizen.waitForTone({ marker: STAFF_VOICE }, { timeoutMs: 50_000, sinceMs: citizenSince });
}

const markersOf = (call: IncomingCall) => new Set(call.heardMarkers.map(({ marker }) => marker));

/** Its lines are free again once the engine holds nothing of it. */
async function nothingIsLeft(): Promise<void> {
  await expect.poll(() => world.engineHolds(), { timeout: 50_000 }).toEqual({ channels: 0, bridges: 0 });
  await expect.poll(() => world.line.placedCallIds.size, { timeout: 50_000 }).toBe(0);
}

async function talk() {
  const { id, staff, at } = await placed(answers);
  const citizen = await at(CITIZEN);
  await next(id, 'talking');
  await hearEachOther(staff, citizen);
  return { id, staff, citizen };
}

test('the clerk’s telephone rings, then the citizen’s, and they hear each other; the city’s number is shown', async () => {
  const at = staffWho(world.staff, { [STAFF]: rings, [CITIZEN]: rings });
  const placing = await order();
  await world.line.placeCall(placing);
  const staff = await at(STAFF);
  expect(staff.from.user).toBe(PUBLIC);
  // Before the clerk has answered nobody calls the citizen.
  expect(heard).toEqual([]);
  await staff.answer();
  await staff.waitForTone({ marker: BEFORE }, { timeoutMs: 50_000 });
  await next(placing.id, 'ringingCitizen');
  const citizen = await at(CITIZEN);
  expect(citizen.from.user).toBe(PUBLIC);
  // The ring tone of Japan: 400 Hz.
  await staff.waitForTone({ toneHz: 400 }, { timeoutMs: 50_000 });
  await citizen.answer();
  await next(placing.id, 'talking');
  await hearEachOther(staff, citizen);
  await citizen.hangUp();
  expect(await next(placing.id, 'ended')).toMatchObject({ by: 'citizen' });
  expect(await staff.ended).toMatchObject({ by: 'them' });
  expect(markersOf(citizen)).toEqual(new Set([STAFF_VOICE]));
  await nothingIsLeft();
});

test('a clerk who hangs up ends the talk for the citizen too', async () => {
  const { id, staff, citizen } = await talk();
  await staff.hangUp();
  expect(await next(id, 'ended')).toMatchObject({ by: 'staff' });
  expect(await citizen.ended).toMatchObject({ by: 'them' });
  await nothingIsLeft();
});

test('the stop button ends the talk for both', async () => {
  const { id, staff, citizen } = await talk();
  await world.line.endPlacedCall(id);
  expect(await next(id, 'ended')).toMatchObject({ by: 'stop' });
  await Promise.all([staff.ended, citizen.ended]);
  await nothingIsLeft();
});

test.each([
  ['busy', isBusy, 'citizenBusy', BUSY],
  ['not taken in time', rings, 'citizenUnanswered', UNANSWERED],
  ['out of reach', ((call) => call.reject(503)) satisfies StaffAct, 'citizenFailed', FAILED],
] as const)(
  'of a citizen’s telephone that is %s the clerk hears why, and is hung up',
  async (_, act, reason, marker) => {
    const { id, staff } = await placed(act, reason === 'citizenUnanswered' ? { ringTimeoutMs: 2000 } : {});
    expect(await next(id, 'failed')).toMatchObject({ reason });
    await staff.ended;
    expect([...markersOf(staff)]).toEqual([BEFORE, marker]);
    expect(heard.map(({ type }) => type)).toEqual(['ringingCitizen', 'failed']);
    await nothingIsLeft();
  },
);

test('sound of the network before the citizen answers is no answer: the clerk hears the ring tone and never that sound', async () => {
  const { id, staff, at } = await placed(speaksTooEarly(CITIZEN_VOICE));
  await at(CITIZEN);
  await staff.waitForTone({ toneHz: 400 }, { timeoutMs: 50_000 });
  expect(heard.map(({ type }) => type)).toEqual(['ringingCitizen']);
  await staff.hangUp();
  expect(await next(id, 'failed')).toMatchObject({ reason: 'staffHungUp' });
  expect((await (await at(CITIZEN)).ended).reason).toBe('cancelled');
  expect(markersOf(staff)).toEqual(new Set([BEFORE]));
  await nothingIsLeft();
});

test.each([
  ['is busy', isBusy, 'staffBusy'],
  ['is declined', ((call) => call.reject(603)) satisfies StaffAct, 'staffFailed'],
  ['is not taken', rings, 'staffUnanswered'],
] as const)('where the clerk’s telephone %s no citizen is rung', async (_, act, reason) => {
  const rung: string[] = [];
  world.staff.onIncoming((call) => {
    rung.push(call.to.user);
    return act(call);
  });
  const placing = await order({ ringTimeoutMs: 2000 });
  await world.line.placeCall(placing);
  expect(await next(placing.id, 'failed')).toMatchObject({ reason });
  await nothingIsLeft();
  expect(rung).toEqual([STAFF]);
});

test('where two lines are not free, or a number may not be dialled, nothing rings at all', async () => {
  const rung: string[] = [];
  world.staff.onIncoming((call) => {
    rung.push(call.to.user);
    call.ring();
  });
  const { trunks } = world.asterisk.settings;
  try {
    await world.line.changeTrunks(
      trunks.map((trunk) => ({ ...trunk, lines: { ...trunk.lines, total: 3, placed: 3 } })),
    );
    const first = await order();
    await world.line.placeCall(first);
    await expect.poll(() => rung, { timeout: 50_000 }).toEqual([STAFF]);
    // One of three is left: not enough for a clerk and a citizen.
    const second = await order({ staff: '0725009002' });
    await world.line.placeCall(second);
    expect(await next(second.id, 'failed')).toMatchObject({ reason: 'noLine' });
    await world.line.endPlacedCall(first.id);
    expect(await next(first.id, 'failed')).toMatchObject({ reason: 'stopped' });
    await nothingIsLeft();
    for (const changes of [{ citizen: '110' }, { citizen: '0570000000' }, { staff: '0120000000' }]) {
      const refused = await order(changes);
      await world.line.placeCall(refused);
      expect(await next(refused.id, 'failed')).toMatchObject({ reason: 'notDialable' });
    }
    expect(rung).toEqual([STAFF]);
  } finally {
    await world.line.changeTrunks(trunks);
  }
});

test('after our restart a talk goes on; whoever was still ringing or waiting is hung up, and never rung again', async () => {
  const { id, staff, citizen } = await talk();
  const waiting = await order({ staff: '0725009002', citizen: '09000000002' });
  const rung: string[] = [];
  const rungCalls: IncomingCall[] = [];
  world.staff.onIncoming(async (call) => {
    rung.push(call.to.user);
    rungCalls.push(call);
    call.ring();
    if (call.to.user === waiting.staff) await call.answer();
  });
  await world.line.placeCall(waiting);
  await expect.poll(() => rung, { timeout: 50_000 }).toEqual([waiting.staff, waiting.citizen]);

  heard = [];
  await world.reconnect();
  listen();
  expect([...world.line.placedCallIds]).toEqual([id]);
  await Promise.all(rungCalls.map((call) => call.ended));
  await hearEachOther(staff, citizen);
  await staff.hangUp();
  expect(await next(id, 'ended')).toMatchObject({ by: 'staff' });
  await citizen.ended;
  await nothingIsLeft();
  expect(rung).toEqual([waiting.staff, waiting.citizen]);
});
