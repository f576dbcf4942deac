import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { InboxCountsSchema } from '../../http/contract.ts';
import { type InboxChange, InboxDetailSchema, InboxListSchema } from '../../http/inbox-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { insertTestItem, TEST_NOW } from '../test-items.ts';

const HOUR_MS = 3_600_000;
let admin: TestAdminServer;
let one: { cookie: string; userId: string };
let other: { cookie: string; userId: string };

beforeAll(async () => {
  admin = await startTestAdminServer();
  one = await admin.enter('staff', 'one@example.jp');
  other = await admin.enter('staff', 'other@example.jp');
  setNow(TEST_NOW);
});
afterEach(async () => {
  setNow(TEST_NOW);
  await admin.database.db.deleteFrom('inbox_item').execute();
});
afterAll(async () => {
  await admin.stop();
});

/** Sessions go by the wall clock of better-auth, not by this one: people stay signed in. */
function setNow(ms: number): void {
  admin.offset.ms = ms - Date.now();
}

async function list(query: Record<string, string> = {}): Promise<z.infer<typeof InboxListSchema>> {
  const reply = await admin.server.inject({
    url: '/api/inbox',
    query,
    headers: { cookie: one.cookie },
  });
  expect([reply.statusCode, reply.body]).toEqual([200, reply.body]);
  return InboxListSchema.parse(reply.json());
}

async function counts() {
  const reply = await admin.server.inject({ url: '/api/inbox/counts', headers: { cookie: one.cookie } });
  return InboxCountsSchema.parse(reply.json());
}

async function change(who: { cookie: string }, itemId: string, body: InboxChange) {
  return await admin.server.inject({
    method: 'POST',
    url: `/api/inbox/${itemId}`,
    headers: { cookie: who.cookie, origin: TEST_ORIGIN },
    payload: body,
  });
}

async function detail(itemId: string) {
  const reply = await admin.server.inject({
    url: `/api/inbox/${itemId}`,
    headers: { cookie: one.cookie },
  });
  return InboxDetailSchema.parse(reply.json());
}

test('of two clerks who change an item at once one is told so, and nothing of the first is lost', async () => {
  const { db } = admin.database;
  const itemId = await insertTestItem(db);
  const replies = await Promise.all([
    change(one, itemId, { deed: 'take', version: 1, memo: '一人目' }),
    change(other, itemId, { deed: 'take', version: 1, memo: '二人目' }),
  ]);
  expect(replies.map((reply) => reply.statusCode).toSorted()).toEqual([200, 409]);
  const refused = replies.find((reply) => reply.statusCode === 409);
  expect(refused?.json()).toMatchObject({
    code: 'changedMeanwhile',
    message: expect.stringContaining('ほかの職員が先に内容を変更しました'),
  });
  const { item, changes } = await detail(itemId);
  const first = replies[0].statusCode === 200 ? one : other;
  expect([item.assignee?.personId, item.memo, item.version]).toEqual([
    first.userId,
    first === one ? '一人目' : '二人目',
    2,
  ]);
  expect(changes).toHaveLength(1);
});

test('an item goes from hand to hand to its end and back, and its history says who did what', async () => {
  const itemId = await insertTestItem(admin.database.db);
  const dueAt = new Date(TEST_NOW + 5 * HOUR_MS).toISOString();
  const deeds: readonly (readonly [{ cookie: string }, InboxChange])[] = [
    [one, { deed: 'take', version: 1 }],
    [one, { deed: 'handOver', version: 2, assigneeId: other.userId, memo: '担当の方へ' }],
    [other, { deed: 'save', version: 3, dueAt }],
    [other, { deed: 'finish', version: 4, resultMemo: 'ご説明しました' }],
    [one, { deed: 'reopen', version: 5 }],
  ];
  const states: string[] = [];
  for (const [who, body] of deeds) {
    const reply = await change(who, itemId, body);
    expect([body.deed, reply.statusCode]).toEqual([body.deed, 200]);
    const { item } = InboxDetailSchema.parse(reply.json());
    states.push(
      `${item.state} ${item.assignee?.personId === other.userId ? 'other' : item.assignee === null ? '-' : 'one'}`,
    );
  }
  expect(states).toEqual(['inProgress one', 'inProgress other', 'inProgress other', 'done other', 'open -']);
  const { item, changes } = await detail(itemId);
  expect(item).toMatchObject({ memo: '担当の方へ', resultMemo: 'ご説明しました', dueAt });
  expect(changes.map(({ deed, person, to }) => [deed, person.personId, to?.personId ?? null])).toEqual([
    ['take', one.userId, null],
    ['handOver', one.userId, other.userId],
    ['save', other.userId, null],
    ['finish', other.userId, null],
    ['reopen', one.userId, null],
  ]);
  const audited = await admin.database.db
    .selectFrom('audit_log')
    .select(['user_id', 'detail'])
    .where('action', '=', 'inboxItemChanged')
    .where('subject', '=', itemId)
    .orderBy('audit_id')
    .execute();
  expect(audited.map((row) => row.detail)).toMatchObject(deeds.map(([, { deed }]) => ({ deed })));
  expect(JSON.stringify(audited)).not.toContain('ご説明しました');
});

test('nothing is closed without a word of what was done, nor handed to somebody who cannot sign in', async () => {
  const itemId = await insertTestItem(admin.database.db);
  expect((await change(one, itemId, { deed: 'finish', version: 1, resultMemo: '　 ' })).statusCode).toBe(400);
  const gone = await admin.enter('staff', `gone-${Date.now()}@example.jp`);
  await admin.auth.setSuspended(gone.userId, true, null);
  const reply = await change(one, itemId, { deed: 'handOver', version: 1, assigneeId: gone.userId });
  expect([reply.statusCode, reply.json()]).toMatchObject([400, { code: 'nobody' }]);
  expect((await detail(itemId)).item).toMatchObject({ state: 'open', version: 1 });
});

test('what is due comes first, and becomes overdue when its time has passed, not before', async () => {
  const { db } = admin.database;
  const later = await insertTestItem(db, { due_at: new Date(TEST_NOW + 2 * HOUR_MS) });
  const soon = await insertTestItem(db, { due_at: new Date(TEST_NOW + HOUR_MS) });
  const done = await insertTestItem(db, { due_at: new Date(TEST_NOW - HOUR_MS), state: 'done' });
  const shown = async () => (await list()).items.map(({ itemId, isOverdue }) => [itemId, isOverdue]);
  setNow(TEST_NOW + HOUR_MS - 1_000);
  expect(await shown()).toEqual([
    [soon, false],
    [later, false],
  ]);
  expect((await counts()).overdue).toBe(0);
  setNow(TEST_NOW + HOUR_MS + 1_000);
  expect(await shown()).toEqual([
    [soon, true],
    [later, false],
  ]);
  expect(await counts()).toEqual({ open: 2, inProgress: 0, overdue: 1 });
  expect((await list({ overdue: 'true' })).items.map(({ itemId }) => itemId)).toEqual([soon]);
  expect((await list({ state: 'done' })).items).toMatchObject([{ itemId: done, isOverdue: false }]);
});

test('the list is cut by state, by who has it, by number called and by number to call', async () => {
  const { db } = admin.database;
  const mine = await insertTestItem(db, { state: 'inProgress', assignee_id: one.userId });
  const theirs = await insertTestItem(db, { state: 'inProgress', assignee_id: other.userId });
  const elsewhere = await insertTestItem(db, { phone_number: '0725001002', call_back_number: '0265001234' });
  const nameless = await insertTestItem(db, { kind: 'voicemail', call_back_number: null, wished_time: null });
  const ids = async (query: Record<string, string>) =>
    (await list(query)).items.map(({ itemId }) => itemId).toSorted();
  expect(await ids({ mine: 'true' })).toEqual([mine]);
  expect(await ids({ state: 'inProgress' })).toEqual([mine, theirs].toSorted());
  expect(await ids({ state: 'open' })).toEqual([elsewhere, nameless].toSorted());
  expect(await ids({ phoneNumber: '0725001002' })).toEqual([elsewhere]);
  expect(await ids({ number: '０２６５－００' })).toEqual([elsewhere]);
  expect((await detail(nameless)).item.callBackShown).toBe('番号なし');
});

test('thousands of items are paged through, each once, in the order in which they are due', async () => {
  const { db } = admin.database;
  await sql`
    insert into inbox_item (item_id, kind, call_id, call_day, phone_number, due_at, created_at, changed_at)
    select 'i' || lpad((i * 7919 % 3000)::text, 5, '0'), 'voicemail', 'c' || i, '2026-11-24', '0725001001',
      timestamptz '2026-11-24 10:00+09' + (i / 3) * interval '1 minute 1 microsecond', now(), now()
    from generate_series(0, 2999) i`.execute(db);
  for (const state of ['notDone', 'done']) {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: z.infer<typeof InboxListSchema> = await list({ state, cursor });
      seen.push(...page.items.map(({ itemId, dueAt }) => (state === 'done' ? itemId : `${dueAt} ${itemId}`)));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(3000);
    expect(new Set(seen).size).toBe(3000);
    if (state === 'notDone')
      expect(seen.map((each) => each.slice(0, 24))).toEqual(seen.map((each) => each.slice(0, 24)).toSorted());
    await sql`update inbox_item set state = 'done'`.execute(db);
  }
});

test('nobody sees or changes the inbox without signing in', async () => {
  const itemId = await insertTestItem(admin.database.db);
  for (const url of ['/api/inbox', '/api/inbox/counts', '/api/inbox/people', `/api/inbox/${itemId}`]) {
    expect([url, (await admin.server.inject({ url })).statusCode]).toEqual([url, 401]);
  }
  expect((await change({ cookie: '' }, itemId, { deed: 'take', version: 1 })).statusCode).toBe(401);
});
