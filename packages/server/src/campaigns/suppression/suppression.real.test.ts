import { afterAll, beforeAll, expect, test } from 'vitest';
import { SuppressionAddedSchema, SuppressionListSchema } from '../../http/campaign-suppression-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { addTestAttempt, addTestCampaign, testPersonKeys } from '../test-recipients.ts';
import type { SuppressionReason } from '../words.ts';
import { isSuppressed } from './is-suppressed.ts';

let admin: TestAdminServer;
let staff: { cookie: string; userId: string };
beforeAll(async () => {
  admin = await startTestAdminServer();
  staff = await admin.enter('staff');
});
afterAll(async () => {
  await admin?.stop();
});

async function ask(method: 'GET' | 'POST', url: string, payload?: object, cookie = staff.cookie) {
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = reply.json();
  return { status: reply.statusCode, body };
}

const terms = { reason: 'instalments', note: '', fromDay: '2020-01-01', toDay: null } as const;
const add = async (whom: { addresseeNumber?: string; telephone?: string }, more: object = {}) =>
  await ask('POST', '/api/suppressions', { ...terms, addresseeNumber: '', telephone: '', ...whom, ...more });
const added = (reply: { body: unknown }) => SuppressionAddedSchema.parse(reply.body);
const list = async (query = '') =>
  SuppressionListSchema.parse((await ask('GET', `/api/suppressions${query}`)).body);

async function statesOf(recipientIds: readonly number[]) {
  const rows = await admin.database.db
    .selectFrom('campaign_recipient')
    .select(['state', 'settled_reason'])
    .where('recipient_id', 'in', recipientIds)
    .orderBy('recipient_id')
    .execute();
  return rows.map(({ state, settled_reason }) => [state, settled_reason]);
}

async function suppressedOn(
  day: string,
  addresseeNumber: string,
  telephone = '09000000999',
): Promise<SuppressionReason | null> {
  const person = {
    personKey: testPersonKeys.person(addresseeNumber),
    telephoneKey: testPersonKeys.telephone(telephone),
  };
  const [reason = null] = await isSuppressed(admin.database.db, [person], day);
  return reason;
}

test('who is suppressed is taken off every running campaign at once, also while the telephone rings; a talk goes on, others stay', async () => {
  const { db } = admin.database;
  const meant = { addresseeNumber: '0501', telephone: '09000000501' };
  const other = { addresseeNumber: '0502', telephone: '09000000502' };
  const one = await addTestCampaign(db, [meant, other]);
  const two = await addTestCampaign(db, [meant], { state: 'paused' });
  const [rung = 0] = await addTestCampaign(db, [meant]);
  const [talking = 0] = await addTestCampaign(db, [meant]);
  for (const [recipientId, state] of [
    [rung, 'ringing'],
    [talking, 'talking'],
  ] as const) {
    const attemptId = await addTestAttempt(db, recipientId, { at: '2026-12-01T10:00:00+09:00' });
    await db.updateTable('campaign_attempt').set({ state }).where('attempt_id', '=', attemptId).execute();
    await db
      .updateTable('campaign_recipient')
      .set({ state: 'inProgress' })
      .where('recipient_id', '=', recipientId)
      .execute();
  }
  expect(await add({ addresseeNumber: ' 0501 ' })).toEqual({
    status: 201,
    body: { added: 1, takenOff: 3, inProgress: 1 },
  });
  expect(await statesOf([...one, ...two, rung, talking])).toEqual([
    ['removed', 'suppressed'],
    ['waiting', null],
    ['removed', 'suppressed'],
    ['removed', 'suppressed'],
    ['inProgress', null],
  ]);
  // a second time nothing is entered twice
  expect(added(await add({ addresseeNumber: '0501' }))).toMatchObject({ added: 0, takenOff: 0 });
});

test('a telephone is suppressed for all who share it, however it is written', async () => {
  const { db } = admin.database;
  const household = await addTestCampaign(db, [
    { addresseeNumber: '0601', telephone: '0265000601' },
    { addresseeNumber: '0602', telephone: '0265000601' },
  ]);
  expect(added(await add({ telephone: '０２６５－００－０６０１' }))).toMatchObject({ takenOff: 2 });
  expect(await statesOf(household)).toEqual([
    ['removed', 'suppressed'],
    ['removed', 'suppressed'],
  ]);
  expect(await suppressedOn('2026-12-01', '0699', '0265000601')).toBe('instalments');
});

test('it holds from its first to its last day, until it is lifted; one that begins later takes nobody off yet', async () => {
  const { db } = admin.database;
  const later = await addTestCampaign(db, [{ addresseeNumber: '0701', telephone: '09000000701' }]);
  await add({ addresseeNumber: '0701' }, { reason: 'deferment', fromDay: '2099-04-01', toDay: '2099-06-30' });
  expect(await statesOf(later)).toEqual([['waiting', null]]);
  for (const [day, reason] of [
    ['2099-03-31', null],
    ['2099-04-01', 'deferment'],
    ['2099-06-30', 'deferment'],
    ['2099-07-01', null],
  ] as const) {
    expect([day, await suppressedOn(day, '0701')]).toEqual([day, reason]);
  }
  const [found] = (await list('?addresseeNumber=0701')).suppressions;
  expect(found).toMatchObject({ addresseeNumber: '0701', phase: 'planned', addedBy: '試験' });
  const lift = async () => await ask('POST', `/api/suppressions/${found?.suppressionId}/lift`);
  expect(await lift()).toMatchObject({ status: 200 });
  expect(await lift()).toMatchObject({ status: 409, body: { code: 'alreadyLifted' } });
  expect(await suppressedOn('2099-05-01', '0701')).toBeNull();
  expect((await list('?addresseeNumber=0701')).total).toBe(0);
  expect((await list('?addresseeNumber=0701&withEnded=true')).suppressions).toMatchObject([
    { phase: 'lifted', liftedBy: '試験' },
  ]);
});

test('a file is taken over as a whole or not at all', async () => {
  const file = (text: string) => ({
    ...terms,
    reason: 'deceased',
    content: Buffer.from(text).toString('base64'),
  });
  const bad = await ask('POST', '/api/suppressions/file', file('宛名番号\n0801\n=1+1'));
  expect(bad).toMatchObject({ status: 422, body: { code: 'suppressionFile' } });
  expect((await list('?addresseeNumber=0801')).total).toBe(0);
  const good = await ask('POST', '/api/suppressions/file', file('宛名番号\n0801\n0802\n0801'));
  expect(good).toMatchObject({ status: 201, body: { added: 2 } });
  expect((await list('?reason=deceased')).suppressions).toMatchObject([
    { source: 'file' },
    { source: 'file' },
  ]);
});

test('what is wrong is said, nobody without the right sees who is suppressed, and neither log nor audit names anybody', async () => {
  expect(await add({})).toMatchObject({ status: 400, body: { code: 'nobodyNamed' } });
  expect(await add({ telephone: '市役所' })).toMatchObject({ status: 400, body: { code: 'invalidNumber' } });
  expect(await add({ addresseeNumber: '1' }, { toDay: '2019-12-31' })).toMatchObject({
    status: 400,
    body: { code: 'invalidDays' },
  });
  expect((await ask('GET', '/api/suppressions', undefined, '')).status).toBe(401);
  const audit = await admin.database.db
    .selectFrom('audit_log')
    .select(['action', 'subject', 'detail'])
    .where('action', 'like', 'suppression%')
    .execute();
  expect(new Set(audit.map(({ action }) => action))).toEqual(
    new Set(['suppressionAdded', 'suppressionFileLoaded', 'suppressionLifted']),
  );
  for (const text of [JSON.stringify(audit), admin.logLines.join('\n')]) {
    for (const secret of ['"0501', '0265000601', '0801']) expect(text).not.toContain(secret);
  }
});
