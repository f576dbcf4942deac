import { afterAll, beforeAll, expect, test } from 'vitest';
import { CallStorySchema } from '../../http/contract.ts';
import { startTestAdminServer, type TestAdminServer } from '../../http/test-admin-server.ts';
import { enqueueSms, insertSms } from '../../sms/index.ts';
import { batchFor, began, TEST_NUMBER, testCall, writeTestCall } from './test-calls.ts';

const BUNDLE = {
  bundleId: 'bundle-1',
  entryFlowId: 'main',
  flows: {
    main: {
      languageVersion: 1,
      id: 'main',
      name: '資格給付',
      startNodeId: 'purpose',
      nodes: {
        purpose: {
          kind: 'menu',
          title: '用件を伺う',
          prompt: { type: 'text', text: '保険証の再発行は1を押してください。' },
          choices: [{ key: '1', label: '保険証の再発行' }],
          next: { 'key:1': 'birthday', wrongKey: 'birthday', noKey: 'birthday' },
        },
        birthday: {
          kind: 'digits',
          title: '生年月日',
          prompt: { type: 'text', text: '生年月日を8桁で入力してください。' },
          variable: 'birthday',
          minLengthDigits: 8,
          maxLengthDigits: 8,
          secret: true,
          next: {},
        },
        callBack: { kind: 'callBackRequest', title: '折り返し', next: {} },
        asking: {
          kind: 'questionnaire',
          title: 'アンケート',
          questions: [
            {
              id: 'satisfied',
              title: '窓口の満足度',
              prompt: { type: 'text', text: '満足でしたか。' },
              choices: [{ key: '1', label: '満足' }],
            },
          ],
          next: {},
        },
        staff: {
          kind: 'transfer',
          title: '職員',
          targets: [{ to: '0725-00-2001' }, { to: '0725-00-2002' }],
          next: {},
        },
      },
    },
  },
};

let admin: TestAdminServer;
let cookie: string;
beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie } = await admin.enter('staff'));
  const { db } = admin.database;
  await db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'bundle-1', name: '資格給付', bundle: JSON.stringify(BUNDLE) })
    .execute();
  await db
    .insertInto('phone_number')
    .values({
      phone_number: TEST_NUMBER,
      name: '資格給付',
      state: 'live',
      bundle_id: 'bundle-1',
      fallback_number: null,
      calendar_id: null,
    })
    .execute();
});
afterAll(async () => {
  await admin.stop();
});

const read = (callId: string) => admin.server.inject({ url: `/api/calls/${callId}`, headers: { cookie } });

test("a call's story is told in order, in Japanese, with the nodes by staff's names", async () => {
  const { db } = admin.database;
  const call = testCall({ callId: 'story-1' });
  const batch = batchFor(
    call,
    [
      { event: began(call) },
      { event: { type: 'answered' }, nodeId: 'purpose' },
      {
        event: { type: 'keyPressed', key: '1' },
        nodeId: 'purpose',
        taken: [{ flowId: 'main', nodeId: 'purpose', branch: 'key:1' }],
      },
      { event: { type: 'announced', id: 1 }, nodeId: 'birthday' },
      { event: { type: 'announced', id: 2 }, nodeId: 'birthday' },
      { event: { type: 'keyPressed', key: '5' }, nodeId: 'birthday' },
      { event: { type: 'calendarSaid', calendarId: 'c', open: false, reason: '祝日（勤労感謝の日）' } },
      { event: { type: 'smsAccepted', id: 2 } },
      { event: { type: 'transferFailed', id: 2, reason: 'busy', sipCode: 486, q850Cause: 17 } },
      { event: { type: 'transferAnswered', id: 2, target: 1 }, nodeId: 'staff' },
      { event: { type: 'voicemailRecorded', id: 2, durationMs: 12_400, endedBy: 'key' } },
      { event: { type: 'callerHungUp', q850Cause: 16 } },
    ],
    { ended: true },
  );
  await writeTestCall(db, batch);
  await insertSms(
    db,
    [{ id: 'story-1-2', origin: 'call', to: '09000001234', text: '手続きのご案内' }],
    new Date(),
  );
  await enqueueSms(db, { to: '09000001234', text: '別の通知' }, new Date());
  await db
    .insertInto('recording')
    .values({
      recording_id: 'story-1-6',
      call_id: 'story-1',
      call_day: '2026-11-24',
      kind: 'voicemail',
      state: 'ready',
      file_name: 'story-1-6',
      duration_ms: 12_400,
      began_at: new Date(),
    })
    .execute();
  const reply = await read('story-1');
  const story = CallStorySchema.parse(reply.json());
  expect(story.steps.map((step) => [step.text, step.nodeTitle])).toEqual([
    ['090-0000-1234から0725-00-1001「資格給付」に着信しました', null],
    ['自動応答を開始しました', '用件を伺う'],
    ['「1」が押されました（「保険証の再発行」へ進む）', '用件を伺う'],
    ['前の場所のアナウンスを途中で止めました', '生年月日'],
    ['アナウンスが終わりました', '生年月日'],
    ['「●」が押されました（内容は表示しません）', '生年月日'],
    ['開庁時間外と判定しました（祝日（勤労感謝の日））', null],
    ['SMSを送信しました', null],
    ['転送できませんでした（話し中でした）', null],
    ['転送先（0725-00-2002）が応答しました', '職員'],
    ['伝言を12秒録音しました（終了キーで終了）', null],
    ['発信者が電話を切りました', null],
  ]);
  expect(story.steps.map((step) => step.atMs)).toEqual(story.steps.map((_, nth) => nth * 1000));
  expect(story.sms).toMatchObject([
    { id: 'story-1-2', text: '手続きのご案内', state: 'waiting', toShown: '090-0000-1234' },
  ]);
  expect(story.recordings).toEqual([
    {
      recordingId: 'story-1-6',
      kind: 'voicemail',
      state: 'ready',
      durationMs: 12_400,
      audioUrl: '/api/recordings/story-1-6/audio',
    },
  ]);
  expect(story.call.hasRecording).toBe(true);
});

test('a call whose flow cannot be read any more is still told, but keys that may be secret are not shown', async () => {
  const call = testCall({ callId: 'story-2', bundleId: 'gone', callerNumber: null, callerKind: 'withheld' });
  await writeTestCall(
    admin.database.db,
    batchFor(call, [{ event: began(call) }, { event: { type: 'keyPressed', key: '5' }, nodeId: 'birthday' }]),
  );
  const story = CallStorySchema.parse((await read('story-2')).json());
  expect(story.steps.map((step) => step.text)).toEqual([
    '非通知から0725-00-1001「資格給付」に着信しました',
    '「●」が押されました（内容は表示しません）',
  ]);
});

test('an event of a newer release is shown as one that cannot be shown', async () => {
  const call = testCall({ callId: 'story-3' });
  const batch = batchFor(call, [{ event: began(call) }, { event: { type: 'answered' } }]);
  await writeTestCall(admin.database.db, {
    ...batch,
    events: batch.events.map((row) => (row.seq === 1 ? { ...row, event: { type: 'teleported' } } : row)),
  });
  const story = CallStorySchema.parse((await read('story-3')).json());
  expect(story.steps[1]?.text).toBe('この記録は表示できません');
});

test('what the caller answered and asked for is told in words', async () => {
  const { db } = admin.database;
  const call = testCall({ callId: 'story-4' });
  const batch = batchFor(call, [
    { event: began(call) },
    { event: { type: 'keyPressed', key: '1' }, nodeId: 'asking' },
    {
      event: { type: 'timePassed' },
      nodeId: 'asking',
      taken: [{ flowId: 'main', nodeId: 'asking', branch: 'next' }],
    },
    { event: { type: 'keyPressed', key: '2' }, nodeId: 'callBack' },
  ]);
  const answer = {
    call_day: '2026-11-24',
    call_id: 'story-4',
    bundle_id: 'bundle-1',
    flow_id: 'main',
    node_id: 'asking',
    question_id: 'satisfied',
  };
  await writeTestCall(db, {
    ...batch,
    answers: [
      { ...answer, seq: 1, key: '1', label: '満足' },
      { ...answer, seq: 2, key: null, label: null },
    ],
    callBacks: [
      {
        item_id: 'story-4-3',
        call_id: 'story-4',
        call_day: '2026-11-24',
        phone_number: TEST_NUMBER,
        call_back_number: '09000001234',
        wished_time: '午前中',
        due_at: '2026-11-24T08:15:00Z',
        at: '2026-11-24T01:00:03Z',
      },
    ],
  });
  const story = CallStorySchema.parse((await read('story-4')).json());
  expect(story.steps.slice(1).map((step) => step.text)).toEqual([
    '「1」が押されました（「窓口の満足度」に「満足」と回答）',
    '待ち時間が過ぎました（「窓口の満足度」に回答なし、「回答あり」へ進む）',
    '「2」が押されました（090-0000-1234への折り返しを受付（希望の時間: 午前中））',
  ]);
});

test('a call that does not exist is said not to be found', async () => {
  const reply = await read('nothing');
  expect([reply.statusCode, reply.json()]).toMatchObject([404, { code: 'callNotFound' }]);
});
