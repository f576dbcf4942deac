import { type FlowDraft, FlowDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { batchFor, began, testCall, writeTestCall } from '../../../calls/reading/test-calls.ts';
import { PhoneNumberListSchema } from '../../../http/number-contract.ts';
import { TelephoneTrialListSchema } from '../../../http/telephone-trial-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../../http/test-admin-server.ts';
import { SpeechError } from '../../../speech/index.ts';
import { prepareTrials } from './prepare-trials.ts';

const NUMBER = '0725001061';
const OTHER = '0725001062';
const LIVE = '0725001063';
const DAY_MS = 86_400_000;

let admin: TestAdminServer;
let clerk: string;
/** What was made to be said, in order. */
const said: string[] = [];

beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = (await admin.enter('staff')).cookie;
});
afterAll(() => admin?.stop());
beforeEach(async () => {
  const { db } = admin.database;
  await db.deleteFrom('phone_number').execute();
  await db.deleteFrom('audit_log').execute();
  said.length = 0;
  await db
    .insertInto('phone_number')
    .values([
      { phone_number: NUMBER, name: '資格給付', state: 'test' },
      { phone_number: OTHER, name: '賦課徴収', state: 'test' },
      { phone_number: LIVE, name: '保健', state: 'live' },
    ])
    .execute();
});

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, by = clerk) {
  const reply = await admin.server.inject({
    method,
    url: `/api${url}`,
    headers: { cookie: by, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: reply.statusCode, body: reply.json() };
}

function saying(flowId: string, text: string): FlowDraft {
  return FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id: flowId,
    name: `窓口 ${flowId}`,
    startNodeId: 'end',
    nodes: { end: { kind: 'end', title: '終わり', farewell: { type: 'text', text } } },
  });
}

/** Saves a draft as the next one of its flow. @returns its version. */
async function save(draft: FlowDraft): Promise<number> {
  const added = await ask('POST', '/flows', { flowId: draft.id, name: draft.name, draft });
  if (added.status === 201) return 1;
  const { version } = (await ask('GET', `/flows/${draft.id}`)).body.flow;
  return (await ask('PUT', `/flows/${draft.id}`, { draft, version })).body.version;
}

async function order(draft: FlowDraft, phoneNumbers: readonly string[]) {
  const draftVersion = await save(draft);
  return await ask('POST', `/flows/${draft.id}/telephone-trials`, { draftVersion, phoneNumbers });
}

/** The background work, with a voice that only notes what it is to say. */
async function prepare(failure?: SpeechError): Promise<void> {
  await prepareTrials({
    db: admin.database.db,
    clock: { now: () => Date.now() + admin.offset.ms },
    log: pino({ level: 'silent' }),
    promptsFor: async () => ({
      prepare: async (parts) => {
        if (failure !== undefined) throw failure;
        said.push(JSON.stringify(parts));
      },
      close: () => undefined,
    }),
  });
}

async function underTest(phoneNumber = NUMBER) {
  const { numbers } = TelephoneTrialListSchema.parse((await ask('GET', '/flows/x/telephone-trials')).body);
  return numbers.find((each) => each.phoneNumber === phoneNumber);
}

/** What test callers of the number would hear at the end; null: the version in force. */
async function onTrial(phoneNumber = NUMBER): Promise<unknown> {
  const row = await admin.database.db
    .selectFrom('phone_number as n')
    .innerJoin('flow_bundle as b', 'b.bundle_id', 'n.trial_bundle_id')
    .select('b.bundle')
    .where('n.phone_number', '=', phoneNumber)
    .executeTakeFirst();
  if (row === undefined) return null;
  const bundle = JSON.parse(JSON.stringify(row.bundle));
  return bundle.flows[bundle.entryFlowId].nodes.end.farewell.text;
}

async function audited(): Promise<readonly string[]> {
  const rows = await admin.database.db.selectFrom('audit_log').select('action').orderBy('at').execute();
  return rows.map(({ action }) => action).filter((action) => action.startsWith('telephone'));
}

test('a draft is reached once its sounds lie ready, as it was when it was ordered, and by no number that was not chosen', async () => {
  expect((await order(saying('first', '試す案内です。'), [NUMBER])).status).toBe(201);
  expect(await onTrial()).toBeNull();
  expect(await underTest()).toMatchObject({ trial: null, ordered: { failedBecause: null } });
  expect((await underTest())?.ordered).toMatchObject({ flowName: '窓口 first', isDraftNewer: false });
  await save(saying('first', 'そのあと書いた案内です。'));
  await prepare();
  expect(said.join()).toContain('試す案内です。');
  expect(await onTrial()).toBe('試す案内です。');
  expect(await onTrial(OTHER)).toBeNull();
  expect(await underTest()).toMatchObject({ trial: { flowId: 'first', isDraftNewer: true }, ordered: null });
  expect(await audited()).toEqual(['telephoneTrialOrdered', 'telephoneTrialBegun']);
  const { numbers } = PhoneNumberListSchema.parse((await ask('GET', '/phone-numbers')).body);
  expect(numbers.find((each) => each.phoneNumber === NUMBER)).toMatchObject({
    inForce: null,
    trial: { flowId: 'first', name: '窓口 first' },
  });
});

test('a draft on trial is no version: in no list of versions, not compared, not counted, not put in force', async () => {
  const { body } = await order(saying('second', '試す案内です。'), [NUMBER]);
  await prepare();
  const bundleId: string = body.bundleId;
  const chief = (await admin.enter('administrator')).cookie;
  expect((await ask('GET', '/flows/second/versions')).body).toEqual({ versions: [] });
  const listed = (await ask('GET', '/flows')).body.flows.find(
    ({ flowId }: { flowId: string }) => flowId === 'second',
  );
  expect(listed).toMatchObject({ version: null, isChanged: true });
  expect((await ask('GET', `/flows/second/difference?older=${bundleId}`)).status).toBe(404);
  expect((await ask('GET', `/flows/second/versions/${bundleId}`)).status).toBe(404);
  await admin.database.db.updateTable('phone_number').set({ flow_id: 'second' }).execute();
  expect(await ask('PUT', `/numbers/${NUMBER}/version`, { bundleId, from: null }, chief)).toMatchObject({
    status: 422,
    body: { code: 'notApproved' },
  });
});

test('a later order for the same number takes the place of an earlier one, ready or not, of whichever flow', async () => {
  await order(saying('earlier', '先の案内です。'), [NUMBER, OTHER]);
  await order(saying('later', '後の案内です。'), [NUMBER]);
  await prepare();
  expect(await onTrial()).toBe('後の案内です。');
  expect(await onTrial(OTHER)).toBe('先の案内です。');
  await order(saying('earlier', '新しい案内です。'), [NUMBER]);
  expect(await onTrial()).toBe('後の案内です。');
  await prepare();
  expect(await onTrial()).toBe('新しい案内です。');
});

test('a draft with errors is refused with what is wrong; one that changed meanwhile, and a number that is not under test, are too', async () => {
  const broken = await order({ ...saying('broken', '間違いのある案内です。'), startNodeId: 'nowhere' }, [
    NUMBER,
  ]);
  expect(broken).toMatchObject({ status: 422, body: { code: 'hasErrors' } });
  expect(broken.body.errors).not.toEqual([]);
  expect(broken.body.errors[0].message).not.toBe('');
  await save(saying('third', '案内です。'));
  const older = { draftVersion: 99, phoneNumbers: [NUMBER] };
  expect(await ask('POST', '/flows/third/telephone-trials', older)).toMatchObject({
    status: 409,
    body: { code: 'changedMeanwhile' },
  });
  for (const phoneNumbers of [[LIVE], [NUMBER, '0725001069']])
    expect(await order(saying('third', '案内です。'), phoneNumbers)).toMatchObject({
      status: 409,
      body: { code: 'notUnderTest' },
    });
  await prepare();
  expect(await onTrial()).toBeNull();
  expect(await audited()).toEqual([]);
});

test('a number that is no longer under test when the sounds lie ready is left as it is', async () => {
  await order(saying('late', '遅い案内です。'), [NUMBER, OTHER]);
  await admin.database.db
    .updateTable('phone_number')
    .set({ state: 'live' })
    .where('phone_number', '=', NUMBER)
    .execute();
  await prepare();
  expect(await onTrial()).toBeNull();
  expect(await onTrial(OTHER)).toBe('遅い案内です。');
});

test('where the sounds cannot be made staff are told why, and what was on trial stays', async () => {
  await order(saying('spoken', '話せる案内です。'), [NUMBER]);
  await prepare();
  await order(saying('spoken', '話せない案内です。'), [NUMBER]);
  await prepare(new SpeechError('diskFull', 'ディスクの空きがありません。'));
  expect(await underTest()).toMatchObject({
    trial: { isDraftNewer: true },
    ordered: { failedBecause: 'ディスクの空きがありません。' },
  });
  await prepare();
  expect(await onTrial()).toBe('話せる案内です。');
});

test('a trial is ended by hand, also one that is on its way, and the version in force is heard again', async () => {
  await order(saying('ended', '終わる案内です。'), [NUMBER]);
  await prepare();
  await order(saying('ended', '次の案内です。'), [NUMBER]);
  expect((await ask('DELETE', `/phone-numbers/${NUMBER}/trial`)).status).toBe(200);
  await prepare();
  expect(await underTest()).toMatchObject({ trial: null, ordered: null });
  expect(await audited()).toContain('telephoneTrialEnded');
});

test('what was on trial is forgotten a week later, unless somebody called meanwhile or a number still needs it', async () => {
  const { db } = admin.database;
  const called = (await order(saying('called', '聞かれた案内です。'), [NUMBER])).body.bundleId;
  const unheard = (await order(saying('unheard', '聞かれない案内です。'), [NUMBER])).body.bundleId;
  const needed = (await order(saying('needed', '残る案内です。'), [OTHER])).body.bundleId;
  const call = testCall({ bundleId: called });
  const batch = batchFor(call, [{ event: began(call) }], { ended: true });
  await writeTestCall(db, { ...batch, summaries: batch.summaries.map((row) => ({ ...row, is_test: true })) });
  const kept = async () =>
    (await db.selectFrom('telephone_trial').select('bundle_id').execute()).map((row) => row.bundle_id);
  await order(saying('next', '次の案内です。'), [NUMBER]);
  expect(await kept()).toEqual(expect.arrayContaining([called, unheard, needed]));
  admin.offset.ms += 8 * DAY_MS;
  clerk = (await admin.signIn('staff@example.jp')).cookie;
  expect((await order(saying('next', '次の次の案内です。'), [NUMBER])).status).toBe(201);
  admin.offset.ms -= 8 * DAY_MS;
  expect(await kept()).toEqual(expect.arrayContaining([called, needed]));
  expect(await kept()).not.toContain(unheard);
});
