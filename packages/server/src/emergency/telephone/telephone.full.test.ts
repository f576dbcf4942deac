import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SwitchingCall } from '../../calls/emergency/port.ts';
import {
  EmergencyListSchema,
  EmergencyPinSetSchema,
  EmergencyTelephoneSchema,
} from '../../http/emergency-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { createTelephoneSwitching } from './telephone-switching.ts';

const PIN = '739164';
const WRONG_PIN = '628053';
const NUMBER = '0725000231';
const HOUR_MS = 3_600_000;

let admin: TestAdminServer;
let chief: { cookie: string; userId: string };
let staffNumber: string;
let callCount = 0;

beforeAll(async () => {
  admin = await startTestAdminServer();
  chief = await admin.enter('chief');
  await admin.database.db
    .insertInto('phone_number')
    .values({ phone_number: NUMBER, name: '切り替え', state: 'preparing' })
    .execute();
});
afterAll(() => admin.stop());
beforeEach(async () => {
  const { db } = admin.database;
  for (const table of [
    'emergency_period',
    'emergency_message',
    'emergency_failed_call',
    'emergency_pin',
    'audit_log',
  ] as const)
    await db.deleteFrom(table).execute();
  await db.updateTable('emergency_telephone').set({ closed_until: null, phone_number: null }).execute();
  await db
    .updateTable('person')
    .set({ role: 'chief', suspended: false })
    .where('id', '=', chief.userId)
    .execute();
  admin.offset.ms = 0;
  staffNumber = await withPin(PIN);
});

async function ask(
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  by = chief.cookie,
) {
  const reply = await admin.server.inject({
    method,
    url: `/api/emergency${path}`,
    headers: { cookie: by, origin: TEST_ORIGIN },
    ...(body === undefined ? {} : { payload: body }),
  });
  const told: { [key: string]: unknown } = reply.json();
  return { status: reply.statusCode, told };
}

const withPin = async (pin: string, by = chief.cookie) =>
  EmergencyPinSetSchema.parse((await ask('PUT', '/telephone/pin', { pin }, by)).told).staffNumber;
const telephone = async () => EmergencyTelephoneSchema.parse((await ask('GET', '/telephone')).told);
const switching = () =>
  createTelephoneSwitching({
    db: admin.database.db,
    sounds: { prepare: () => Promise.resolve() },
    clock: { now: () => Date.now() + admin.offset.ms },
  });
const newCall = (): SwitchingCall => ({ callId: `c-${callCount++}`, callerNumber: '09000000001' });

/** What comes of one try in a call of its own. */
async function enter(pin: string, number = staffNumber, call = newCall()) {
  return (await switching().enter(call, { staffNumber: number, pin })).type;
}

async function audited() {
  const rows = await admin.database.db
    .selectFrom('audit_log')
    .select(['action', 'user_id', 'detail'])
    .orderBy('audit_id')
    .execute();
  return rows.map(({ action, user_id, detail }) => ({ action, user_id, detail }));
}

test('a chief sets a PIN and keeps the drawn number, and reads the PIN nowhere again', async () => {
  expect(staffNumber).toMatch(/^\d{4}$/);
  expect(await withPin(WRONG_PIN)).toBe(staffNumber);
  expect(await telephone()).toMatchObject({
    own: { staffNumber, isLocked: false },
    people: [{ name: '試験', isLocked: false }],
  });
  const all = JSON.stringify(await admin.database.db.selectFrom('emergency_pin').selectAll().execute());
  expect(all + JSON.stringify(await audited()) + admin.logLines.join('')).not.toMatch(`${PIN}|${WRONG_PIN}`);
  expect(await ask('PUT', '/telephone/pin', { pin: '123456' })).toMatchObject({
    status: 422,
    told: { code: 'pinRefused' },
  });
});

test('only who may switch sets a PIN or names the number, and a number that another has changed meanwhile is not overwritten', async () => {
  const staff = await admin.enter('staff');
  expect((await ask('PUT', '/telephone/pin', { pin: PIN }, staff.cookie)).status).toBe(403);
  expect((await ask('GET', '/telephone', undefined, staff.cookie)).status).toBe(403);
  const { version } = await telephone();
  expect((await ask('PUT', '/telephone', { phoneNumber: '0725000999', version })).status).toBe(404);
  expect((await ask('PUT', '/telephone', { phoneNumber: NUMBER, version })).status).toBe(200);
  expect(await ask('PUT', '/telephone', { phoneNumber: null, version })).toMatchObject({
    status: 409,
    told: { code: 'changedMeanwhile' },
  });
  expect((await telephone()).number).toMatchObject({ phoneNumber: NUMBER, name: '切り替え' });
});

test('number and PIN let in whoever may still switch, and nobody else', async () => {
  expect(await enter(PIN)).toBe('entered');
  expect(await enter(WRONG_PIN)).toBe('wrong');
  const unknown = staffNumber === '1234' ? '1235' : '1234';
  expect(await enter(PIN, unknown)).toBe('wrong');
  const { db } = admin.database;
  await db.updateTable('person').set({ suspended: true }).where('id', '=', chief.userId).execute();
  expect(await enter(PIN)).toBe('wrong');
  await db
    .updateTable('person')
    .set({ suspended: false, role: 'staff' })
    .where('id', '=', chief.userId)
    .execute();
  expect(await enter(PIN)).toBe('wrong');
});

test('five wrong PINs in a row lock a person, also with the right one, until a new PIN is set; it is audited and shown', async () => {
  for (let tries = 0; tries < 4; tries++) await enter(WRONG_PIN);
  expect(await enter(PIN)).toBe('entered');
  const call = newCall();
  for (let tries = 0; tries < 5; tries++) await enter(WRONG_PIN, staffNumber, call);
  expect(await enter(PIN, staffNumber, call)).toBe('wrong');
  expect((await telephone()).own?.isLocked).toBe(true);
  expect((await audited()).filter(({ action }) => action === 'emergencyPinLocked')).toHaveLength(1);
  await withPin('840275');
  expect(await enter('840275')).toBe('entered');
  expect((await telephone()).own?.isLocked).toBe(false);
});

test('ten calls within an hour that nobody got in by keep everybody out for an hour, however many guess at once', async () => {
  const guesses = Array.from({ length: 14 }, (_, nth) => enter(PIN, String(9_990 - nth)));
  const answers = await Promise.all(guesses);
  expect(answers.filter((answer) => answer === 'closed')).toHaveLength(4);
  expect(await enter(PIN)).toBe('closed');
  expect((await telephone()).closedUntil).not.toBeNull();
  expect((await audited()).filter(({ action }) => action === 'emergencyTelephoneClosed')).toHaveLength(1);
  admin.offset.ms = HOUR_MS + 60_000;
  expect(await enter(PIN)).toBe('entered');
  expect((await telephone()).closedUntil).toBeNull();
});

test('a call that gets in after a slip does not count, nor do failures of more than an hour ago', async () => {
  for (let calls = 0; calls < 3; calls++) {
    const call = newCall();
    await enter(PIN, '9999', call);
    expect(await enter(PIN, staffNumber, call)).toBe('entered');
  }
  for (let calls = 0; calls < 8; calls++) await enter(PIN, '9999');
  expect(await enter(PIN)).toBe('entered');
  admin.offset.ms = HOUR_MS + 60_000;
  for (let calls = 0; calls < 2; calls++) await enter(PIN, '9999');
  expect(await enter(PIN)).toBe('entered');
});

test('what is switched by telephone stands in the audit log and the history as that, with who and from where', async () => {
  const draft = {
    name: '大雨',
    text: '大雨のため閉庁しています',
    afterwards: 'goOn',
    phoneNumbers: [NUMBER],
  };
  const { told } = await ask('POST', '', { draft });
  const messageId = String(told['messageId']);
  const [message] = await switching().messages();
  expect(message).toMatchObject({ messageId, name: '大雨', numberNames: ['切り替え'], onUntil: null });
  const call = newCall();
  const deed = { person: chief.userId, messageId, version: 1 };
  const endsAt = new Date(Date.now() + HOUR_MS);
  expect(await switching().switchOn(call, { ...deed, version: 2 }, endsAt)).toBe('refused');
  expect(await switching().switchOn(call, deed, endsAt)).toBe('done');
  expect((await switching().messages())[0]?.onUntil).toEqual(endsAt);
  expect(await switching().switchOn(call, deed, endsAt)).toBe('refused');
  expect(await switching().switchOff(call, deed)).toBe('done');
  const { history } = EmergencyListSchema.parse((await ask('GET', '')).told);
  expect(history).toMatchObject([{ beganBy: '試験', beganByTelephone: true, endedByTelephone: true }]);
  const by = { channel: 'telephone', ...call };
  expect((await audited()).slice(-2)).toMatchObject([
    { action: 'emergencyOn', user_id: chief.userId, detail: by },
    { action: 'emergencyOff', user_id: chief.userId, detail: by },
  ]);
});

test('who loses the right while in the call switches nothing any more', async () => {
  const { told } = await ask('POST', '', {
    draft: { name: '停電', text: '停電です', afterwards: 'goOn', phoneNumbers: null },
  });
  const { db } = admin.database;
  await db.updateTable('person').set({ role: 'staff' }).where('id', '=', chief.userId).execute();
  const deed = { person: chief.userId, messageId: String(told['messageId']), version: 1 };
  expect(await switching().switchOn(newCall(), deed, new Date(Date.now() + HOUR_MS))).toBe('refused');
  expect(await db.selectFrom('emergency_period').selectAll().execute()).toEqual([]);
});
