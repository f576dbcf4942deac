import { type FlowDraft, FlowDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { createPublisher } from './publisher.ts';

let admin: TestAdminServer;
let drafter: string;
let chief: string;
let otherChief: string;
const heard = new Set<string>();
const prepared: string[] = [];
const NUMBER = '0725001050';

beforeAll(async () => {
  admin = await startTestAdminServer({
    isHeard: ({ prompt }) => prompt.type === 'audio' || heard.has(prompt.text),
  });
  drafter = (await admin.enter('chief', 'drafter@example.jp')).cookie;
  chief = (await admin.enter('chief', 'chief@example.jp')).cookie;
  otherChief = (await admin.enter('chief', 'other@example.jp')).cookie;
  await admin.database.db
    .insertInto('phone_number')
    .values({ phone_number: NUMBER, name: '試験', state: 'live' })
    .execute();
});
afterAll(() => admin?.stop());
beforeEach(async () => {
  admin.failedTests.length = 0;
  await admin.database.db
    .updateTable('phone_number')
    .set({ approval_steps: 1, approval_set_by: null })
    .execute();
});

async function ask(cookie: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const reply = await admin.server.inject({
    method,
    url: `/api${url}`,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: reply.statusCode, body: reply.json() };
}

function saying(flowId: string, text: string): FlowDraft {
  heard.add(text);
  return FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id: flowId,
    name: '窓口',
    startNodeId: 'end',
    nodes: { end: { kind: 'end', title: '終わり', farewell: { type: 'text', text } } },
  });
}

/** Saves a draft as the next one of its flow. @returns its version. */
async function save(draft: FlowDraft): Promise<number> {
  const added = await ask(drafter, 'POST', '/flows', { flowId: draft.id, name: draft.name, draft });
  if (added.status === 201) return 1;
  const { version } = (await ask(drafter, 'GET', `/flows/${draft.id}`)).body.flow;
  return (await ask(drafter, 'PUT', `/flows/${draft.id}`, { draft, version })).body.version;
}

async function propose(draft: FlowDraft, more: object = {}) {
  const draftVersion = await save(draft);
  return await ask(drafter, 'POST', `/flows/${draft.id}/proposals`, {
    draftVersion,
    comment: '終わりの案内を直します',
    phoneNumbers: [NUMBER],
    publish: { when: 'approved' },
    ...more,
  });
}

async function approve(cookie: string, proposalId: string, more: object = {}) {
  const { contentSha256 } = (await ask(cookie, 'GET', `/proposals/${proposalId}`)).body;
  return await ask(cookie, 'POST', `/proposals/${proposalId}/decisions`, {
    decision: 'approved',
    reason: '',
    onBehalfOf: null,
    contentSha256,
    ...more,
  });
}

/** The background work of the web process, with a voice that only notes what it is to say. */
async function publisherTurn(): Promise<void> {
  const { db } = admin.database;
  const publisher = createPublisher({
    db,
    clock: { now: () => Date.now() + admin.offset.ms },
    log: pino({ level: 'silent' }),
    promptsFor: async () => ({
      prepare: async (parts) => void prepared.push(JSON.stringify(parts)),
      close: () => undefined,
    }),
  });
  await publisher.turn();
}

/** What a caller of the number would hear at the end. */
async function inForce(): Promise<unknown> {
  const row = await admin.database.db
    .selectFrom('phone_number as n')
    .innerJoin('flow_bundle as b', 'b.bundle_id', 'n.bundle_id')
    .select('b.bundle')
    .where('n.phone_number', '=', NUMBER)
    .executeTakeFirst();
  return JSON.parse(JSON.stringify(row?.bundle ?? null))?.flows?.main?.nodes?.end?.farewell?.text;
}

test('a live number changes only after somebody else has approved exactly what is published', async () => {
  const { status, body } = await propose(saying('main', '一つ目の案内です。'));
  expect(status).toBe(201);
  await publisherTurn();
  expect(await inForce()).toBeUndefined();
  expect(await approve(drafter, body.proposalId)).toMatchObject({
    status: 409,
    body: { code: 'mayNotDecide', message: '起案した本人は決裁できません。' },
  });
  // The draft goes on; what waits for the approval does not change with it.
  await save(saying('main', 'まだ途中の案内です。'));
  const detail = (await ask(chief, 'GET', `/proposals/${body.proposalId}`)).body;
  expect(detail).toMatchObject({ isDraftNewer: true, may: { decide: true }, soundsReady: true });
  expect(await approve(chief, body.proposalId)).toMatchObject({ status: 200 });
  await publisherTurn();
  expect(await inForce()).toBe('一つ目の案内です。');
  expect(prepared.join()).toContain('一つ目の案内です。');
  expect((await ask(chief, 'GET', '/flows/main/versions')).body.versions).toMatchObject([
    { versionNo: 1, comment: '終わりの案内を直します', inForceFor: [{ phoneNumber: NUMBER }] },
  ]);
});

test('an approval of other content than was seen, or of content changed since, publishes nothing', async () => {
  const before = await inForce();
  const { proposalId } = (await propose(saying('main', '決裁を受ける案内です。'))).body;
  expect(await approve(chief, proposalId, { contentSha256: '0'.repeat(64) })).toMatchObject({
    status: 409,
    body: { code: 'changedMeanwhile' },
  });
  expect(await approve(chief, proposalId)).toMatchObject({ status: 200 });
  const tampered = JSON.stringify({ ...saying('main', 'すり替えた案内です。') });
  await admin.database.db
    .updateTable('proposal')
    .set({
      bundle: JSON.stringify({
        bundleId: 'x',
        entryFlowId: 'main',
        flows: { main: JSON.parse(tampered) },
      }),
    })
    .where('proposal_id', '=', proposalId)
    .execute();
  await publisherTurn();
  expect(await inForce()).toBe(before);
  expect((await ask(chief, 'GET', `/proposals/${proposalId}`)).body.state).toBe('failed');
});

test('two steps want two people; sending back wants a reason; deciding for somebody wants one too', async () => {
  await admin.database.db.updateTable('phone_number').set({ approval_steps: 2 }).execute();
  const first = (await propose(saying('main', '二段の決裁の案内です。'))).body.proposalId;
  expect(await approve(chief, first)).toMatchObject({ status: 200 });
  expect(await approve(chief, first)).toMatchObject({ status: 409 });
  expect(await approve(otherChief, first, { decision: 'sentBack' })).toMatchObject({
    body: { code: 'reasonNeeded' },
  });
  expect(
    await approve(otherChief, first, { decision: 'sentBack', reason: '言葉づかいを直してください。' }),
  ).toMatchObject({ status: 200 });
  expect((await ask(drafter, 'GET', `/proposals/${first}`)).body).toMatchObject({
    state: 'sentBack',
    decisions: [{ decision: 'approved' }, { reason: '言葉づかいを直してください。' }],
  });
  const second = (await propose(saying('main', '直した案内です。'))).body.proposalId;
  await approve(chief, second);
  expect(await approve(otherChief, second, { onBehalfOf: '保険年金課長' })).toMatchObject({
    body: { code: 'reasonNeeded' },
  });
  await approve(otherChief, second, { onBehalfOf: '保険年金課長', reason: '出張のため' });
  await publisherTurn();
  expect(await inForce()).toBe('直した案内です。');
});

/** As the screen of the number does it. */
async function setSteps(cookie: string, steps: number) {
  const [number] = (await ask(cookie, 'GET', '/phone-numbers')).body.numbers;
  return await ask(cookie, 'PUT', `/phone-numbers/${NUMBER}/approval`, { steps, version: number.version });
}

test('who waived the approval of a live number and drafts needs one all the same; for others it is waived', async () => {
  expect((await setSteps(drafter, 0)).status).toBe(200);
  const stepsFor = async (cookie: string) =>
    (await ask(cookie, 'GET', '/flows/main/publishing')).body.numbers[0].steps;
  expect([await stepsFor(drafter), await stepsFor(chief)]).toEqual([1, 0]);
  const own = (await propose(saying('main', '自分で決裁を省いた案内です。'))).body.proposalId;
  await publisherTurn();
  expect(await inForce()).not.toBe('自分で決裁を省いた案内です。');
  expect((await ask(chief, 'GET', `/proposals/${own}`)).body).toMatchObject({ state: 'waiting', steps: 1 });
  // Saving the same once more, by whomever, frees the drafter of nothing.
  await setSteps(chief, 0);
  expect(await stepsFor(drafter)).toBe(1);
  await setSteps(chief, 1);
  await setSteps(chief, 0);
  expect([await stepsFor(drafter), await stepsFor(chief)]).toEqual([0, 1]);
  await propose(saying('main', 'ほかの人が決裁を省いた案内です。'));
  await publisherTurn();
  expect(await inForce()).toBe('ほかの人が決裁を省いた案内です。');
});

test('a proposal made while its number served nobody waits for a decision once the number is, or will be, live', async () => {
  const { db } = admin.database;
  const set = (state: 'live' | 'test') => db.updateTable('phone_number').set({ state }).execute();
  const now = Date.now() + admin.offset.ms;
  const plan = { publish: { when: 'at', at: new Date(now + 3_600_000).toISOString() } };
  await set('test');
  const gone = (await propose(saying('main', '本番になる前の案内です。'), plan)).body.proposalId;
  const stateOf = async (id: string) => (await ask(chief, 'GET', `/proposals/${id}`)).body;
  await publisherTurn();
  expect(await stateOf(gone)).toMatchObject({ state: 'approved', steps: 0 });
  await set('live');
  await publisherTurn();
  expect(await stateOf(gone)).toMatchObject({ state: 'waiting', steps: 1 });
  await set('test');
  const later = (await propose(saying('main', '予定の先の案内です。'), plan)).body.proposalId;
  const planned = { kind: 'state' as const, state: 'live' as const, created_at: new Date(), created_by: 'x' };
  const insert = (ms: number) =>
    db
      .insertInto('number_plan')
      .values({ ...planned, phone_number: NUMBER, due_at: new Date(now + ms) })
      .execute();
  await insert(7_200_000);
  await publisherTurn();
  expect(await stateOf(later)).toMatchObject({ state: 'approved' });
  await insert(1_800_000);
  await publisherTurn();
  expect(await stateOf(later)).toMatchObject({ state: 'waiting', steps: 1 });
  await db.deleteFrom('number_plan').execute();
  await set('live');
});

test('what nobody has listened to, has errors or fails its tests is not proposed', async () => {
  const unheard = saying('main', '聞いていない案内です。');
  heard.delete('聞いていない案内です。');
  expect(await propose(unheard)).toMatchObject({ status: 422, body: { code: 'notHeard' } });
  const wrong = { ...saying('main', '間違いのある案内です。'), startNodeId: 'nowhere' };
  expect(await propose(wrong)).toMatchObject({ status: 422, body: { code: 'hasErrors' } });
  admin.failedTests.push({ name: '閉庁時', message: '違う所へ進みました' });
  expect(await propose(saying('main', '確認が通らない案内です。'))).toMatchObject({
    status: 422,
    body: { code: 'testsFail' },
  });
});

test('a plan is kept to the minute, and a newer proposal takes the place of an open one', async () => {
  const at = new Date(Date.now() + admin.offset.ms + 3_600_000).toISOString();
  const plan = { publish: { when: 'at', at } };
  const older = (await propose(saying('main', '古い予定の案内です。'), plan)).body.proposalId;
  const newer = (await propose(saying('main', '予定どおりの案内です。'), plan)).body.proposalId;
  expect((await ask(chief, 'GET', `/proposals/${older}`)).body.state).toBe('withdrawn');
  await approve(chief, newer);
  admin.offset.ms += 3_590_000;
  await publisherTurn();
  expect(await inForce()).not.toBe('予定どおりの案内です。');
  admin.offset.ms += 20_000;
  await publisherTurn();
  expect(await inForce()).toBe('予定どおりの案内です。');
});

test('one step back puts an earlier version in force, and is no way round an approval', async () => {
  const { versions } = (await ask(chief, 'GET', '/flows/main/versions')).body;
  const now = versions.find((each: { inForceFor: unknown[] }) => each.inForceFor.length > 0);
  const first = versions.at(-1);
  expect(
    await ask(chief, 'PUT', `/numbers/${NUMBER}/version`, { bundleId: first.bundleId, from: now.bundleId }),
  ).toMatchObject({ status: 200 });
  expect(await inForce()).toBe('一つ目の案内です。');
  expect(
    await ask(chief, 'PUT', `/numbers/${NUMBER}/version`, { bundleId: now.bundleId, from: now.bundleId }),
  ).toMatchObject({ status: 409 });
  // A version published without a decision for no number at all.
  const { proposalId } = (await propose(saying('main', '決裁のない案内です。'), { phoneNumbers: [] })).body;
  await publisherTurn();
  const unapproved = (await ask(chief, 'GET', '/flows/main/versions')).body.versions[0];
  expect((await ask(chief, 'GET', `/proposals/${proposalId}`)).body.state).toBe('published');
  expect(
    await ask(chief, 'PUT', `/numbers/${NUMBER}/version`, {
      bundleId: unapproved.bundleId,
      from: first.bundleId,
    }),
  ).toMatchObject({ status: 422, body: { code: 'notApproved' } });
});

test('staff may propose, and neither decide nor publish', async () => {
  const staff = (await admin.enter('staff', 'staff@example.jp')).cookie;
  const { proposalId } = (await propose(saying('main', '職員の案内です。'))).body;
  expect(await approve(staff, proposalId)).toMatchObject({ status: 403 });
  expect(await ask(staff, 'POST', `/proposals/${proposalId}/publication`, {})).toMatchObject({ status: 403 });
  expect(await ask(chief, 'POST', `/proposals/${proposalId}/publication`, {})).toMatchObject({ status: 409 });
  expect((await ask(staff, 'GET', '/proposals')).body.proposals).toHaveLength(1);
});

test('a word that is read otherwise is seen, heard and approved like any other change, and reaches callers with it only', async () => {
  const word = '鬱金香';
  const enter = async (reading: string, version: number | null) =>
    (await ask(drafter, 'PUT', '/readings', { surface: word, reading, version })).body;
  const draft = saying('main', `${word}の窓口です。`);
  const publish = async () => {
    const { proposalId } = (await propose(draft)).body;
    await approve(chief, proposalId);
    await publisherTurn();
    return (await ask(chief, 'GET', `/proposals/${proposalId}`)).body;
  };
  await enter('チューリップ', null);
  const first = await publish();
  expect(first).toMatchObject({ state: 'published', readings: [{ surface: word, after: 'チューリップ' }] });

  const otherwise = {
    flowId: 'main',
    flowName: '窓口',
    numbersShown: ['0725-00-1050'],
    reading: 'チューリップ',
  };
  expect(await enter('ウコンコウ', 1)).toMatchObject({ heardOtherwise: [otherwise] });
  const change = { surface: word, before: 'チューリップ', after: 'ウコンコウ' };
  expect((await ask(drafter, 'GET', '/flows/main/publishing')).body).toMatchObject({
    changes: [],
    readings: [change],
    texts: [{ prompt: { text: `${word}の窓口です。` } }],
  });
  const { proposalId } = (await propose(draft)).body;
  const waiting = (await ask(chief, 'GET', `/proposals/${proposalId}`)).body;
  expect(waiting).toMatchObject({ changes: [], readings: [change], isDraftNewer: false });
  expect(waiting.contentSha256).not.toBe(first.contentSha256);
  await enter('ウッコンコウ', 2);
  expect((await ask(chief, 'GET', `/proposals/${proposalId}`)).body).toMatchObject({
    readings: [change],
    isDraftNewer: true,
  });

  // What is in force keeps a word that is taken out of the dictionary.
  await ask(drafter, 'DELETE', `/readings?surface=${encodeURIComponent(word)}&version=3`);
  expect((await ask(drafter, 'GET', '/readings')).body).toEqual({
    readings: [],
    removed: [{ surface: word, heardOtherwise: [otherwise] }],
  });
  expect(await publish()).toMatchObject({
    readings: [{ surface: word, before: 'チューリップ', after: null }],
  });
  expect((await ask(drafter, 'GET', '/readings')).body.removed).toEqual([]);
});
