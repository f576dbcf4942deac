import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { batchFor, began, testCall, writeTestCall } from '../../calls/reading/test-calls.ts';
import {
  AttemptListSchema,
  AttemptStorySchema,
  ReachSchema,
  type ResultExport,
  ResultExportSchema,
  type ResultMappingDraft,
  ResultPreviewSchema,
  ResultTotalsSchema,
} from '../../http/campaign-result-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { insertSms } from '../../sms/index.ts';
import { READY_MAPPING } from './ready-mapping.ts';
import { sweepResultFiles } from './sweep-result-files.ts';
import { layAttempt, layCampaign, layRecipient } from './test-results.ts';

let admin: TestAdminServer;
let cookie: string;
let campaignId: string;
let nth = 0;
beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie } = await admin.enter('staff'));
});
afterAll(async () => {
  await admin.stop();
});
beforeEach(async () => {
  nth += 1;
  campaignId = `campaign-${nth}`;
  await layCampaign(admin.database.db, campaignId);
});

const get = (path: string) => admin.server.inject({ url: path, headers: { cookie } });
const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, payload: object) =>
  admin.server.inject({ method, url: path, headers: { cookie, origin: TEST_ORIGIN }, payload });
const order = (wish: object = { type: 'new' }, mappingId = 'standard') =>
  send('POST', `/api/campaigns/${campaignId}/result-exports`, { mappingId, of: wish });

async function made(wish?: object, mappingId?: string): Promise<ResultExport> {
  const reply = await order(wish, mappingId);
  expect(reply.statusCode, reply.body).toBe(201);
  return ResultExportSchema.parse(reply.json());
}

async function saveMapping(changes: Partial<ResultMappingDraft>): Promise<string> {
  const draft = { ...READY_MAPPING, name: `様式${Math.random()}`, ...changes };
  const reply = await send('POST', '/api/result-mappings', { draft });
  expect(reply.statusCode, reply.body).toBe(201);
  return z.object({ mappingId: z.string() }).parse(reply.json()).mappingId;
}

async function fetched(one: ResultExport, kind: 'data' | 'codes' | 'manifest'): Promise<Buffer> {
  const file = one.files.find((each) => each.kind === kind);
  const reply = await get(file?.url ?? '');
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['content-disposition']).toContain(file?.name);
  expect(createHash('sha256').update(reply.rawPayload).digest('hex')).toBe(file?.sha256);
  return reply.rawPayload;
}

/** By Python's reader. */
function rowsOf(bytes: Buffer, encoding = 'utf-8'): string[][] {
  const script = `import csv, io, json, sys
json.dump(list(csv.reader(io.StringIO(sys.stdin.buffer.read().decode(sys.argv[1]), newline=''))), sys.stdout)`;
  const said = execFileSync('python3', ['-c', script, encoding], { input: bytes, maxBuffer: 2 ** 26 });
  return z.array(z.array(z.string())).parse(JSON.parse(said.toString('utf8')));
}

const LEVY = {
  団体コード: '012345',
  税目コード: '02',
  賦課年度: '2026',
  相当年度: '2026',
  期別: '03',
  通知書番号: '0000012345',
};

test('what people said is kept apart, and every recipient stands in one figure', async () => {
  const { db } = admin.database;
  const results = ['promised', 'promised', 'paid', 'consultation', 'absent', 'wrongNumber'] as const;
  for (const [index, result] of results.entries()) {
    const promisedOn = result === 'promised' ? '2026-12-25' : undefined;
    const id = await layRecipient(db, campaignId, {
      rowNo: index + 2,
      result,
      ...(promisedOn === undefined ? {} : { promisedOn }),
    });
    await layAttempt(db, campaignId, id, {
      at: '2026-11-24T01:00:00Z',
      outcome: 'answered',
      answeredBy: 'human',
      result,
    });
  }
  const silent = await layRecipient(db, campaignId, { rowNo: 50 });
  await layAttempt(db, campaignId, silent, { at: '2026-11-24T01:00:00Z', outcome: 'busy', sipCode: 486 });
  await layAttempt(db, campaignId, silent, {
    at: '2026-11-24T03:30:00Z',
    outcome: 'answered',
    answeredBy: 'machine',
  });
  await layAttempt(db, campaignId, silent, { at: '2026-11-24T05:00:00Z', outcome: null });

  const totals = ResultTotalsSchema.parse((await get(`/api/campaigns/${campaignId}/results`)).json());
  expect(totals.recipients).toMatchObject({ total: 7, done: 6, waiting: 1, reached: 6 });
  expect(
    totals.results.filter(({ recipients }) => recipients > 0).map((one) => [one.label, one.recipients]),
  ).toEqual([
    ['納付約束', 2],
    ['納付済み', 1],
    ['相談希望', 1],
    ['本人不在', 1],
    ['番号違い', 1],
  ]);
  expect(totals.withoutResult).toBe(1);
  expect(
    totals.outcomes.filter(({ attempts }) => attempts > 0).map((one) => [one.label, one.attempts]),
  ).toEqual([
    ['応答', 7],
    ['話し中', 1],
  ]);
  expect(totals.answeredBy.map((one) => [one.label, one.attempts])).toEqual([
    ['人', 6],
    ['留守番電話', 1],
    ['迷惑電話防止の応答', 0],
    ['ファクス', 0],
    ['不明', 0],
  ]);
  expect(totals.promises).toEqual([{ day: '2026-12-25', recipients: 2 }]);
  expect([totals.notExported, totals.exported]).toEqual([8, 0]);

  const reach = ReachSchema.parse((await get(`/api/campaigns/${campaignId}/reach`)).json());
  expect(
    reach.points.map(({ from, calls, answered, reached, reachedSoFar }) => [
      from,
      calls,
      answered,
      reached,
      reachedSoFar,
    ]),
  ).toEqual([
    ['2026-11-24T01:00:00.000Z', 7, 6, 0, 0],
    ['2026-11-24T02:00:00.000Z', 0, 0, 6, 6],
    ['2026-11-24T03:00:00.000Z', 1, 1, 0, 6],
    ['2026-11-24T05:00:00.000Z', 1, 0, 0, 6],
  ]);
  const days = ReachSchema.parse((await get(`/api/campaigns/${campaignId}/reach?step=day`)).json());
  // The Japanese day.
  expect(days.points).toMatchObject([{ from: '2026-11-23T15:00:00.000Z', calls: 9, reachedSoFar: 6 }]);
});

test('an attempt is told word for word: what was heard and sent, keys with ● for secret ones, codes of the network', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo: 2, nameKana: 'ヤマダ　タロウ' });
  const call = testCall({ callId: `att-story-${nth}`, beganAt: Date.parse('2026-11-24T01:00:10Z') });
  const batch = batchFor(
    call,
    [{ event: began(call) }, { event: { type: 'answered' } }, { event: { type: 'announced', id: 1 } }],
    { ended: true },
  );
  const spoken = { text: '市役所からのご案内です。', slower: false, title: 'あいさつ', stopped: false };
  await writeTestCall(db, {
    ...batch,
    events: batch.events.map((event) => (event.seq === 1 ? { ...event, spoken } : event)),
    summaries: batch.summaries.map((summary) => ({ ...summary, keys: '●●●●1' })),
  });
  await layAttempt(db, campaignId, id, {
    attemptId: call.callId,
    at: '2026-11-24T01:00:00Z',
    outcome: 'answered',
    answeredBy: 'human',
    result: 'promised',
    promisedOn: '2026-12-25',
    sipCode: 200,
  });
  await insertSms(
    db,
    [{ id: `${call.callId}-2`, origin: 'call', to: '09000000002', text: '納付書の再発行' }],
    new Date(),
  );

  const story = AttemptStorySchema.parse((await get(`/api/campaign-attempts/${call.callId}`)).json());
  expect(story.heard).toEqual([
    {
      atMs: 1_000,
      nodeTitle: 'あいさつ',
      text: '市役所からのご案内です。',
      slower: false,
      played: 'whole',
      playedMs: 1_000,
    },
  ]);
  expect(story).toMatchObject({
    keys: '●●●●1',
    spokenAnswer: null,
    callId: call.callId,
    talkMs: 60_000,
    attempt: { resultLabel: '納付約束', promisedOn: '2026-12-25', sipCode: 200, outcomeLabel: '応答' },
    texts: [{ text: '納付書の再発行', stateLabel: '送信待ち' }],
  });
  const looks = await db
    .selectFrom('audit_log')
    .select('subject')
    .where('action', '=', 'campaignAttemptViewed')
    .execute();
  expect(looks).toEqual([{ subject: call.callId }]);

  const list = AttemptListSchema.parse(
    (await get(`/api/campaigns/${campaignId}/attempts?result=promised`)).json(),
  );
  expect(list.attempts.map(({ attemptId }) => attemptId)).toEqual([call.callId]);
  // Details are written where a column wants them.
  const mappingId = await saveMapping({
    columns: (['heardText', 'keys', 'smsText'] as const).map((field) => ({
      header: field,
      source: { type: 'field', field },
    })),
  });
  const rows = rowsOf(await fetched(await made({ type: 'new' }, mappingId), 'data'));
  expect(rows[1]).toEqual(['市役所からのご案内です。', '●●●●1', '納付書の再発行']);
});

test('attempts are found by outcome, result and Japanese day', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo: 2, addresseeNumber: '0000077777' });
  const lay = (at: string, outcome: 'busy' | 'answered', result?: 'paid') =>
    layAttempt(db, campaignId, id, { at, outcome, ...(result === undefined ? {} : { result }) });
  const late = await lay('2026-11-24T14:59:59Z', 'busy');
  const midnight = await lay('2026-11-24T15:00:00Z', 'answered', 'paid');
  const found = async (query: string) =>
    AttemptListSchema.parse(
      (await get(`/api/campaigns/${campaignId}/attempts?${query}`)).json(),
    ).attempts.map(({ attemptId }) => attemptId);
  expect(await found('day=2026-11-24')).toEqual([late]);
  expect(await found('day=2026-11-25')).toEqual([midnight]);
  expect(await found('outcome=busy')).toEqual([late]);
  expect(await found('result=paid&day=2026-11-25')).toEqual([midnight]);
  expect(await found('search=00000777')).toEqual([midnight, late]);
  expect(await found('day=2026-11-26')).toEqual([]);
});

test('pages of attempts neither repeat nor skip any', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo: 2 });
  const laid = [];
  for (let minute = 0; minute < 55; minute++)
    laid.push(
      await layAttempt(db, campaignId, id, {
        at: `2026-11-24T01:${String(Math.floor(minute / 2)).padStart(2, '0')}:00Z`,
        outcome: 'unanswered',
      }),
    );
  const first = AttemptListSchema.parse((await get(`/api/campaigns/${campaignId}/attempts`)).json());
  const cursor = encodeURIComponent(first.nextCursor ?? '');
  const second = AttemptListSchema.parse(
    (await get(`/api/campaigns/${campaignId}/attempts?cursor=${cursor}`)).json(),
  );
  const ids = [...first.attempts, ...second.attempts].map(({ attemptId }) => attemptId);
  expect(first.attempts).toHaveLength(50);
  expect(second.nextCursor).toBeNull();
  expect(new Set(ids)).toEqual(new Set(laid));
  expect(ids).toHaveLength(55);
});

test('the standard file names the levy, what came of each contact by its code, and keeps leading zeros and 外字', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, {
    rowNo: 2,
    addresseeNumber: '000000123456789',
    values: { ...LEVY, 期別: '\uE000葛\u{E0100}' },
  });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T14:59:55Z', outcome: 'unanswered', sipCode: 480 });
  await layAttempt(db, campaignId, id, {
    at: '2026-11-25T01:00:00Z',
    outcome: 'answered',
    answeredBy: 'human',
    result: 'promised',
    promisedOn: '2026-12-25',
  });
  await layAttempt(db, campaignId, id, {
    at: '2026-11-26T01:00:00Z',
    outcome: 'smsDelivered',
    channel: 'sms',
  });
  const one = await made();
  expect(rowsOf(await fetched(one, 'data'))).toEqual([
    READY_MAPPING.columns.map(({ header }) => header),
    [
      '012345',
      '000000123456789',
      '02',
      '2026',
      '2026',
      '\uE000葛\u{E0100}',
      '0000012345',
      '2026-11-24 23:59:56',
      '1',
      '41',
      '',
      '0',
      '',
    ],
    [
      '012345',
      '000000123456789',
      '02',
      '2026',
      '2026',
      '\uE000葛\u{E0100}',
      '0000012345',
      '2026-11-25 10:00:10',
      '1',
      '10',
      '2026-12-25',
      '0',
      '',
    ],
    [
      '012345',
      '000000123456789',
      '02',
      '2026',
      '2026',
      '\uE000葛\u{E0100}',
      '0000012345',
      '2026-11-26 10:00:01',
      '2',
      '51',
      '',
      '0',
      '',
    ],
  ]);
  const codes = rowsOf(await fetched(one, 'codes'));
  expect(codes).toEqual(
    expect.arrayContaining([
      ['結果コード', '10', '納付約束'],
      ['結果コード', '41', '応答なし'],
      ['手段', '2', 'SMS'],
    ]),
  );
  expect(new Set(codes.map(([kind, code]) => `${kind} ${code}`)).size).toBe(codes.length);
  expect(one.notes?.emptyColumns).toEqual(['版']);
});

test('each attempt goes into one file; a file that repeats another says so and has the same rows', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo: 2, values: LEVY });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T01:00:00Z', outcome: 'busy' });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T02:00:00Z', outcome: null });
  const first = await made();
  expect([first.attempts, first.exportNo, first.repeats]).toEqual([1, 1, null]);
  const nothing = await order();
  expect([nothing.statusCode, nothing.json().code]).toEqual([422, 'nothingToExport']);

  await db
    .updateTable('campaign_attempt')
    .set({ state: 'ended', outcome: 'unanswered', ended_at: new Date('2026-11-24T02:01:00Z') })
    .where('ended_at', 'is', null)
    .execute();
  const second = await made();
  expect([second.attempts, rowsOf(await fetched(second, 'data'))[1]?.[9]]).toEqual([1, '41']);

  // What has left the house leaves it again only with a reason.
  const silently = { type: 'again', exportId: first.exportId };
  for (const wish of [silently, { ...silently, reason: ' ' }])
    expect((await order(wish)).statusCode).toBe(400);
  const reason = '基幹システムで取り込みに失敗したため';
  const again = await made({ ...silently, reason });
  expect([again.repeats, again.repeatReason]).toEqual([{ exportId: first.exportId, exportNo: 1 }, reason]);
  expect((await fetched(again, 'data')).equals(await fetched(first, 'data'))).toBe(true);
  const manifest = JSON.parse((await fetched(again, 'manifest')).toString('utf8'));
  expect(manifest).toMatchObject({ repeats: { exportId: first.exportId, exportNo: 1, reason }, exportNo: 3 });
  expect(again.files.every(({ name }) => name.includes('-again'))).toBe(true);
  // What repeats a repetition repeats the first.
  const third = await made({ type: 'again', exportId: again.exportId, reason });
  expect(third.repeats?.exportId).toBe(first.exportId);
  const audited = await db
    .selectFrom('audit_log')
    .select('detail')
    .where('action', '=', 'resultsExported')
    .where('subject', '=', campaignId)
    .orderBy('at')
    .execute();
  expect(audited.map(({ detail }) => detail)).toMatchObject([
    { repeats: null, reason: null },
    { repeats: null, reason: null },
    { repeats: first.exportId, reason },
    { repeats: first.exportId, reason },
  ]);
});

test('two clerks who order at the same moment share the attempts out between them', async () => {
  const { db } = admin.database;
  for (let row = 2; row < 42; row++)
    await layAttempt(db, campaignId, await layRecipient(db, campaignId, { rowNo: row }), {
      at: '2026-11-24T01:00:00Z',
      outcome: 'busy',
    });
  const replies = await Promise.all([order(), order(), order()]);
  expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 422, 422]);
  const rows = replies.flatMap((reply) =>
    reply.statusCode === 201 ? [ResultExportSchema.parse(reply.json())] : [],
  );
  expect(rows.map(({ attempts }) => attempts)).toEqual([40]);
});

test('for CP932 each character that cannot be written is told with row, column and substitute before the file is taken', async () => {
  const { db } = admin.database;
  const original = ['0001', '𠮷田 髙男', '葛\u{E0100}城\uE000'];
  const id = await layRecipient(db, campaignId, { rowNo: 2, original });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T01:00:00Z', outcome: 'busy' });
  const columns = ['番号', '氏名', '住所'].map((header, index) => ({
    header,
    source: { type: 'original' as const, column: index + 1 },
  }));
  const mappingId = await saveMapping({ columns, encoding: 'cp932', substitutes: { 𠮷: '吉' } });
  const reply = await send('POST', `/api/campaigns/${campaignId}/result-previews`, {
    mappingId,
    of: { type: 'new' },
  });
  const preview = ResultPreviewSchema.parse(reply.json());
  expect(preview.firstRows).toEqual([['0001', '吉田 髙男', '葛城\uE000']]);
  expect(preview.notes.substitutions).toEqual([
    { row: 2, column: '氏名', character: '𠮷', code: 'U+20BB7', substitute: '吉' },
    { row: 2, column: '住所', character: '葛\u{E0100}', code: 'U+845B U+E0100', substitute: '葛' },
  ]);
  const one = await made({ type: 'new' }, mappingId);
  expect(one.notes?.substitutionCount).toBe(2);
  expect(rowsOf(await fetched(one, 'data'), 'cp932')).toEqual([
    ['番号', '氏名', '住所'],
    ['0001', '吉田 髙男', '葛城\uE000'],
  ]);
  // The same rows in UTF-8 lose nothing.
  const utf8 = await saveMapping({ columns });
  const whole = await made({ type: 'again', exportId: one.exportId, reason: '別の様式' }, utf8);
  expect(rowsOf(await fetched(whole, 'data'))[1]).toEqual(original);
});

test('a cell like a formula reaches a core system as it is and is told; a file that people open has it harmless', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo: 2, original: ['=1+1', '-500'] });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T01:00:00Z', outcome: 'busy' });
  const columns = ['A', 'B'].map((header, index) => ({
    header,
    source: { type: 'original' as const, column: index + 1 },
  }));
  const core = await made({ type: 'new' }, await saveMapping({ columns }));
  expect(rowsOf(await fetched(core, 'data'))[1]).toEqual(['=1+1', '-500']);
  expect(core.notes?.formulaLike).toEqual([
    { row: 2, column: 'A' },
    { row: 2, column: 'B' },
  ]);
  const again = { type: 'again', exportId: core.exportId, reason: '職員が見るため' };
  const people = await made(again, await saveMapping({ columns, reader: 'spreadsheet' }));
  expect(rowsOf(await fetched(people, 'data'))[1]).toEqual(["'=1+1", "'-500"]);
});

test('a core system finds whole files in the drop folder, the manifest last, with the SHA-256 of what lies there', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo: 2, values: LEVY });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T01:00:00Z', outcome: 'busy' });
  const one = await made();
  const reply = await send('POST', `/api/result-exports/${one.exportId}/deliveries`, { kind: 'dropFolder' });
  expect(reply.statusCode, reply.body).toBe(200);
  const names = await readdir(admin.resultDropDir);
  expect(names.toSorted()).toEqual(one.files.map(({ name }) => name).toSorted());
  const manifestName = one.files.find(({ kind }) => kind === 'manifest')?.name ?? '';
  const manifest = z
    .object({ files: z.array(z.object({ name: z.string(), sha256: z.string(), rows: z.int() })) })
    .parse(JSON.parse(await readFile(join(admin.resultDropDir, manifestName), 'utf8')));
  expect(manifest.files.map(({ rows }) => rows)[0]).toBe(1);
  for (const { name, sha256 } of manifest.files) {
    const bytes = await readFile(join(admin.resultDropDir, name));
    expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sha256);
  }
  await send('POST', `/api/result-exports/${one.exportId}/deliveries`, {
    kind: 'handedOver',
    note: '収納課 端末担当',
  });
  await fetched(one, 'data');
  const now = ResultExportSchema.parse((await get(`/api/result-exports/${one.exportId}`)).json());
  expect(now.deliveries.map(({ kind, note }) => [kind, note])).toEqual([
    ['dropFolder', admin.resultDropDir],
    ['handedOver', '収納課 端末担当'],
    ['download', one.files[0]?.name],
  ]);
});

test('files that a crash left unmade are made again with the same attempts', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo: 2, values: LEVY });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T01:00:00Z', outcome: 'busy' });
  const one = await made();
  await db
    .updateTable('result_export')
    .set({ state: 'making', files: '[]' })
    .where('export_id', '=', one.exportId)
    .execute();
  await layAttempt(db, campaignId, id, { at: '2026-11-24T02:00:00Z', outcome: 'unanswered' });
  const left = ResultExportSchema.parse((await get(`/api/result-exports/${one.exportId}`)).json());
  expect(left.state).toBe('failed');
  expect((await get(`/api/result-exports/${one.exportId}/files/data`)).statusCode).toBe(409);
  const reply = await send('POST', `/api/result-exports/${one.exportId}/files`, {});
  const anew = ResultExportSchema.parse(reply.json());
  expect(anew.files.map(({ name, sha256 }) => [name, sha256])).toEqual(
    one.files.map(({ name, sha256 }) => [name, sha256]),
  );
});

test('files can be had for the days that are told, then they are taken away while the record stays', async () => {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo: 2, values: LEVY });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T01:00:00Z', outcome: 'busy' });
  const one = await made();
  const until = Date.parse(one.filesUntil ?? '');
  expect(until - Date.parse(one.madeAt)).toBeGreaterThan(29.9 * 86_400_000);
  const folder = join(admin.resultsDir, 'exports', one.exportId);
  await sweepResultFiles(db, admin.resultsDir, until - 1_000);
  expect(await readdir(folder)).toHaveLength(3);
  await fetched(one, 'data');
  await sweepResultFiles(db, admin.resultsDir, until + 1_000);
  expect(await readdir(join(admin.resultsDir, 'exports'))).not.toContain(one.exportId);
  const path = `/api/result-exports/${one.exportId}`;
  const left = ResultExportSchema.parse((await get(path)).json());
  expect([left.filesAreGone, left.attempts, left.deliveries.length]).toEqual([true, 1, 1]);
  for (const reply of [
    await get(`${path}/files/data`),
    await send('POST', `${path}/deliveries`, { kind: 'dropFolder' }),
  ])
    expect([reply.statusCode, reply.json().code]).toEqual([410, 'filesGone']);
  // The results themselves are not gone: they can leave once more, with a reason.
  const again = await made({ type: 'again', exportId: one.exportId, reason: '期限が過ぎたため' });
  expect(rowsOf(await fetched(again, 'data'))).toHaveLength(2);
});

test('who works on a mapping sees what it makes of the last results, and what the list offers to columns', async () => {
  const { db } = admin.database;
  for (let row = 2; row < 10; row++)
    await layAttempt(
      db,
      campaignId,
      await layRecipient(db, campaignId, { rowNo: row, values: LEVY, original: [`${row}`, '山田 太郎'] }),
      { at: `2026-11-24T01:0${row}:00Z`, outcome: 'busy' },
    );
  await made();
  await db
    .insertInto('campaign_list')
    .values({
      list_id: `list-${nth}`,
      campaign_id: campaignId,
      purpose: 'recipients',
      file_name: '名簿.csv',
      kind: 'csv',
      encoding: 'utf-8',
      state: 'accepted',
      problem: null,
      file_bytes: 1,
      headers: ['番号', '氏名'],
      samples: '[]',
      columns: null,
      sent_at: new Date(),
      sent_by: 'nobody',
      worked_at: new Date(),
      accepted_at: new Date(),
    })
    .execute();
  const sources = await get(`/api/campaigns/${campaignId}/result-sources`);
  expect(sources.json()).toEqual({ values: Object.keys(LEVY).toSorted(), columns: ['番号', '氏名'] });

  const draft = {
    ...READY_MAPPING,
    name: '下書き',
    columns: [
      { header: '行', source: { type: 'original', column: 1 } },
      { header: '区分', source: { type: 'constant', text: '05' } },
      { header: '結果', source: { type: 'field', field: 'resultCode' } },
      { header: '期別', source: { type: 'value', name: '期別' } },
    ],
    codes: { 40: 'B' },
  };
  const path = `/api/campaigns/${campaignId}/result-mapping-previews`;
  const preview = ResultPreviewSchema.parse((await send('POST', path, { draft })).json());
  expect(preview.headers).toEqual(['行', '区分', '結果', '期別']);
  // The last five, although they are in a file.
  expect(preview.firstRows).toEqual(['9', '8', '7', '6', '5'].map((row) => [row, '05', 'B', '03']));
  await send('POST', path, { draft });
  const looks = await db
    .selectFrom('audit_log')
    .select('subject')
    .where('action', '=', 'resultsPreviewed')
    .where('subject', '=', campaignId)
    .execute();
  expect(looks).toHaveLength(1);
  const { mappings } = (await get('/api/result-mappings')).json();
  expect(JSON.stringify(mappings)).not.toContain('下書き');
});

test('the ready mapping is nobody’s to change, and nobody overwrites what another changed', async () => {
  const ready = await send('PUT', '/api/result-mappings/standard', {
    draft: { ...READY_MAPPING, name: '別' },
    version: 1,
  });
  expect(ready.statusCode).toBe(403);
  const mappingId = await saveMapping({});
  const draft = { ...READY_MAPPING, name: `変更${nth}` };
  const path = `/api/result-mappings/${mappingId}`;
  expect((await send('PUT', path, { draft, version: 1 })).json()).toEqual({ mappingId, version: 2 });
  expect((await send('PUT', path, { draft, version: 1 })).statusCode).toBe(409);
  const bad = await send('PUT', path, { draft: { ...draft, substitutes: { 𠮷: '𡈽' } }, version: 2 });
  expect([bad.statusCode, bad.json().code]).toEqual([422, 'substituteNotWritable']);
  expect((await send('DELETE', `${path}?version=2`, {})).statusCode).toBe(200);
});

test('who is not signed in sees and fetches nothing', async () => {
  for (const url of [
    `/api/campaigns/${campaignId}/results`,
    '/api/result-mappings',
    '/api/result-exports/x/files/data',
  ])
    expect((await admin.server.inject({ url })).statusCode, url).toBe(401);
  expect((await get('/api/campaigns/none/results')).statusCode).toBe(404);
});

test('no log line tells a person', () => {
  expect(admin.logLines.join('\n')).not.toMatch(/ヤマダ|000000123456789|09000000002/);
});
