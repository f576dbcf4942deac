import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  BudgetShownSchema,
  CapsShownSchema,
  OutcomeTableShownSchema,
  type Rate,
  RateListSchema,
} from '../../http/campaign-cost-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { addTestCampaign } from '../test-recipients.ts';
import { estimateOfCampaign } from './estimate-of-campaign.ts';
import { reserveCost } from './reserve-cost.ts';

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

type Method = 'GET' | 'PUT' | 'DELETE';
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
const rates = async () => RateListSchema.parse((await ask('GET', '/api/campaign-cost/rates')).body).rates;
const budget = async () => BudgetShownSchema.parse((await ask('GET', '/api/campaign-cost/budget')).body);

test('staff see rates, budget and limits and change none', async () => {
  const shown = await budget();
  const hosts = { hosts: ['www.city.mihon.lg.jp'], version: 1 };
  const { caps, changed } = CapsShownSchema.parse(
    (await ask('GET', '/api/campaign-cost/caps', undefined, staff.cookie)).body,
  );
  for (const [url, payload] of [
    ['/api/campaign-cost/budget', { budget: shown.budget, version: 1 }],
    ['/api/campaign-cost/caps', { caps, version: changed.version }],
    ['/api/campaign-cost/own-hosts', hosts],
  ] as const) {
    expect([url, (await ask('GET', url, undefined, staff.cookie)).status]).toEqual([url, 200]);
    expect([url, (await ask('PUT', url, payload, staff.cookie)).status]).toEqual([url, 403]);
    expect([url, (await ask('GET', url, undefined, '')).status]).toEqual([url, 401]);
  }
});

test('the budget begins at 250,000 yen a month in all; what is fixed is not for campaigns, and a warning comes at 80 %', async () => {
  const before = await budget();
  expect(before).toMatchObject({
    budget: { monthlyYen: 250_000, warnPercent: 80 },
    use: { limitSen: 25_000_000, level: 'within' },
  });
  const shares = [{ department: '納税課', yen: 100_000 }];
  const change = { ...before.budget, fixedYen: 80_000, receivedYen: 20_000, shares };
  const put = async (changes: object) =>
    await ask('PUT', '/api/campaign-cost/budget', { budget: { ...change, ...changes }, version: 1 });
  expect(await put({ shares: [{ department: '納税課', yen: 150_001 }] })).toMatchObject({
    status: 422,
    body: { code: 'budgetInvalid', message: expect.stringContaining('150,000円') },
  });
  expect((await put({ fixedYen: 250_001 })).status).toBe(400);
  const replies = await Promise.all([put({}), put({})]);
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const { use } = await budget();
  expect(use).toMatchObject({ limitSen: 15_000_000, departments: [{ department: '納税課' }] });
  await admin.database.db.transaction().execute(
    async (trx) =>
      await reserveCost(trx, {
        budget: change,
        department: '保険課',
        worstSen: 12_000_000,
        nowMs: Date.now(),
      }),
  );
  expect((await budget()).use).toMatchObject({ reservedSen: 12_000_000, level: 'warning' });
});

test('a new rate counts from its day on; the first one of a destination stays', async () => {
  const [mobile] = (await rates()).filter(({ destination }) => destination === 'mobile');
  expect(mobile).toMatchObject({ unitSen: 1750, isInForce: true, isRemovable: false });
  const rate: Rate = {
    destination: 'mobile',
    validFrom: '2099-04-01',
    unitSeconds: 1,
    unitSen: 25,
    feeSen: 0,
    taxPercent: 10,
    rounding: 'yenUp',
  };
  const put = async (version: number | null) =>
    await ask('PUT', '/api/campaign-cost/rates', { rate, version });
  expect((await put(null)).status).toBe(200);
  expect((await put(null)).status).toBe(409);
  expect((await put(1)).status).toBe(200);
  expect((await rates()).filter(({ destination }) => destination === 'mobile')).toMatchObject([
    {
      validFrom: '2099-04-01',
      unitSen: 25,
      isInForce: false,
      isRemovable: true,
      changed: { changedBy: '試験' },
    },
    { validFrom: '2026-01-01', isInForce: true },
  ]);
  const remove = async (day: string, version: number) =>
    await ask('DELETE', `/api/campaign-cost/rates/mobile/${day}?version=${version}`);
  expect((await remove('2026-01-01', 1)).status).toBe(409);
  expect((await remove('2099-04-01', 2)).status).toBe(200);
});

test('limits for one person are changed as a whole, and never so that a week allows less than a day', async () => {
  const shown = CapsShownSchema.parse((await ask('GET', '/api/campaign-cost/caps')).body);
  expect(shown.caps.call).toEqual({ perDay: 1, per7Days: 3, per30Days: 6 });
  const put = async (perDay: number) =>
    await ask('PUT', '/api/campaign-cost/caps', {
      caps: { ...shown.caps, call: { ...shown.caps.call, perDay } },
      version: shown.changed.version,
    });
  expect((await put(4)).status).toBe(400);
  expect((await put(2)).status).toBe(200);
  expect(CapsShownSchema.parse((await ask('GET', '/api/campaign-cost/caps')).body)).toMatchObject({
    caps: { call: { perDay: 2 } },
  });
});

test('the city’s own pages are hosts, each once and none that others have names below; the change is audited', async () => {
  const url = '/api/campaign-cost/own-hosts';
  expect((await ask('GET', url)).body).toMatchObject({ hosts: [], changed: { version: 1, changedBy: null } });
  const put = async (hosts: readonly string[], version = 1) =>
    (await ask('PUT', url, { hosts, version })).status;
  for (const wrong of ['lg.jp', 'jp', 'https://www.city.mihon.lg.jp', 'WWW.city.mihon.lg.jp', 'a b.jp'])
    expect([wrong, await put([wrong])]).toEqual([wrong, 400]);
  expect(await put(['mihon.jp', 'mihon.jp'])).toBe(400);
  const hosts = ['www.city.mihon.lg.jp', 'mihon.jp'];
  expect(await put(hosts)).toBe(200);
  expect(await put([], 1)).toBe(409);
  expect((await ask('GET', url)).body).toMatchObject({ hosts, changed: { version: 2 } });
  const audit = await admin.database.db
    .selectFrom('audit_log')
    .select(['action', 'user_id'])
    .where('action', '=', 'ownHostsChanged')
    .execute();
  expect(audit).toEqual([{ action: 'ownHostsChanged', user_id: chief.userId }]);
});

test('a trunk follows the usual table of answers until an administrator gives it its own, and goes back to it', async () => {
  const { db } = admin.database;
  await db.insertInto('trunk').values({ trunk_id: 'hikari', position: 0, settings: '{}' }).execute();
  const administrator = await admin.enter('administrator');
  const url = '/api/trunks/hikari/outcome-table';
  const read = async () => OutcomeTableShownSchema.parse((await ask('GET', url)).body);
  expect(await read()).toMatchObject({ changed: null });
  const rules = [{ when: { sipCodes: [503] }, outcome: 'noLine', because: '契約回線数を超えた' }];
  expect((await ask('PUT', url, { rules, version: null })).status).toBe(403);
  expect((await ask('PUT', url, { rules, version: null }, administrator.cookie)).status).toBe(200);
  expect(await read()).toMatchObject({ rules, changed: { version: 1 } });
  expect((await ask('PUT', url, { rules: null, version: 1 }, administrator.cookie)).status).toBe(200);
  expect(await read()).toMatchObject({ changed: null });
});

test('an estimate tells yen and what it assumes; what was used comes from the attempts', async () => {
  const { db } = admin.database;
  const people = Array.from({ length: 10 }, (_, index) => ({
    addresseeNumber: `09${index}`,
    telephone: index < 5 ? `0900000090${index}` : `026500090${index}`,
  }));
  await addTestCampaign(db, people, {
    campaignId: 'cam-estimate',
    settings: { channels: 'callThenSms', smsText: 'お知らせ', firstDay: '2026-12-01' },
  });
  const estimate = await estimateOfCampaign(db, 'cam-estimate', {
    terms: [{ partUnits: 67, price: [] }],
    nowMs: Date.now(),
  });
  expect(estimate?.lowYen).toBeLessThan(estimate?.likelyYen ?? 0);
  expect(estimate?.likelyYen).toBeLessThan(estimate?.worstYen ?? 0);
  expect(estimate?.assumptions).toContain('料金：2026-12-01の料金表（税込み）');
  expect(await estimateOfCampaign(db, 'gone', { terms: [], nowMs: Date.now() })).toBeNull();
  expect((await ask('GET', '/api/campaigns/cam-estimate/cost')).body).toEqual({
    usedSen: 0,
    reservedSen: 0,
    byChannel: [],
  });
  expect((await ask('GET', '/api/campaigns/gone/cost')).status).toBe(404);
});
