import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EmergencyListSchema, EmergencyNowSchema } from '../http/emergency-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../http/test-admin-server.ts';
import { SpeechError } from '../speech/index.ts';
import { endOverdue } from './switch-emergency.ts';

const UNSPEAKABLE = '〓〓〓。';
const draft = {
  name: '大雨による閉庁',
  text: '大雨のため、本日は閉庁しています',
  afterwards: 'hangUp',
  phoneNumbers: null,
};

let admin: TestAdminServer;
let chief: { cookie: string; userId: string };
const made: string[] = [];
beforeAll(async () => {
  admin = await startTestAdminServer({
    sounds: {
      prepare: async (announcements) => {
        const text = JSON.stringify(announcements);
        if (text.includes(UNSPEAKABLE))
          throw new SpeechError('unspeakable', '読み上げられる文字がありません。');
        made.push(text);
      },
      preview: () => Promise.resolve(Buffer.from('RIFF')),
    },
  });
  chief = await admin.enter('chief');
  await admin.database.db
    .insertInto('phone_number')
    .values({ phone_number: '0725001001', name: '資格給付', state: 'live' })
    .execute();
});
afterAll(() => admin.stop());
beforeEach(async () => {
  const { db } = admin.database;
  await db.deleteFrom('emergency_period').execute();
  await db.deleteFrom('emergency_message').execute();
  await db.deleteFrom('audit_log').execute();
  made.length = 0;
  admin.offset.ms = 0;
});

async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
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

async function saved(changes: object = {}): Promise<string> {
  const { told } = await ask('POST', '', { draft: { ...draft, ...changes } });
  return String(told['messageId']);
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const on = async () => EmergencyNowSchema.parse((await ask('GET', '/now')).told).on;
const list = async () => EmergencyListSchema.parse((await ask('GET', '')).told);

async function audited() {
  return await admin.database.db
    .selectFrom('audit_log')
    .select(['action', 'user_id'])
    .where('action', 'like', 'emergency%')
    .orderBy('at')
    .execute();
}

test('a message is stored with its sound made, and not at all where none can be', async () => {
  await saved();
  expect(made).toEqual([expect.stringContaining('大雨のため、本日は閉庁しています。')]);
  const failed = await ask('POST', '', { draft: { ...draft, text: UNSPEAKABLE } });
  expect(failed).toMatchObject({ status: 422, told: { problems: [{ path: 'text' }] } });
  expect((await list()).messages).toHaveLength(1);
});

test('one click switches it on for every screen and caller, another off, and both are in the audit log', async () => {
  const id = await saved();
  expect(await on()).toEqual([]);
  expect((await ask('PUT', `/${id}/on`, { endsAt: inAnHour() })).status).toBe(200);
  expect(await on()).toMatchObject([
    { messageId: id, text: '大雨のため、本日は閉庁しています。', numberNames: null },
  ]);
  expect((await ask('PUT', `/${id}/on`, { endsAt: inAnHour() })).status).toBe(409);
  expect((await ask('DELETE', `/${id}/on`)).status).toBe(200);
  expect(await on()).toEqual([]);
  expect((await list()).history).toMatchObject([{ beganBy: '試験', endedBy: '試験' }]);
  expect((await audited()).map(({ action }) => action)).toEqual([
    'emergencyMessageSaved',
    'emergencyOn',
    'emergencyOff',
  ]);
});

test('it ends by itself at its time, which is noted once, and can be switched on again', async () => {
  const { db } = admin.database;
  const id = await saved();
  await ask('PUT', `/${id}/on`, { endsAt: inAnHour() });
  admin.offset.ms = 3_700_000;
  expect(await on()).toEqual([]);
  const later = { now: () => Date.now() + 3_700_000 };
  await Promise.all([endOverdue(db, later), endOverdue(db, later)]);
  const ends = (await audited()).filter(({ action }) => action === 'emergencyEnded');
  expect(ends).toEqual([{ action: 'emergencyEnded', user_id: null }]);
  const again = new Date(Date.now() + 7_200_000).toISOString();
  expect((await ask('PUT', `/${id}/on`, { endsAt: again })).status).toBe(200);
});

test('what callers hear is not changed under way: it is switched off first', async () => {
  const id = await saved();
  await ask('PUT', `/${id}/on`, { endsAt: inAnHour() });
  const change = { draft: { ...draft, text: '別の文章。' }, version: 1 };
  expect(await ask('PUT', `/${id}`, change)).toMatchObject({ status: 409, told: { code: 'isOn' } });
  expect((await ask('DELETE', `/${id}?version=1`)).status).toBe(409);
  await ask('DELETE', `/${id}/on`);
  expect((await ask('PUT', `/${id}`, change)).status).toBe(200);
  expect((await ask('PUT', `/${id}`, change)).status).toBe(409);
  expect((await ask('DELETE', `/${id}?version=2`)).status).toBe(200);
  expect((await list()).messages).toEqual([]);
});

test('it is switched on neither for a time that is over nor for months', async () => {
  const id = await saved();
  for (const ms of [-1_000, 40 * 86_400_000])
    expect((await ask('PUT', `/${id}/on`, { endsAt: new Date(Date.now() + ms).toISOString() })).status).toBe(
      409,
    );
});

test('staff see what is on but cannot switch it; chiefs can', async () => {
  const id = await saved();
  const staff = await admin.enter('staff');
  expect((await ask('GET', '', undefined, staff.cookie)).status).toBe(200);
  expect((await ask('GET', '/now', undefined, staff.cookie)).status).toBe(200);
  expect((await ask('PUT', `/${id}/on`, { endsAt: inAnHour() }, staff.cookie)).status).toBe(403);
  expect((await ask('POST', '', { draft }, staff.cookie)).status).toBe(403);
});
