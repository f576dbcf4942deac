import { createHash } from 'node:crypto';
import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ResultExport, ResultExportSchema } from '../../../http/campaign-result-contract.ts';
import {
  CoreSystemExportListSchema,
  ResultTokenListSchema,
  ResultTokenMadeSchema,
} from '../../../http/campaign-result-token-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../../http/test-admin-server.ts';
import { sweepResultFiles } from '../sweep-result-files.ts';
import { layAttempt, layCampaign, layRecipient } from '../test-results.ts';

const LIST = '/api/core-system/result-exports';

let admin: TestAdminServer;
let chief: string;
let staff: string;
let nth = 0;
let campaignId: string;
const tokens: string[] = [];
beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie: chief } = await admin.enter('chief'));
  ({ cookie: staff } = await admin.enter('staff'));
});
afterAll(async () => {
  await admin.stop();
});
beforeEach(async () => {
  nth += 1;
  campaignId = `campaign-${nth}`;
  await layCampaign(admin.database.db, campaignId);
});

const post = (cookie: string, url: string, payload: object) =>
  admin.server.inject({ method: 'POST', url, headers: { cookie, origin: TEST_ORIGIN }, payload });
const ask = (token: string, url = LIST) =>
  admin.server.inject({ url, headers: { authorization: `Bearer ${token}` } });
const listed = async (token: string, url = LIST) =>
  CoreSystemExportListSchema.parse((await ask(token, url)).json());

async function madeToken(name = `システム${Math.random()}`, days = 30) {
  const reply = await post(chief, '/api/result-tokens', { name, days });
  expect(reply.statusCode, reply.body).toBe(201);
  const made = ResultTokenMadeSchema.parse(reply.json());
  tokens.push(made.token);
  return made;
}

async function madeExport(rowNo = 2): Promise<ResultExport> {
  const { db } = admin.database;
  const id = await layRecipient(db, campaignId, { rowNo });
  await layAttempt(db, campaignId, id, { at: '2026-11-24T01:00:00Z', outcome: 'busy' });
  const wish = { mappingId: 'standard', of: { type: 'new' } };
  const reply = await post(staff, `/api/campaigns/${campaignId}/result-exports`, wish);
  expect(reply.statusCode, reply.body).toBe(201);
  return ResultExportSchema.parse(reply.json());
}

const audited = async (action: string) =>
  await admin.database.db
    .selectFrom('audit_log')
    .select(['subject', 'detail', 'user_id'])
    .where('action', '=', action)
    .orderBy('at')
    .execute();

test('a core system finds what it has not fetched yet, and fetches it with the SHA-256 that it was told', async () => {
  const { tokenId, token } = await madeToken('国保システム');
  const one = await madeExport();
  const found = (await listed(token)).exports.find(({ exportId }) => exportId === one.exportId);
  expect(found).toMatchObject({ campaignId, exportNo: 1, repeats: null, attempts: 1, fetchedAt: null });
  expect(found).not.toHaveProperty('madeBy');
  for (const file of found?.files ?? []) {
    const reply = await ask(token, file.url);
    const sha256 = createHash('sha256').update(reply.rawPayload);
    expect([reply.statusCode, reply.headers['repr-digest'], reply.headers['content-length']]).toEqual([
      200,
      `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
      String(file.bytes),
    ]);
    expect(sha256.digest('hex')).toBe(file.sha256);
  }
  // Noted once it has left, which is a moment after its last byte.
  const fetchedAt = async () =>
    (await listed(token)).exports.find(({ exportId }) => exportId === one.exportId)?.fetchedAt;
  await expect.poll(fetchedAt).toEqual(expect.any(String));
  const deliveries = async () => {
    const headers = { cookie: staff };
    const seen = await admin.server.inject({ url: `/api/result-exports/${one.exportId}`, headers });
    return ResultExportSchema.parse(seen.json()).deliveries.map(({ kind, by }) => [kind, by.name]);
  };
  const three = Array.from({ length: 3 }, () => ['coreSystem', '国保システム']);
  await expect.poll(deliveries).toEqual(three);
  const uses = await audited('resultFileFetchedByCoreSystem');
  expect(uses.map(({ subject, detail, user_id }) => [subject, detail, user_id])).toEqual(
    one.files.map(({ name, sha256 }) => [one.exportId, { tokenId, file: name, sha256 }, null]),
  );
  const looks = (await audited('resultsListedByCoreSystem')).map(({ subject }) => subject);
  expect(looks.length).toBeGreaterThan(1);
  expect(new Set(looks)).toEqual(new Set([tokenId]));
});

test('a file whose fetching broke off counts as not fetched', async () => {
  const { token } = await madeToken();
  const one = await madeExport();
  const data = one.files.find(({ kind }) => kind === 'data');
  const codes = one.files.find(({ kind }) => kind === 'codes');
  // So large that no buffer between the two takes it whole.
  const bytes = 64 * 1024 * 1024;
  await truncate(join(admin.resultsDir, 'exports', one.exportId, data?.name ?? ''), bytes);
  const files = one.files.map((file) => (file.kind === 'data' ? { ...file, bytes } : file));
  await admin.database.db
    .updateTable('result_export')
    .set({ files: JSON.stringify(files) })
    .where('export_id', '=', one.exportId)
    .execute();
  const address = await admin.server.listen({ host: '127.0.0.1', port: 0 });
  const headers = { authorization: `Bearer ${token}` };
  const path = `${LIST}/${one.exportId}/files`;
  const breakOff = new AbortController();
  const reply = await fetch(`${address}${path}/data`, { headers, signal: breakOff.signal });
  await reply.body?.getReader().read();
  breakOff.abort();
  await fetch(`${address}${path}/codes`, { headers }).then((whole) => whole.arrayBuffer());
  const notes = async () => {
    const rows = await admin.database.db
      .selectFrom('result_delivery')
      .select('note')
      .where('export_id', '=', one.exportId)
      .execute();
    return rows.map(({ note }) => note);
  };
  await expect.poll(notes).toEqual([codes?.name]);
});

test('the key opens files of results and nothing else, and staff’s sessions do not open its door', async () => {
  const { token } = await madeToken();
  const one = await madeExport();
  for (const url of [
    `/api/campaigns/${campaignId}/results`,
    '/api/result-mappings',
    '/api/campaigns',
    '/api/result-tokens',
    `/api/result-exports/${one.exportId}/files/data`,
  ])
    expect((await ask(token, url)).statusCode, url).toBe(401);
  expect((await admin.server.inject({ url: LIST, headers: { cookie: chief } })).statusCode).toBe(401);
  expect((await ask(token, `${LIST}/none/files/data`)).statusCode).toBe(404);
});

test('chiefs make and revoke keys, staff do not; what is stored of a key cannot open anything', async () => {
  const refused = await post(staff, '/api/result-tokens', { name: 'x', days: 30 });
  expect(refused.statusCode).toBe(403);
  expect(
    (await admin.server.inject({ url: '/api/result-tokens', headers: { cookie: staff } })).statusCode,
  ).toBe(403);
  const { tokenId, token } = await madeToken('介護システム');
  const same = await post(chief, '/api/result-tokens', { name: '介護システム', days: 30 });
  expect([same.statusCode, same.json().code]).toEqual([409, 'nameTaken']);
  const row = await admin.database.db
    .selectFrom('result_token')
    .selectAll()
    .where('token_id', '=', tokenId)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain(token);
  expect(row.token_sha256.equals(createHash('sha256').update(token).digest())).toBe(true);
  expect((await ask(row.token_sha256.toString('base64url'))).statusCode).toBe(401);

  expect((await ask(token)).statusCode).toBe(200);
  expect((await post(staff, `/api/result-tokens/${tokenId}/revocation`, {})).statusCode).toBe(403);
  expect((await post(chief, `/api/result-tokens/${tokenId}/revocation`, {})).statusCode).toBe(200);
  const after = await ask(token);
  expect([after.statusCode, after.json().code, after.headers['www-authenticate']]).toEqual([
    401,
    'tokenRevoked',
    'Bearer',
  ]);
  await ask(token);
  // Refused again and again, it is written down once a day.
  expect(await audited('resultTokenRefused')).toMatchObject([
    { subject: tokenId, detail: { code: 'tokenRevoked' } },
  ]);
  // Its name is free for the next.
  await madeToken('介護システム');
});

test('a key ends at its time', async () => {
  const { tokenId, token } = await madeToken('期限', 1);
  admin.offset.ms = 86_400_000 - 60_000;
  expect((await ask(token)).statusCode).toBe(200);
  admin.offset.ms = 86_400_000 + 60_000;
  try {
    const reply = await ask(token);
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'tokenExpired']);
    const { cookie } = await admin.enter('chief', 'later@example.jp');
    const told = await admin.server.inject({ url: '/api/result-tokens', headers: { cookie } });
    const mine = ResultTokenListSchema.parse(told.json()).tokens.find((each) => each.tokenId === tokenId);
    expect(mine?.state).toBe('expired');
  } finally {
    admin.offset.ms = 0;
  }
});

test('who asks too often is told when to come again; a guesser keeps no core system out', async () => {
  const { token } = await madeToken();
  const replies = [];
  for (let asked = 0; asked < 61; asked++) replies.push(await ask(token));
  expect(replies.slice(0, 60).every(({ statusCode }) => statusCode === 200)).toBe(true);
  const last = replies.at(-1);
  expect([last?.statusCode, last?.json().code]).toEqual([429, 'tooOften']);
  expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
  const other = await madeToken();
  const guesses = [];
  for (let guess = 0; guess < 30; guess++) guesses.push((await ask(`mdgr_${guess}`)).statusCode);
  expect(guesses.at(-1)).toBe(429);
  expect((await ask(other.token)).statusCode).toBe(200);
  admin.offset.ms = 61_000;
  expect((await ask(token)).statusCode).toBe(200);
  admin.offset.ms = 0;
});

test('pages of files neither repeat nor skip any, and files whose time has passed are in none', async () => {
  const { token } = await madeToken();
  const { db } = admin.database;
  const one = await madeExport();
  const row = await db
    .selectFrom('result_export')
    .selectAll()
    .where('export_id', '=', one.exportId)
    .executeTakeFirstOrThrow();
  const copies = Array.from({ length: 150 }, (_, copy) => ({
    ...row,
    export_id: `copy-${String(copy).padStart(3, '0')}`,
    export_no: copy + 2,
    made_at: new Date(row.made_at.getTime() + Math.floor(copy / 3)),
    mapping: JSON.stringify(row.mapping),
    notes: JSON.stringify(row.notes),
    files: JSON.stringify(row.files),
  }));
  await db.insertInto('result_export').values(copies).execute();
  const ids: string[] = [];
  for (let url: string | null = LIST; url !== null; ) {
    const page = await listed(token, url);
    ids.push(...page.exports.map(({ exportId }) => exportId));
    url = page.next;
  }
  expect(ids.filter((id) => id.startsWith('copy-'))).toEqual(copies.map(({ export_id }) => export_id));
  expect(new Set(ids).size).toBe(ids.length);
  await sweepResultFiles(db, admin.resultsDir, Date.parse(one.filesUntil ?? '') + 1_000);
  expect((await listed(token)).exports).toEqual([]);
  const gone = await ask(token, `${LIST}/${one.exportId}/files/data`);
  expect([gone.statusCode, gone.json().code]).toEqual([410, 'filesGone']);
});

test('no log line, audit entry or answer of staff’s list tells a key', async () => {
  const told = await admin.server.inject({ url: '/api/result-tokens', headers: { cookie: chief } });
  const audit = await admin.database.db.selectFrom('audit_log').selectAll().execute();
  const all = [told.body, JSON.stringify(audit), ...admin.logLines].join('\n');
  expect(tokens.length).toBeGreaterThan(0);
  for (const token of tokens) expect(all).not.toContain(token);
});
