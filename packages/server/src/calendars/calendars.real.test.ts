import { type Calendar, LANGUAGE_VERSION } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneFlow, sayText, textPrompt } from '../../../../tests/setup/test-flows.ts';
import {
  CalendarAtSchema,
  CalendarDetailSchema,
  CalendarListSchema,
  CalendarMonthSchema,
  CalendarSavedSchema,
} from '../http/calendar-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../http/test-admin-server.ts';

const NUMBER = '0725000401';
const UNUSED = '使われないカレンダー';

let admin: TestAdminServer;
let chief: { cookie: string; userId: string };
let staff: { cookie: string; userId: string };

beforeAll(async () => {
  admin = await startTestAdminServer();
  chief = await admin.enter('chief');
  staff = await admin.enter('staff');
});
afterAll(async () => {
  await admin?.stop();
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function ask(method: Method, url: string, payload?: object, cookie = chief.cookie) {
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = reply.json();
  return { status: reply.statusCode, body };
}

async function added(name: string): Promise<string> {
  const reply = await ask('POST', '/api/calendars', { name });
  expect(reply.status).toBe(201);
  return CalendarSavedSchema.parse(reply.body).calendarId;
}

async function read(calendarId: string) {
  return CalendarDetailSchema.parse((await ask('GET', `/api/calendars/${calendarId}`)).body);
}

async function change(calendarId: string, changes: Partial<Calendar>) {
  const { calendar, version } = await read(calendarId);
  return await ask('PUT', `/api/calendars/${calendarId}`, { calendar: { ...calendar, ...changes }, version });
}

/** A number whose flow asks the calendar and then puts a question. */
async function serve(phoneNumber: string, calendarId: string): Promise<void> {
  const bundle = oneFlow(`asks-${calendarId}`, {
    hours: { kind: 'openingHours', calendarId, next: { open: 'welcome', closed: 'away' } },
    welcome: sayText('市役所でございます。', { interruptible: true }, 'menu'),
    menu: {
      kind: 'menu',
      title: '用件',
      prompt: textPrompt('届出は1を押してください。'),
      choices: [{ key: '1' }],
      next: { 'key:1': 'end', wrongKey: 'end', noKey: 'end' },
    },
    away: sayText('本日の受付は終わりました。', { interruptible: true }, 'end'),
    end: { kind: 'end', title: '終わり', farewell: textPrompt('お電話ありがとうございました。') },
  });
  const { db } = admin.database;
  await db
    .insertInto('flow_bundle')
    .values({ bundle_id: bundle.bundleId, name: '資格のフロー', bundle: JSON.stringify(bundle) })
    .execute();
  await db
    .insertInto('phone_number')
    .values({ phone_number: phoneNumber, name: '資格給付', state: 'live', bundle_id: bundle.bundleId })
    .execute();
}

test('staff see calendars and change none; a chief changes them, and what was done is audited', async () => {
  const calendarId = await added('権限');
  const { calendar, version } = await read(calendarId);
  const body = { calendar: { ...calendar, name: '変更後' }, version };
  for (const [method, url, payload] of [
    ['POST', '/api/calendars', { name: 'x' }],
    ['PUT', `/api/calendars/${calendarId}`, body],
    ['DELETE', `/api/calendars/${calendarId}?version=1`],
    ['POST', '/api/holidays', { fileName: 'x', content: '' }],
  ] satisfies [Method, string, object?][]) {
    expect([url, (await ask(method, url, payload, staff.cookie)).status]).toEqual([url, 403]);
    expect([url, (await ask(method, url, payload, '')).status]).toEqual([url, 401]);
  }
  for (const url of [
    '/api/calendars',
    '/api/holidays',
    `/api/calendars/${calendarId}`,
    `/api/calendars/${calendarId}/month?month=2026-12`,
    `/api/calendars/${calendarId}/at?when=2026-12-01T10:00:00%2B09:00`,
  ]) {
    expect([url, (await ask('GET', url, undefined, staff.cookie)).status]).toEqual([url, 200]);
    expect([url, (await ask('GET', url, undefined, '')).status]).toEqual([url, 401]);
  }
  expect(await ask('PUT', `/api/calendars/${calendarId}`, body)).toMatchObject({ status: 200 });
  expect(await ask('DELETE', `/api/calendars/${calendarId}?version=2`)).toMatchObject({ status: 200 });
  const trail = await admin.database.db
    .selectFrom('audit_log')
    .select(['action', 'user_id'])
    .where('subject', '=', calendarId)
    .orderBy('audit_id')
    .execute();
  expect(trail).toEqual(
    ['calendarAdded', 'calendarChanged', 'calendarRemoved'].map((action) => ({
      action,
      user_id: chief.userId,
    })),
  );
});

test('of two people who change a calendar at once one is told, and nothing of the other is overwritten', async () => {
  const calendarId = await added('二人');
  const { calendar, version } = await read(calendarId);
  const replies = await Promise.all(
    ['甲', '乙'].map((name) =>
      ask('PUT', `/api/calendars/${calendarId}`, { calendar: { ...calendar, name }, version }),
    ),
  );
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(replies.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'changedMeanwhile' });
  expect(await read(calendarId)).toMatchObject({ version: 2, changedBy: '試験' });
});

test('what is wrong is told by its place and nothing is saved', async () => {
  const calendarId = await added('誤り');
  const reply = await change(calendarId, { name: '', days: [{ label: '', date: '2026-12-01', hours: [] }] });
  expect(reply).toMatchObject({
    status: 422,
    body: { code: 'calendarProblems', problems: [{ path: 'name' }, { path: 'days.0.label' }] },
  });
  expect(await read(calendarId)).toMatchObject({ version: 1, calendar: { name: '誤り' } });
});

test('a calendar that a flow in force or a draft asks or a number names is not removed, and it is said which; an unused one is', async () => {
  const calendarId = await added('使用中');
  await serve(NUMBER, calendarId);
  const refused = await ask('DELETE', `/api/calendars/${calendarId}?version=1`);
  expect(refused).toMatchObject({
    status: 409,
    body: { code: 'calendarInUse', message: expect.stringMatching(/資格給付.*資格のフロー/) },
  });
  const named = await added('番号だけ');
  await admin.database.db
    .insertInto('phone_number')
    .values({ phone_number: '0725000402', name: '保健総務', state: 'live', calendar_id: named })
    .execute();
  expect(await ask('DELETE', `/api/calendars/${named}?version=1`)).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('保健総務') },
  });
  const drafted = await added('下書きだけ');
  const draft = {
    languageVersion: LANGUAGE_VERSION,
    id: 'drafted',
    name: '作りかけ',
    startNodeId: 'hours',
    nodes: { hours: { kind: 'openingHours', calendarId: drafted } },
  };
  const { db } = admin.database;
  await db
    .insertInto('flow')
    .values({ flow_id: 'drafted', name: '作りかけ', draft: JSON.stringify(draft) })
    .execute();
  expect(await ask('DELETE', `/api/calendars/${drafted}?version=1`)).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('下書き（作りかけ）') },
  });
  await db.updateTable('flow').set({ removed_at: new Date() }).where('flow_id', '=', 'drafted').execute();
  expect((await ask('DELETE', `/api/calendars/${drafted}?version=1`)).status).toBe(200);
  const unused = await added(UNUSED);
  expect((await ask('DELETE', `/api/calendars/${unused}?version=2`)).status).toBe(409);
  expect((await ask('DELETE', `/api/calendars/${unused}?version=1`)).status).toBe(200);
  expect((await ask('GET', `/api/calendars/${unused}`)).status).toBe(404);
  const { calendars } = CalendarListSchema.parse((await ask('GET', '/api/calendars')).body);
  expect(calendars.find((each) => each.calendarId === calendarId)?.uses).toEqual({
    numbers: [{ phoneNumber: NUMBER, shown: '0725-00-0401', name: '資格給付' }],
    flows: ['資格のフロー'],
    drafts: [],
  });
});

test('a calendar that a proposal is to be published with is not removed; one of earlier versions is, by somebody who knows that nobody can go back to them', async () => {
  const { db } = admin.database;
  const now = await added('いまの版');
  const before = await added('前の版');
  await serve('0725000409', now);
  await db
    .insertInto('flow')
    .values({ flow_id: 'benefits', name: '給付の流れ', draft: '{}', removed_at: new Date() })
    .execute();
  for (const [calendarId, version_no] of [
    [before, 1],
    [now, 2],
  ] as const) {
    const bundle_id = `asks-${calendarId}`;
    const hours = { kind: 'openingHours', calendarId, next: { open: 'end', closed: 'end' } };
    const bundle = oneFlow(bundle_id, { hours, end: { kind: 'end', title: '終わり' } });
    const values = {
      bundle_id,
      name: '給付',
      bundle: JSON.stringify(bundle),
      flow_id: 'benefits',
      version_no,
    };
    await db
      .insertInto('flow_bundle')
      .values(values)
      .onConflict((conflict) => conflict.column('bundle_id').doUpdateSet({ flow_id: 'benefits', version_no }))
      .execute();
  }
  await db
    .updateTable('phone_number')
    .set({ flow_id: 'benefits' })
    .where('phone_number', '=', '0725000409')
    .execute();
  const waiting = await added('伺いだけ');
  await db
    .insertInto('proposal')
    .values({
      proposal_id: 'waits',
      flow_id: 'benefits',
      draft_version: 1,
      bundle: JSON.stringify(
        oneFlow('waits', { hours: { kind: 'openingHours', calendarId: waiting, next: {} } }),
      ),
      content_sha256: '',
      comment: '',
      drafted_by: chief.userId,
      drafted_at: new Date(),
      steps: 1,
      publish_when: 'at',
      publish_at: new Date('2099-04-01T00:00:00Z'),
      state: 'approved',
      sounds_ready_at: null,
      reason: null,
      bundle_id: null,
      settled_at: null,
    })
    .execute();
  expect(await ask('DELETE', `/api/calendars/${waiting}?version=1&giveUpVersions=true`)).toMatchObject({
    status: 409,
    body: { code: 'calendarInUse', message: expect.stringContaining('公開前の伺い（給付の流れ）') },
  });
  expect(await read(waiting)).toMatchObject({ proposals: ['給付の流れ'], earlierVersions: [] });
  await db.updateTable('proposal').set({ state: 'withdrawn' }).execute();
  expect((await ask('DELETE', `/api/calendars/${waiting}?version=1`)).status).toBe(200);

  expect(await read(before)).toMatchObject({ proposals: [], earlierVersions: ['給付 第1版'] });
  expect(await ask('DELETE', `/api/calendars/${before}?version=1`)).toMatchObject({
    status: 409,
    body: { code: 'calendarInVersions', message: expect.stringContaining('給付 第1版') },
  });
  const back = { bundleId: `asks-${before}`, from: `asks-${now}` };
  const forth = { bundleId: back.from, from: back.bundleId };
  const go = (order: object) => ask('PUT', '/api/numbers/0725000409/version', order);
  expect([(await go(back)).status, (await go(forth)).status]).toEqual([200, 200]);
  expect((await ask('DELETE', `/api/calendars/${before}?version=1&giveUpVersions=true`)).status).toBe(200);
  expect(await go(back)).toMatchObject({ status: 422, body: { code: 'calendarRemoved' } });
});

test('a month shows each day with its hours, what decided it and the 祝日', async () => {
  const calendarId = await added('月');
  await change(calendarId, {
    days: [{ label: '休日窓口', date: '2026-11-23', hours: [{ from: '09:00', to: '12:00' }] }],
  });
  const month = async (text: string) =>
    CalendarMonthSchema.parse((await ask('GET', `/api/calendars/${calendarId}/month?month=${text}`)).body)
      .days;
  const november = await month('2026-11');
  expect(november).toHaveLength(30);
  expect(november.filter(({ holiday }) => holiday !== null)).toEqual([
    { date: '2026-11-03', hours: [], decidedBy: '祝日・休日（文化の日）', holiday: '文化の日' },
    {
      date: '2026-11-23',
      hours: [{ from: '09:00', to: '12:00', label: '特別日「休日窓口」' }],
      decidedBy: '特別日「休日窓口」',
      holiday: '勤労感謝の日',
    },
  ]);
  expect((await month('2028-02')).at(-1)?.date).toBe('2028-02-29');
  expect((await ask('GET', `/api/calendars/${calendarId}/month?month=2026-13`)).status).toBe(400);
});

test('what a caller hears at a time is what the flow in force says up to its first question, by the hours of that time', async () => {
  const calendarId = await added('聞こえる');
  await serve('0725000403', calendarId);
  const at = async (when: string) =>
    CalendarAtSchema.parse(
      (await ask('GET', `/api/calendars/${calendarId}/at?when=${encodeURIComponent(when)}`)).body,
    );
  expect(await at('2026-11-24T17:14:59+09:00')).toMatchObject({
    open: true,
    reason: '火曜日の開庁時間',
    numbers: [
      {
        shown: '0725-00-0403',
        heard: {
          texts: ['市役所でございます。', '届出は1を押してください。'],
          stopsAt: 'question',
          nodeTitle: '用件',
        },
      },
    ],
  });
  expect(await at('2026-11-24T17:15:00+09:00')).toMatchObject({
    open: false,
    reason: '火曜日の開庁時間の時間外',
    numbers: [
      { heard: { texts: ['本日の受付は終わりました。', 'お電話ありがとうございました。'], stopsAt: 'end' } },
    ],
  });
  expect(await at('2026-12-29T01:00:00Z')).toMatchObject({
    open: false,
    reason: expect.stringContaining('年末年始'),
  });
});

test('of the number by which emergency announcements are switched it is said that it is that one, and no flow', async () => {
  const { db } = admin.database;
  const calendarId = await added('切り替え');
  await serve('0725000404', calendarId);
  await db.updateTable('emergency_telephone').set({ phone_number: '0725000404' }).execute();
  const { body } = await ask('GET', `/api/calendars/${calendarId}/at?when=2026-11-24T10:00:00Z`);
  expect(CalendarAtSchema.parse(body).numbers).toMatchObject([{ isForSwitching: true, heard: null }]);
  await db.updateTable('emergency_telephone').set({ phone_number: null }).execute();
});
