import {
  exportFlows,
  type FlowDraft,
  FlowDraftSchema,
  type FlowFile,
  LANGUAGE_VERSION,
  promptsOfFlow,
  readFlowFile,
} from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AnnouncementListSchema, ReadingListSchema } from '../http/announcement-contract.ts';
import { FlowDetailSchema, FlowImportedSchema, FlowWordsSchema } from '../http/flow-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../http/test-admin-server.ts';

/** A house whose flows are written to files, and one that takes them over. */
let from: House;
let to: House;
beforeAll(async () => {
  [from, to] = await Promise.all([startHouse(), startHouse()]);
});
afterAll(async () => {
  await Promise.all([from, to].map((house) => house?.admin.stop()));
});

type House = Awaited<ReturnType<typeof startHouse>>;

async function startHouse() {
  const admin: TestAdminServer = await startTestAdminServer();
  const { cookie, userId } = await admin.enter('staff');
  async function ask(method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
    const reply = await admin.server.inject({
      method,
      url: `/api${url}`,
      headers: { cookie, origin: TEST_ORIGIN },
      ...(payload === undefined ? {} : { payload }),
    });
    const body: unknown = reply.json();
    return { status: reply.statusCode, body };
  }
  return {
    admin,
    userId,
    ask,
    async library() {
      const { announcements } = AnnouncementListSchema.parse((await ask('GET', '/announcements')).body);
      return announcements.map(({ announcementId, name, content }) => ({ announcementId, name, content }));
    },
    async readings() {
      const { readings } = ReadingListSchema.parse((await ask('GET', '/readings')).body);
      return readings.map(({ surface, reading }) => [surface, reading]);
    },
    async announce(name: string, text: string): Promise<string> {
      const { body } = await ask('POST', '/announcements', { name, content: { type: 'text', text } });
      return JSON.parse(JSON.stringify(body)).announcementId;
    },
    read: (surface: string, reading: string) => ask('PUT', '/readings', { surface, reading, version: null }),
    async draft(flowId: string): Promise<FlowDraft> {
      return FlowDetailSchema.parse((await ask('GET', `/flows/${flowId}`)).body).flow.draft;
    },
    async take({ flows, announcements, readings }: FlowFile) {
      const order = { flows, announcements, readings, from: 'file' };
      const { status, body } = await ask('POST', '/flow-imports', order);
      expect({ status, body }).toMatchObject({ status: 201 });
      return FlowImportedSchema.parse(body);
    },
  };
}

type Said = { readonly text: string; readonly announcementId?: string };

function flowThatSays(id: string, first: Said, last: Said): FlowDraft {
  return FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id,
    name: `窓口 ${id}`,
    startNodeId: 'on',
    nodes: {
      on: {
        kind: 'announcement',
        title: '挨拶',
        prompt: { type: 'text', ...first },
        next: { next: 'end' },
      },
      end: { kind: 'end', title: '終わり', farewell: { type: 'text', ...last } },
    },
  });
}

/** As the screen writes a flow to a file, and as it reads that again. */
async function fileOf(house: House, flowId: string): Promise<FlowFile> {
  const flows = [await house.draft(flowId)];
  const words = FlowWordsSchema.parse((await house.ask('POST', '/flow-exports', { flows })).body);
  const made = exportFlows({ exportedAt: '2026-04-01T09:00:00+09:00', flows, ...words });
  const reading = readFlowFile(made.ok ? made.text : '');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.file;
}

const saidIn = (draft: FlowDraft) =>
  promptsOfFlow(draft).map((prompt) => (prompt.type === 'text' ? prompt.text : prompt.audioId));
const tiesIn = (draft: FlowDraft) => promptsOfFlow(draft).map(({ announcementId }) => announcementId);

test('a flow that goes into an empty house by a file says the same there, by the same readings, and is tied to the library again', async () => {
  const greeting = await from.announce('挨拶', '和泉市役所でございます。');
  await from.announce('使われない', 'だれも言わない文章です。');
  for (const [surface, reading] of [
    ['和泉市', 'イズミシ'],
    ['納期', 'ノウキ'],
    ['使わない語', 'ツカワナイゴ'],
  ] as const)
    await from.read(surface, reading);
  const flow = flowThatSays(
    'whole',
    { text: '和泉市役所でございます。', announcementId: greeting },
    { text: '納期のご案内でした。' },
  );
  await from.ask('POST', '/flows', { flowId: flow.id, name: flow.name, draft: flow });

  const file = await fileOf(from, 'whole');
  expect(file.announcements.map(({ name }) => name)).toEqual(['挨拶']);
  const told = await to.take(file);
  expect(told).toEqual({
    flowIds: ['whole'],
    announcements: { added: ['挨拶'], different: [], leftOut: [] },
    readings: { added: ['和泉市', '納期'], different: [] },
  });
  const library = await to.library();
  expect(library).toMatchObject([{ name: '挨拶', content: { text: '和泉市役所でございます。' } }]);
  expect(await to.readings()).toEqual([
    ['和泉市', 'イズミシ'],
    ['納期', 'ノウキ'],
  ]);
  const there = await to.draft('whole');
  expect(saidIn(there)).toEqual(saidIn(flow));
  expect(tiesIn(there)).toEqual([library[0]?.announcementId, undefined]);
  const audited = await to.admin.database.db
    .selectFrom('audit_log')
    .select('action')
    .where('user_id', '=', to.userId)
    .where('action', 'in', ['announcementAdded', 'readingSaved', 'flowAdded'])
    .execute();
  expect(audited.map(({ action }) => action).toSorted()).toEqual([
    'announcementAdded',
    'flowAdded',
    'readingSaved',
    'readingSaved',
  ]);

  // Once more: nothing is there twice but the flow.
  const again = await to.take(file);
  expect(again).toMatchObject({ announcements: { added: [] }, readings: { added: [], different: [] } });
  expect(await to.library()).toEqual(library);
  expect(tiesIn(await to.draft(again.flowIds[0] ?? ''))).toEqual(tiesIn(there));
});

test('where the house says or reads it otherwise, it goes on doing so, the flow keeps the words of the file, and both are told', async () => {
  const closed = await from.announce('閉庁', '本日は閉庁しております。');
  await from.read('担当課', 'タントウカ');
  const flow = flowThatSays(
    'other',
    { text: '本日は閉庁しております。', announcementId: closed },
    { text: '担当課の案内でした。' },
  );
  await from.ask('POST', '/flows', { flowId: flow.id, name: flow.name, draft: flow });
  await to.announce('閉庁', 'ただいま時間外です。');
  await to.read('担当課', 'タントーカ');
  const [library, readings] = [await to.library(), await to.readings()];

  expect(await to.take(await fileOf(from, 'other'))).toMatchObject({
    announcements: { added: [], different: ['閉庁'], leftOut: [] },
    readings: {
      added: [],
      different: [{ surface: '担当課', here: 'タントーカ', file: 'タントウカ' }],
    },
  });
  expect([await to.library(), await to.readings()]).toEqual([library, readings]);
  const there = await to.draft('other');
  expect(saidIn(there)).toEqual(saidIn(flow));
  expect(tiesIn(there)).toEqual([undefined, undefined]);
});

test('an announcement whose sound is not here is left out and told; a reading that cannot be read takes nothing over', async () => {
  const music = { type: 'audio', audioId: 'music', transcript: '音楽' } as const;
  const file: FlowFile = {
    exportedAt: '2026-04-01T09:00:00+09:00',
    flows: [flowThatSays('sound', { text: 'お待ちください。' }, { text: '終わりです。' })],
    announcements: [{ announcementId: 'theirs', name: '音楽', prompt: music }],
    readings: [],
  };
  expect(await to.take(file)).toMatchObject({ announcements: { added: [], leftOut: ['音楽'] } });
  const [library, readings] = [await to.library(), await to.readings()];
  const wrong = await to.ask('POST', '/flow-imports', {
    from: 'file',
    flows: [flowThatSays('wrong', { text: '一' }, { text: '二' })],
    announcements: [{ announcementId: 'n', name: '新しい挨拶', prompt: { type: 'text', text: '新しい。' } }],
    readings: [{ surface: '新語', reading: 'new' }],
  });
  expect(wrong).toMatchObject({
    status: 400,
    body: { code: 'badReading', message: expect.stringContaining('「新語」') },
  });
  expect([await to.library(), await to.readings()]).toEqual([library, readings]);
  expect((await to.ask('GET', '/flows/wrong')).status).toBe(404);
});
