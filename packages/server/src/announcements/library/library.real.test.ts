import { BundleDraftSchema, LANGUAGE_VERSION, withLibrary } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assembleBundle } from '../../flows/index.ts';
import {
  AnnouncementDetailSchema,
  type AnnouncementDraft,
  AnnouncementListSchema,
  AnnouncementShownSchema,
} from '../../http/announcement-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { VOICE_CREDITS } from '../../speech/index.ts';
import { readLibrary } from './read-announcements.ts';

let admin: TestAdminServer;
let cookie: string;
let userId: string;
beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie, userId } = await admin.enter('staff'));
});
afterAll(() => admin?.stop());

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object, as = cookie) {
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie: as, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = reply.json();
  return { status: reply.statusCode, body };
}

const text = (words: string): AnnouncementDraft => ({
  name: 'ご挨拶',
  content: { type: 'text', text: words },
});

async function added(draft: AnnouncementDraft) {
  const reply = await ask('POST', '/api/announcements', draft);
  expect(reply.status).toBe(201);
  return AnnouncementShownSchema.parse(reply.body);
}

async function detail(announcementId: string) {
  return AnnouncementDetailSchema.parse((await ask('GET', `/api/announcements/${announcementId}`)).body);
}

/** Puts a version in force that says an announcement as the library has it now. */
async function publish(announcementId: string, words: string): Promise<void> {
  const { db } = admin.database;
  const bundle = BundleDraftSchema.parse({
    bundleId: announcementId,
    entryFlowId: 'main',
    flows: {
      main: {
        languageVersion: LANGUAGE_VERSION,
        id: 'main',
        name: '代表電話のフロー',
        startNodeId: 'end',
        nodes: {
          end: {
            kind: 'end',
            title: 'おわり',
            farewell: { type: 'text', text: words, announcementId },
          },
        },
      },
    },
  });
  await db
    .insertInto('flow_bundle')
    .values({ bundle_id: announcementId, name: '代表電話', bundle: JSON.stringify(bundle) })
    .execute();
  await db
    .insertInto('phone_number')
    .values({ phone_number: '0725001001', name: '代表電話', state: 'live', bundle_id: announcementId })
    .execute();
}

test('staff keep an announcement in the library, with whose voice it is, and every version of it', async () => {
  const { announcementId, version, voiceCredit } = await added(text('お電話ありがとうございます。'));
  expect({ version, voiceCredit }).toEqual({ version: 1, voiceCredit: VOICE_CREDITS.mei });
  const change = { ...text('お電話をありがとうございます。'), version };
  expect(await ask('PUT', `/api/announcements/${announcementId}`, change)).toMatchObject({
    status: 200,
    body: { version: 2 },
  });
  const { history } = await detail(announcementId);
  expect(history.map((each) => [each.version, each.content, each.changedBy])).toEqual([
    [2, { type: 'text', text: 'お電話をありがとうございます。' }, '試験'],
    [1, { type: 'text', text: 'お電話ありがとうございます。' }, '試験'],
  ]);
  const library = await readLibrary(admin.database.db);
  expect(library.get(announcementId)).toEqual({ type: 'text', text: 'お電話をありがとうございます。' });
});

test('what somebody else has changed in between is not overwritten', async () => {
  const { announcementId, version } = await added(text('一番目です。'));
  const url = `/api/announcements/${announcementId}`;
  await ask('PUT', url, { ...text('ほかの職員の文章です。'), version });
  expect(await ask('PUT', url, { ...text('自分の文章です。'), version })).toMatchObject({
    status: 409,
    body: { code: 'changedMeanwhile' },
  });
  expect(await ask('DELETE', `${url}?version=${version}`)).toMatchObject({ status: 409 });
  expect((await detail(announcementId)).announcement).toMatchObject({
    content: { text: 'ほかの職員の文章です。' },
  });
});

test('a change shows who hears the announcement, and reaches callers by publishing only', async () => {
  const words = '本日の受付は終了しました。';
  const { announcementId, version } = await added(text(words));
  await publish(announcementId, words);
  expect((await detail(announcementId)).announcement.usages).toEqual([
    {
      kind: 'inForce',
      flowId: 'main',
      flowName: '代表電話のフロー',
      phoneNumberShown: '0725-00-1001',
      phoneNumberName: '代表電話',
      nodes: [{ nodeId: 'end', title: 'おわり' }],
      isNewest: true,
    },
  ]);
  await ask('PUT', `/api/announcements/${announcementId}`, { ...text('受付時間外です。'), version });
  const changed = await detail(announcementId);
  expect(changed.announcement.usages).toMatchObject([{ isNewest: false }]);
  const { bundle } = await admin.database.db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('bundle_id', '=', announcementId)
    .executeTakeFirstOrThrow();
  const published = BundleDraftSchema.parse(bundle);
  expect(JSON.stringify(published)).toContain(words);
  const newest = withLibrary(published, await readLibrary(admin.database.db));
  expect(JSON.stringify(newest)).not.toContain(words);
});

test('a draft that is tied to the library is read with its newest words, and named where it is used', async () => {
  const { announcementId, version } = await added(text('下書きの言葉です。'));
  const prompt = { type: 'text', text: '下書きの言葉です。', announcementId };
  const draft = {
    languageVersion: LANGUAGE_VERSION,
    id: 'draft',
    name: '下書きのフロー',
    startNodeId: 'end',
    nodes: { end: { kind: 'end', farewell: prompt } },
  };
  await admin.database.db
    .insertInto('flow')
    .values({ flow_id: 'draft', name: draft.name, draft: JSON.stringify(draft) })
    .execute();
  await ask('PUT', `/api/announcements/${announcementId}`, { ...text('新しい言葉です。'), version });
  expect((await detail(announcementId)).announcement.usages).toMatchObject([
    { kind: 'draft', flowName: '下書きのフロー', phoneNumberShown: null },
  ]);
  const bundle = await assembleBundle(admin.database.db, 'draft', 'next');
  expect(bundle?.flows['draft']?.nodes['end']).toMatchObject({
    farewell: { text: '新しい言葉です。', announcementId },
  });
});

test.each([
  ['nothing but symbols', { type: 'text', text: '…' }, 'nothingToSay'],
  ['a value that cannot be read', { type: 'text', text: '{{}}です。' }, 'badValue'],
  ['a sound that was never uploaded', { type: 'audio', audioId: 'nowhere' }, 'unknownAudio'],
] as const)('an announcement of %s is refused in words', async (_what, content, code) => {
  const reply = await ask('POST', '/api/announcements', { name: '試験', content });
  expect(reply).toMatchObject({ status: 400, body: { code } });
});

test('a removed announcement is gone from the list, and every deed is written down', async () => {
  const { announcementId, version } = await added(text('削除する文章です。'));
  expect(await ask('DELETE', `/api/announcements/${announcementId}?version=${version}`)).toMatchObject({
    status: 200,
  });
  const list = AnnouncementListSchema.parse((await ask('GET', '/api/announcements')).body);
  expect(list.announcements.map((each) => each.announcementId)).not.toContain(announcementId);
  const audited = await admin.database.db
    .selectFrom('audit_log')
    .select(['action', 'user_id'])
    .where('subject', '=', announcementId)
    .orderBy('audit_id')
    .execute();
  expect(audited).toEqual([
    { action: 'announcementAdded', user_id: userId },
    { action: 'announcementRemoved', user_id: userId },
  ]);
});

test('nobody reads or changes the library without being signed in', async () => {
  expect(await ask('GET', '/api/announcements', undefined, '')).toMatchObject({ status: 401 });
  expect(await ask('POST', '/api/announcements', text('だれでしょう。'), '')).toMatchObject({ status: 401 });
});
