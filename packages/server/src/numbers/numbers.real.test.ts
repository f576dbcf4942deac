import { LANGUAGE_VERSION } from '@madoguchi/flow';
import { draftOf, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type NumberDraft, PhoneNumberListSchema } from '../http/number-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../http/test-admin-server.ts';
import { carryOutPlans } from './plans.ts';

const NUMBER = '0725001001';

let admin: TestAdminServer;
let cookie: string;
let userId: string;
beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie, userId } = await admin.enter('administrator'));
});
afterAll(() => admin.stop());
beforeEach(async () => {
  const { db } = admin.database;
  await db.deleteFrom('number_plan').execute();
  await db.deleteFrom('test_caller').execute();
  await db.deleteFrom('phone_number').execute();
  await db.deleteFrom('trunk').execute();
  await db.deleteFrom('audit_log').execute();
  await ask('POST', '', { phoneNumber: '0725-00-1001', name: '資格給付' });
});

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object, by = cookie) {
  const reply = await admin.server.inject({
    method,
    url: path.startsWith('/api') ? path : `/api/phone-numbers${path}`,
    headers: { cookie: by, origin: TEST_ORIGIN },
    ...(body === undefined ? {} : { payload: body }),
  });
  const told: { [key: string]: unknown } = reply.json();
  return { status: reply.statusCode, told };
}

async function numberShown() {
  const { told } = await ask('GET', '');
  const [found] = PhoneNumberListSchema.parse(told).numbers;
  if (found === undefined) throw new Error('the number is not there');
  return found;
}

async function save(changes: Partial<NumberDraft>) {
  const { draft, version } = await numberShown();
  return await ask('PUT', `/${NUMBER}`, { draft: { ...draft, ...changes }, version });
}

async function putInState(state: string) {
  const { version } = await numberShown();
  return await ask('PUT', `/${NUMBER}/state`, { state, version });
}

async function audited(): Promise<readonly string[]> {
  const rows = await admin.database.db.selectFrom('audit_log').select('action').orderBy('at').execute();
  return rows.map(({ action }) => action).filter((action) => action !== 'signedIn');
}

test('a number is added as staff write it, is being prepared at first, and only once', async () => {
  expect(await numberShown()).toMatchObject({
    phoneNumber: NUMBER,
    shown: '0725-00-1001',
    state: 'preparing',
  });
  const again = await ask('POST', '', { phoneNumber: '０７２５００１００１', name: '別名' });
  expect(again).toMatchObject({ status: 422, told: { problems: [{ path: 'phoneNumber' }] } });
  expect(await audited()).toEqual(['numberAdded']);
});

test.each([
  ['itself', '0725-00-1001'],
  ['another number of ours', '0725001002'],
])('a number that is stopped is not passed on to %s: the call would come back', async (_, forwardTo) => {
  await ask('POST', '', { phoneNumber: '0725001002', name: '賦課徴収' });
  const refused = await save({ forwardTo });
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused.told)).toContain('戻ってきてしまいます');
  expect((await save({ fallbackNumber: forwardTo })).status).toBe(422);
  expect((await numberShown()).draft).toMatchObject({ forwardTo: '', fallbackNumber: '' });
});

test('a number that another is passed on to is not added', async () => {
  await save({ forwardTo: '0725009001' });
  const added = await ask('POST', '', { phoneNumber: '0725009001', name: '窓口' });
  expect(added).toMatchObject({ status: 422 });
  expect(JSON.stringify(added.told)).toContain('「資格給付」の転送先');
});

test('a number that a trunk is registered for leads back here: neither is saved where the other is', async () => {
  const trunk = trunkOfProfile('register050', {
    id: 'any',
    name: '050の回線',
    host: '192.0.2.60',
    accounts: [{ number: '0725009002', user: 'counter', password: 'never-to-be-shown' }],
  });
  const draft = { ...draftOf(trunk), accounts: trunk.accounts };
  expect((await ask('POST', '/api/trunks', { draft })).status).toBe(201);
  for (const path of ['forwardTo', 'fallbackNumber'] as const) {
    const refused = await save({ [path]: '0725-00-9002' });
    expect(refused).toMatchObject({ status: 422, told: { problems: [{ path }] } });
    expect(JSON.stringify(refused.told)).toContain('戻ってきてしまいます');
  }
  const transfer = {
    languageVersion: LANGUAGE_VERSION,
    id: 'transfers',
    name: '職員へ',
    startNodeId: 'staff',
    nodes: { staff: { kind: 'transfer', title: '職員', targets: [{ to: '0725-00-9002' }], next: {} } },
  };
  await ask('POST', '/api/flows', { flowId: 'transfers', name: transfer.name, draft: transfer });
  expect((await ask('GET', '/api/flows/transfers/publishing')).told).toMatchObject({
    problems: expect.arrayContaining([expect.objectContaining({ code: 'ownNumber' })]),
  });
  await save({ fallbackNumber: '0725009001' });
  const other = { ...draft, host: '192.0.2.61', accounts: [{ ...trunk.accounts[0], number: '0725009001' }] };
  expect(await ask('POST', '/api/trunks', { draft: other })).toMatchObject({
    status: 422,
    told: { problems: [{ path: 'accounts.0.number', message: expect.stringContaining('「資格給付」') }] },
  });
});

test('nothing but telephones of people may be passed on to, and only a number of ours is shown there', async () => {
  for (const forwardTo of ['110', '0570000000', '0120000000', 'あいう'])
    expect(await save({ forwardTo })).toMatchObject({
      status: 422,
      told: { problems: [{ path: 'forwardTo' }] },
    });
  const shown = { presented: 'number', presentedNumber: '0725009001' } as const;
  expect(await save(shown)).toMatchObject({ told: { problems: [{ path: 'presentedNumber' }] } });
  expect((await save({ ...shown, presentedNumber: '0725-00-1001' })).status).toBe(200);
});

test('a number is stopped only once it is known where its calls go, and cannot lose that while it is', async () => {
  expect(await putInState('stopped')).toMatchObject({ status: 409, told: { code: 'stateNotPossible' } });
  await save({ forwardTo: '0725009001' });
  expect((await putInState('stopped')).status).toBe(200);
  expect(await save({ forwardTo: '' })).toMatchObject({ told: { problems: [{ path: 'forwardTo' }] } });
  expect((await numberShown()).state).toBe('stopped');
  expect(await audited()).toEqual(['numberAdded', 'numberChanged', 'numberStateChanged']);
});

test('a number without a published flow does not go live', async () => {
  expect(await putInState('live')).toMatchObject({ status: 409, told: { code: 'stateNotPossible' } });
});

test('a change over a newer one is refused and changes nothing', async () => {
  const { draft, version } = await numberShown();
  await save({ name: 'ほかの人' });
  const late = await ask('PUT', `/${NUMBER}`, { draft: { ...draft, name: '自分' }, version });
  expect(late).toMatchObject({ status: 409, told: { code: 'changedMeanwhile' } });
  expect((await numberShown()).draft.name).toBe('ほかの人');
});

test('staff and chiefs see the numbers, only administrators change them', async () => {
  const staff = await admin.enter('staff');
  expect((await ask('GET', '', undefined, staff.cookie)).status).toBe(200);
  const body = { phoneNumber: '0725001003', name: '窓口' };
  expect((await ask('POST', '', body, staff.cookie)).status).toBe(403);
  const { version } = await numberShown();
  const stop = await ask('PUT', `/${NUMBER}/state`, { state: 'test', version }, staff.cookie);
  expect(stop.status).toBe(403);
});

test('chiefs and administrators say how many decisions a number asks for, at most three, and it is audited; staff do not', async () => {
  const chief = await admin.enter('chief');
  const staff = await admin.enter('staff', 'staff2@example.jp');
  const setSteps = async (steps: number, by: string) => {
    const { version } = await numberShown();
    return (await ask('PUT', `/${NUMBER}/approval`, { steps, version }, by)).status;
  };
  expect((await numberShown()).approval).toEqual({ steps: 1, setBy: null });
  expect(await setSteps(0, staff.cookie)).toBe(403);
  expect(await setSteps(4, chief.cookie)).toBe(400);
  expect(await setSteps(2, chief.cookie)).toBe(200);
  expect(await setSteps(2, cookie)).toBe(200);
  const { version } = await numberShown();
  const late = await ask('PUT', `/${NUMBER}/approval`, { steps: 0, version: version - 1 });
  expect(late).toMatchObject({ status: 409, told: { code: 'changedMeanwhile' } });
  expect((await numberShown()).approval).toEqual({ steps: 2, setBy: '試験' });
  const entries = await admin.database.db
    .selectFrom('audit_log')
    .select(['user_id', 'subject', 'detail'])
    .where('action', '=', 'numberApprovalChanged')
    .execute();
  expect(entries).toEqual([{ user_id: chief.userId, subject: NUMBER, detail: { from: 1, to: 2 } }]);
});

test('all that is planned for a number stands in one list by time: states, versions, the opening day; what is over does not', async () => {
  const { db } = admin.database;
  const hoursOn = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const publishAt = hoursOn(2);
  const propose = (proposalId: string, state: 'waiting' | 'withdrawn', at: Date | null) =>
    db
      .insertInto('proposal')
      .values({
        proposal_id: proposalId,
        flow_id: 'planned',
        draft_version: 1,
        bundle: '{}',
        content_sha256: '',
        comment: '',
        drafted_by: userId,
        drafted_at: hoursOn(0),
        steps: 1,
        publish_when: at === null ? 'byHand' : 'at',
        publish_at: at,
        state,
        sounds_ready_at: null,
        reason: null,
        bundle_id: null,
        settled_at: null,
      })
      .execute();
  for (const flowId of ['planned', 'other'])
    await ask('POST', '/api/flows', { flowId, name: '新年度の案内', draft: null });
  await propose('theirs', 'waiting', null);
  await db.updateTable('proposal').set({ flow_id: 'other' }).where('proposal_id', '=', 'theirs').execute();
  await propose('dated', 'waiting', publishAt);
  await propose('over', 'withdrawn', publishAt);
  for (const proposal_id of ['dated', 'over', 'theirs'])
    await db.insertInto('proposal_number').values({ proposal_id, phone_number: NUMBER }).execute();
  for (const hours of [3, 1])
    await ask('POST', `/${NUMBER}/plans`, { state: 'test', dueAt: hoursOn(hours).toISOString() });
  await save({ opensOn: '2099-04-01' });
  expect((await numberShown()).planned).toMatchObject([
    { type: 'state', state: 'test', by: '試験' },
    { type: 'version', proposalId: 'dated', flowName: '新年度の案内', isApproved: false },
    { type: 'state' },
    { type: 'opening', day: '2099-04-01', at: '2099-03-31T15:00:00.000Z' },
    { type: 'version', proposalId: 'theirs', at: null },
  ]);
  await save({ opensOn: '2020-04-01' });
  expect((await numberShown()).planned.map(({ type }) => type)).not.toContain('opening');
});

test('a planned change is carried out at its time, once, however many look, and is in the audit log as its planner’s', async () => {
  const { db } = admin.database;
  const dueAt = new Date(Date.now() + 3_600_000);
  const plan = { state: 'test', dueAt: dueAt.toISOString() };
  expect((await ask('POST', `/${NUMBER}/plans`, plan)).status).toBe(201);
  await carryOutPlans(db, { now: () => dueAt.getTime() - 1 });
  expect(await numberShown()).toMatchObject({
    state: 'preparing',
    planned: [{ type: 'state', state: 'test' }],
  });
  const due = { now: () => dueAt.getTime() };
  await Promise.all([carryOutPlans(db, due), carryOutPlans(db, due), carryOutPlans(db, due)]);
  expect(await numberShown()).toMatchObject({ state: 'test', planned: [], version: 2 });
  const settled = await ask('GET', `/${NUMBER}/plans`);
  expect(settled.told).toMatchObject({ plans: [{ result: 'done', createdBy: '試験' }] });
  const entries = await db
    .selectFrom('audit_log')
    .select(['user_id', 'detail'])
    .where('action', '=', 'numberPlanCarriedOut')
    .execute();
  expect(entries).toMatchObject([{ user_id: userId, detail: { from: 'preparing', to: 'test' } }]);
});

test('a plan that cannot be carried out any more changes nothing and says why', async () => {
  const { db } = admin.database;
  await save({ forwardTo: '0725009001' });
  const dueAt = new Date(Date.now() + 3_600_000);
  await ask('POST', `/${NUMBER}/plans`, { state: 'stopped', dueAt: dueAt.toISOString() });
  await save({ forwardTo: '' });
  await carryOutPlans(db, { now: () => dueAt.getTime() });
  expect((await numberShown()).state).toBe('preparing');
  expect((await ask('GET', `/${NUMBER}/plans`)).told).toMatchObject({
    plans: [{ result: 'failed', reason: expect.stringContaining('停止中の転送先') }],
  });
});

test('a plan can be taken back until it is carried out, and none is made for a time that is over', async () => {
  const { db } = admin.database;
  const dueAt = new Date(Date.now() + 3_600_000);
  const { told } = await ask('POST', `/${NUMBER}/plans`, { state: 'test', dueAt: dueAt.toISOString() });
  expect((await ask('DELETE', `/${NUMBER}/plans/${told['planId']}`)).status).toBe(200);
  expect((await ask('DELETE', `/${NUMBER}/plans/${told['planId']}`)).status).toBe(409);
  await carryOutPlans(db, { now: () => dueAt.getTime() });
  expect((await numberShown()).state).toBe('preparing');
  const past = { state: 'test', dueAt: new Date(Date.now() - 1_000).toISOString() };
  expect((await ask('POST', `/${NUMBER}/plans`, past)).status).toBe(409);
});

test('test callers are kept by number, each once, with their days', async () => {
  const caller = {
    number: '090-0000-0011',
    note: '係長の携帯',
    fromDay: null,
    toDay: '2020-01-01',
    version: null,
  };
  expect((await ask('PUT', '/api/test-callers', caller)).status).toBe(200);
  expect((await ask('PUT', '/api/test-callers', caller)).status).toBe(409);
  const days = { fromDay: '2026-05-02', toDay: '2026-05-01' };
  expect((await ask('PUT', '/api/test-callers', { ...caller, ...days, version: 1 })).status).toBe(400);
  expect((await ask('GET', '/api/test-callers')).told).toMatchObject({
    testCallers: [{ number: '09000000011', note: '係長の携帯', isValidNow: false, version: 1 }],
  });
  expect((await ask('DELETE', '/api/test-callers/09000000011')).status).toBe(200);
  expect((await ask('GET', '/api/test-callers')).told).toEqual({ testCallers: [] });
});

test('the number for switching emergency announcements by telephone is marked as such', async () => {
  const name = async (phone_number: string | null) =>
    await admin.database.db.updateTable('emergency_telephone').set({ phone_number }).execute();
  expect((await numberShown()).isForSwitching).toBe(false);
  await name(NUMBER);
  expect((await numberShown()).isForSwitching).toBe(true);
  await name(null);
});
