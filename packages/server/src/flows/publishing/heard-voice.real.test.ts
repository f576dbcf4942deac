import { BundleDraftSchema, type FlowDraft, FlowDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentHash, heardBySomebody } from '../../announcements/index.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { outlookOf } from './outlook.ts';

const WORDS = { type: 'text', text: '市役所でございます。' } as const;

let admin: TestAdminServer;
let chief: string;
beforeAll(async () => {
  admin = await startTestAdminServer();
  chief = (await admin.enter('chief')).cookie;
});
afterAll(() => admin?.stop());

async function ask(method: 'POST' | 'PUT', url: string, payload: object): Promise<unknown> {
  const reply = await admin.server.inject({
    method,
    url: `/api${url}`,
    headers: { cookie: chief, origin: TEST_ORIGIN },
    payload,
  });
  expect(reply.statusCode).toBeLessThan(300);
  return reply.json();
}

function speakingIn(voice: string | undefined): FlowDraft {
  return FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id: 'main',
    name: '窓口',
    startNodeId: 'end',
    nodes: { end: { kind: 'end', title: '終わり', farewell: WORDS } },
    voice,
  });
}

async function listenTo(voice: 'mei' | 'nitech'): Promise<void> {
  await admin.database.db
    .insertInto('heard_text')
    .values({
      person_id: 'x',
      content_hash: contentHash(WORDS, { voice, readings: [] }),
      heard_at: new Date(),
    })
    .execute();
}

/** Of each text that is new to callers, whether somebody has listened to it. */
async function toHear(): Promise<readonly boolean[] | undefined> {
  const { db } = admin.database;
  const outlook = await outlookOf(
    { db, audioIds: async () => [], isHeard: heardBySomebody(db), failedTests: async () => [] },
    'main',
  );
  return outlook?.texts.map(({ isHeard }) => isHeard);
}

test('texts that callers know are to be heard again once the flow is to be spoken in another voice', async () => {
  const { db } = admin.database;
  await ask('POST', '/flows', { flowId: 'main', name: '窓口', draft: speakingIn(undefined) });
  expect(await toHear()).toEqual([false]);
  await listenTo('mei');
  expect(await toHear()).toEqual([true]);
  const bundle = BundleDraftSchema.parse({
    bundleId: 'v1',
    entryFlowId: 'main',
    flows: { main: speakingIn(undefined) },
    readings: [],
  });
  await db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'v1', name: '窓口', bundle: JSON.stringify(bundle), flow_id: 'main', version_no: 1 })
    .execute();
  expect(await toHear()).toEqual([]);

  await ask('PUT', '/flows/main', { version: 1, name: '窓口', draft: speakingIn('nitech') });
  expect(await toHear()).toEqual([false]);
  await listenTo('nitech');
  expect(await toHear()).toEqual([true]);

  // Naming the usual voice changes nothing for callers.
  await ask('PUT', '/flows/main', { version: 2, name: '窓口', draft: speakingIn('mei') });
  expect(await toHear()).toEqual([]);
});
