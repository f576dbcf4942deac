import { randomUUID } from 'node:crypto';
import {
  advance,
  begin,
  type CallContext,
  type CallEvent,
  type FlowDraft,
  FlowDraftSchema,
  type Key,
  LANGUAGE_VERSION,
  loadPublished,
} from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchOf, callDayOf, eventRow, type LogEntry } from '../../calls/call-record.ts';
import { writeTestCall } from '../../calls/reading/test-calls.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { createReplays } from './replays.ts';

const NUMBER = '0725001050';
let admin: TestAdminServer;
let clerk: string;

const say = (text: string) => ({ type: 'text', text });
function draftOf(changes: object = {}): FlowDraft {
  const guide = (text: string) => ({ kind: 'announcement', prompt: say(text), next: { next: 'end' } });
  return FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id: 'main',
    name: '試験',
    startNodeId: 'menu',
    nodes: {
      menu: {
        kind: 'menu',
        title: '用件の選択',
        prompt: say('資格は1を、賦課は2を押してください。'),
        choices: [
          { key: '1', label: '資格' },
          { key: '2', label: '賦課' },
        ],
        next: { 'key:1': 'one', 'key:2': 'two', wrongKey: 'end', noKey: 'end' },
      },
      one: guide('資格の案内です。'),
      two: guide('賦課の案内です。'),
      end: { kind: 'end' },
      ...changes,
    },
  });
}
const bundleOf = (draft: FlowDraft, bundleId = 'draft') => ({
  bundleId,
  entryFlowId: 'main',
  flows: { main: draft },
});
const published = loadPublished(bundleOf(draftOf(), 'version-1'));

/** A call on a Japanese day, in which the menu is heard, a key pressed, and all heard to the end, as the telephone writes it. */
async function live(
  day: string,
  key: Key | null,
  { sealed = false, phoneNumber = NUMBER }: { sealed?: boolean; phoneNumber?: string } = {},
): Promise<string> {
  const callId = randomUUID();
  const beganMs = Date.parse(`${day}T10:00:00+09:00`) + Math.floor(Math.random() * 3_600_000);
  const context: CallContext = {
    callId,
    phoneNumber,
    callerNumber: '09000001234',
    callerKind: 'mobile',
    bundleId: 'version-1',
    beganAt: new Date(beganMs).toISOString(),
  };
  let { state } = begin(published, context);
  const callDay = callDayOf(beganMs);
  const entries: LogEntry[] = [];
  const add = (event: CallEvent): void => {
    const seq = entries.length;
    const atMs = seq * 1000;
    const step = seq === 0 ? null : advance(published, state, { seq, atMs, event });
    state = step?.state ?? state;
    const row = eventRow(context, callDay, { seq, atMs, event }, beganMs + atMs, null, step?.taken ?? []);
    const isSealed = sealed && event.type === 'keyPressed';
    entries.push({
      event: isSealed ? { ...row, event: { type: event.type, sealed: 'x' }, sealed_with: 'key-1' } : row,
      summary: {
        call_day: callDay.day,
        call_id: callId,
        phone_number: phoneNumber,
        caller_number: '09000001234',
        caller_kind: 'mobile',
        sip_call_id: null,
        call_node: 'test',
        bundle_id: 'version-1',
        began_at: context.beganAt,
        answered_at: null,
        ended_at: state.ended === null ? null : new Date(beganMs + atMs).toISOString(),
        outcome: state.ended,
        node_id: null,
        node_title: null,
        node_kind: null,
        keys: '',
        is_test: false,
        is_placed: false,
        path: [],
        last_seq: seq,
      },
      sms: null,
      recording: null,
      callBack: null,
      answers: [],
      contact: null,
    });
  };
  add({ type: 'began', context });
  add({ type: 'answered' });
  add({ type: 'announced', id: state.prompt?.id ?? 0 });
  if (key !== null) {
    add({ type: 'keyPressed', key });
    add({ type: 'announced', id: state.prompt?.id ?? 0 });
    add({ type: 'hungUp' });
  } else {
    add({ type: 'callerHungUp', q850Cause: 16 });
  }
  await writeTestCall(admin.database.db, batchOf(entries));
  return callId;
}

async function ask(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) {
  const reply = await admin.server.inject({
    method,
    url: `/api/flows/main/replays${url}`,
    headers: { cookie: clerk, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: reply.statusCode, body: reply.json() };
}

async function replay(draft: FlowDraft, changes: object = {}) {
  const order = {
    from: '2026-11-20',
    to: '2026-11-21',
    phoneNumbers: [NUMBER],
    bundle: bundleOf(draft),
    ...changes,
  };
  const { body } = await ask('POST', '', order);
  await admin.replays.settled();
  return (await ask('GET', `/${body.replayId}`)).body;
}

beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = (await admin.enter('staff')).cookie;
  const { db } = admin.database;
  await db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'version-1', name: '試験', bundle: JSON.stringify(published) })
    .execute();
  for (const key of ['1', '1', '2', null] as const) await live('2026-11-20', key);
  await live('2026-11-21', '1');
  await live('2026-11-19', '1');
  await live('2026-11-20', '1', { phoneNumber: '0725001051' });
  const testCall = await live('2026-11-20', '2');
  await db.updateTable('call_summary').set({ is_test: true }).where('call_id', '=', testCall).execute();
});
afterAll(() => admin?.stop());

const outcomes = (totals: { outcomes: { outcome: string; before: number; after: number }[] }) =>
  Object.fromEntries(
    totals.outcomes
      .filter(({ before, after }) => before + after > 0)
      .map(({ outcome, before, after }) => [outcome, [before, after]]),
  );

test('through the version that they went through, the calls of the period come to what they came to', async () => {
  const { state, done, total, totals, isCut } = await replay(draftOf());
  expect({ state, done, total, isCut }).toEqual({ state: 'done', done: 5, total: 5, isCut: false });
  expect(outcomes(totals)).toEqual({ announcement: [4, 4], abandoned: [1, 1] });
  expect(totals.branches.every((each: { before: number; after: number }) => each.before === each.after)).toBe(
    true,
  );
  expect(totals.branches).toContainEqual({
    flowId: 'main',
    nodeId: 'menu',
    branch: 'key:1',
    before: 3,
    after: 3,
  });
  expect(totals.changed).toEqual([]);
});

test('a changed draft changes the counts; calls that it changes are named, and what nobody knows is counted as such', async () => {
  const question = {
    kind: 'menu',
    title: '追加の質問',
    prompt: say('加入は1を押してください。'),
    choices: [{ key: '1', label: '加入' }],
    next: { 'key:1': 'end', wrongKey: 'end', noKey: 'end' },
  };
  const text = {
    kind: 'sms',
    to: { type: 'caller' },
    text: '賦課のご案内です。',
    next: { accepted: 'end', notMobile: 'end', refused: 'end', unknown: 'end' },
  };
  const { totals } = await replay(draftOf({ one: question, two: text }));
  expect(outcomes(totals)).toEqual({ announcement: [4, 0], sms: [0, 1], abandoned: [1, 1] });
  expect(totals).toMatchObject({ calls: 5, inDoubt: 3, assumedSms: 1, changedCalls: 4 });
  expect(totals.inDoubtBefore).toEqual([{ outcome: 'announcement', calls: 3 }]);
  expect(totals.doubts).toEqual([{ flowId: 'main', nodeId: 'one', reason: 'newQuestion', calls: 3 }]);
  expect(totals.changed).toHaveLength(4);
});

test('what was keyed in as a secret is known to nobody', async () => {
  await live('2026-11-15', '1', { sealed: true });
  const { totals } = await replay(draftOf(), { from: '2026-11-15', to: '2026-11-15' });
  expect(totals.doubts).toEqual([{ flowId: 'main', nodeId: 'menu', reason: 'sealed', calls: 1 }]);
  expect(outcomes(totals)).toEqual({ announcement: [1, 0] });
});

test('of a period with more calls than are replayed the newest are, and it is said', async () => {
  const { db } = admin.database;
  const few = createReplays({
    db,
    clock: { now: () => Date.now() },
    log: { error: () => undefined },
    mostCalls: 2,
  });
  const order = { flowId: 'main', from: '2026-11-20', to: '2026-11-21', phoneNumbers: [NUMBER] };
  const replayId = await few.ask({ ...order, draft: published }, 'nobody');
  await few.settled();
  expect((await ask('GET', `/${replayId}`)).body).toMatchObject({
    state: 'done',
    total: 2,
    isCut: true,
    totals: { calls: 2 },
  });
});

test('one that was cancelled, or left undone by a process that ended, comes to nothing and says so', async () => {
  const { db } = admin.database;
  const clock = { now: () => Date.now() };
  const row = {
    flow_id: 'main',
    from_day: '2026-11-20',
    to_day: '2026-11-20',
    phone_numbers: '[]',
    state: 'running' as const,
    total: 10,
    totals: null,
    asked_at: new Date(),
    asked_by: 'nobody',
    settled_at: null,
  };
  const [cancelled, left] = [randomUUID(), randomUUID()];
  await db
    .insertInto('flow_replay')
    .values([
      { ...row, replay_id: cancelled },
      { ...row, replay_id: left },
    ])
    .execute();
  expect((await ask('DELETE', `/${cancelled}`)).status).toBe(200);
  await createReplays({ db, clock, log: { error: () => undefined } }).begin();
  expect((await ask('GET', `/${cancelled}`)).body).toMatchObject({ state: 'cancelled', totals: null });
  expect((await ask('GET', `/${left}`)).body).toMatchObject({ state: 'failed', totals: null });
});

test('a draft with errors is not replayed, and the replays of a flow are listed', async () => {
  const order = { from: '2026-11-20', to: '2026-11-21', phoneNumbers: [NUMBER] };
  const wrong = bundleOf(draftOf({ one: { kind: 'announcement', prompt: say(''), next: {} } }));
  expect((await ask('POST', '', { ...order, bundle: wrong })).body.code).toBe('hasErrors');
  expect((await ask('POST', '', { ...order, from: '2026-11-22', bundle: bundleOf(draftOf()) })).status).toBe(
    400,
  );
  const { body } = await ask('GET', '');
  expect(body.replays.length).toBeGreaterThan(2);
  const askers = body.replays.map(({ askedBy }: { askedBy: { name: string } }) => askedBy.name);
  expect(askers).toContain('試験');
});
