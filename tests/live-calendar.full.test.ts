import { CalendarSchema, WEEKDAYS } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { officialLines } from '../packages/server/src/calendars/test-holiday-file.ts';
import { CalendarDetailSchema } from '../packages/server/src/http/calendar-contract.ts';
import { wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const NUMBER = '0725000181';
const TODAY = '2026-12-22';
const OPEN = 1;
const CLOSED = 2;
/** What is asked of the product; the call itself comes after it. */
const NEXT_CALL_MS = 2_000;

let under: HouseUnderTest;
let cookie: string;

beforeAll(async () => {
  under = await startHouseUnderTest({
    clockOffsetMs: Date.parse(`${TODAY}T10:00:00+09:00`) - Date.now(),
  });
  const allDay = [{ from: '00:00', to: '24:00' }];
  const calendar = CalendarSchema.parse({
    id: 'live',
    name: '市役所',
    weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, allDay])),
  });
  const flow = oneFlow('live-hours', {
    hours: {
      kind: 'openingHours',
      title: '開庁時間',
      calendarId: 'live',
      next: { open: 'open', closed: 'closed' },
    },
    open: sayMarker(OPEN, 'end'),
    closed: sayMarker(CLOSED, 'end'),
    end: END,
  });
  await under.serve(NUMBER, flow, { calendar });
  cookie = await signedIn();
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

async function signedIn(): Promise<string> {
  const { administrator, httpUrl } = under.house;
  if (administrator === null) throw new Error('somebody has an account in this house already');
  const reply = await fetch(`${httpUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: httpUrl },
    body: JSON.stringify({ email: administrator.email, password: administrator.password }),
  });
  expect(reply.status).toBe(200);
  return reply.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

async function ask(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<unknown> {
  const { httpUrl } = under.house;
  const reply = await fetch(httpUrl + path, {
    method,
    headers: { 'content-type': 'application/json', origin: httpUrl, cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect([path, reply.status]).toEqual([path, 200]);
  return await reply.json();
}

async function setDays(days: readonly object[]): Promise<void> {
  const { calendar, version } = CalendarDetailSchema.parse(await ask('GET', '/api/calendars/live'));
  await ask('PUT', '/api/calendars/live', { calendar: { ...calendar, days }, version });
}

/** The markers that a call hears which begins two seconds after what was done. */
async function nextCall(): Promise<readonly number[]> {
  await new Promise((resolve) => setTimeout(resolve, NEXT_CALL_MS));
  const call = await under.call(NUMBER);
  expect((await call.ended).by).toBe('them');
  return wayOf(call);
}

test('the very next call goes by a special day that was set on the screen, by its taking away, and by 内閣府のファイル', async () => {
  await until('the number served', async () => {
    const call = await under.call(NUMBER);
    await call.ended;
    return wayOf(call).length > 0;
  });
  expect(await nextCall()).toEqual([OPEN]);
  await setDays([{ label: '庁舎停電', date: TODAY, hours: [] }]);
  expect(await nextCall()).toEqual([CLOSED]);
  await setDays([]);
  expect(await nextCall()).toEqual([OPEN]);
  const lines = officialLines(2027, { [TODAY]: '臨時の休日' }).join('\r\n');
  await ask('POST', '/api/holidays', {
    fileName: 'syukujitsu.csv',
    content: Buffer.from(lines).toString('base64'),
  });
  expect(await nextCall()).toEqual([CLOSED]);
}, 120_000);
