import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultHolidays } from '@madoguchi/flow';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDirectory } from '../calls/index.ts';
import { connectDatabase } from '../database/index.ts';
import { HolidaysLoadedSchema, HolidaysSchema } from '../http/calendar-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../http/test-admin-server.ts';
import { inCp932, officialLines } from './test-holiday-file.ts';
import { usualCalendar } from './usual-calendar.ts';

let admin: TestAdminServer;
let cookie: string;
beforeEach(async () => {
  admin = await startTestAdminServer();
  ({ cookie } = await admin.enter('chief'));
  setClock('2026-11-25T10:00:00+09:00');
});
afterEach(async () => {
  await admin?.stop();
});

function setClock(at: string): void {
  admin.offset.ms = Date.parse(at) - Date.now();
}

async function load(content: Buffer, fileName = 'syukujitsu.csv') {
  const reply = await admin.server.inject({
    method: 'POST',
    url: '/api/holidays',
    headers: { cookie, origin: TEST_ORIGIN },
    payload: { fileName, content: content.toString('base64') },
  });
  const body: unknown = reply.json();
  return { status: reply.statusCode, body };
}

async function shown() {
  const reply = await admin.server.inject({ url: '/api/holidays', headers: { cookie } });
  return HolidaysSchema.parse(reply.json());
}

const file = (lastYear: number, changes: Readonly<Record<string, string>> = {}) =>
  `${officialLines(lastYear, changes).join('\r\n')}\r\n`;

test('内閣府のファイル as it comes (CP932) and saved again (UTF-8) is read, and what it changes is told', async () => {
  expect(await shown()).toMatchObject({ file: null, knownUntil: '2026-12-31', endsSoon: true });
  const reply = await load(inCp932(file(2027, { '2027-12-24': '臨時の休日' })));
  expect(reply.status).toBe(200);
  expect(HolidaysLoadedSchema.parse(reply.body)).toEqual({
    firstYear: 1970,
    lastYear: 2027,
    changes: [{ date: '2027-12-24', before: null, after: '臨時の休日' }],
  });
  const now = await shown();
  expect(now).toMatchObject({
    file: { fileName: 'syukujitsu.csv', loadedBy: '試験', firstYear: 1970, lastYear: 2027 },
    knownUntil: '2027-12-31',
    endsSoon: false,
  });
  expect(now.holidays['2027-03-22']).toBe('春分の日 振替休日');
  expect(now.holidays['2028-01-01']).toBe('元日');
  const again = await load(Buffer.from(`\uFEFF${file(2027)}`));
  expect(HolidaysLoadedSchema.parse(again.body).changes).toEqual([
    { date: '2027-12-24', before: '臨時の休日', after: null },
  ]);
});

test('the warning comes 60 days before the known holidays end, and not a day earlier', async () => {
  await load(inCp932(file(2027)));
  setClock('2027-10-31T23:59:00+09:00');
  expect((await shown()).endsSoon).toBe(false);
  setClock('2027-11-01T00:00:00+09:00');
  expect((await shown()).endsSoon).toBe(true);
});

test.each([
  [
    'a line that is no day',
    (lines: string[]) => lines.splice(3, 1, '2026/13/1,元日'),
    /4行目を読み取れません/,
  ],
  [
    'another list',
    (lines: string[]) => lines.splice(0, lines.length, '番号,氏名', '1,見本 太郎'),
    /2行目を読み取れません/,
  ],
  ['a file that was cut off', (lines: string[]) => lines.splice(-9), /2027年の祝日が足りません/],
  ['an empty file', (lines: string[]) => lines.splice(0), /祝日が一つもありません/],
])('%s is refused in words, and the former file stays', async (_, spoil, words) => {
  await load(inCp932(file(2027, { '2027-12-24': '臨時の休日' })));
  const lines = [...officialLines(2027)];
  spoil(lines);
  const reply = await load(inCp932(lines.join('\r\n')), 'wrong.csv');
  expect(reply).toMatchObject({
    status: 422,
    body: { code: 'holidayFile', message: expect.stringMatching(words) },
  });
  expect((await shown()).holidays['2027-12-24']).toBe('臨時の休日');
});

test('a picture instead of the list is refused, and so is one that is too large', async () => {
  expect(await load(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0xfd]))).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining('文字を読み取れません') },
  });
  expect((await load(Buffer.alloc(1_500_000))).status).toBe(413);
});

test('calls go by the file once they are told of it, also after a start without PostgreSQL', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-holidays-'));
  const parts = {
    cacheFile: join(folder, 'directory.json'),
    bundledHolidays: defaultHolidays,
    log: pino({ level: 'silent' }),
  };
  const calendar = usualCalendar('city', '市役所');
  await admin.database.db
    .insertInto('calendar')
    .values({ calendar_id: 'city', name: '市役所', calendar: JSON.stringify(calendar) })
    .execute();
  const directory = createDirectory({ db: admin.database.db, ...parts });
  await directory.load();
  const at = Date.parse('2027-12-24T10:00:00+09:00');
  expect(directory.calendarSays('city', at).open).toBe(true);
  await load(inCp932(file(2027, { '2027-12-24': '臨時の休日' })));
  await directory.refresh();
  const closed = { open: false, reason: '祝日・休日（臨時の休日）のため閉庁' };
  expect(directory.calendarSays('city', at)).toEqual(closed);
  const away = connectDatabase('postgres://nobody@127.0.0.1:1/none', { onIdleError: () => undefined });
  const later = createDirectory({ db: away, ...parts });
  await later.load();
  expect(later.calendarSays('city', at)).toEqual(closed);
  await away.destroy();
  await rm(folder, { recursive: true });
});
