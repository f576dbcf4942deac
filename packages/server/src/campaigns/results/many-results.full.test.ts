import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ResultExport, ResultExportSchema } from '../../http/campaign-result-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { READY_MAPPING } from './ready-mapping.ts';
import { layCampaign, layMany } from './test-results.ts';

const MANY = 100_000;
const CAMPAIGN = 'many';
/** Of the process, while a file is made. The rows alone are 60 MB as JavaScript's objects. */
const MOST_GROWTH_MB = 120;

let admin: TestAdminServer;
let cookie: string;
beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie } = await admin.enter('staff'));
  await layCampaign(admin.database.db, CAMPAIGN);
  await layMany(admin.database.db, CAMPAIGN, MANY);
});
afterAll(async () => {
  await admin.stop();
});

const send = (path: string, payload: object) =>
  admin.server.inject({ method: 'POST', url: path, headers: { cookie, origin: TEST_ORIGIN }, payload });

/** Makes a file and tells by how much the process grew at most meanwhile. */
async function made(of: object, changes: object): Promise<{ one: ResultExport; growthMb: number }> {
  const columns = [
    ...READY_MAPPING.columns,
    ...[1, 2, 3, 4].map((column) => ({ header: `名簿${column}`, source: { type: 'original', column } })),
  ];
  const draft = { ...READY_MAPPING, name: `様式${Math.random()}`, columns, ...changes };
  const { mappingId } = z
    .object({ mappingId: z.string() })
    .parse((await send('/api/result-mappings', { draft })).json());
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 20);
  const reply = await send(`/api/campaigns/${CAMPAIGN}/result-exports`, { mappingId, of });
  clearInterval(watch);
  expect(reply.statusCode, reply.body).toBe(201);
  return { one: ResultExportSchema.parse(reply.json()), growthMb: (most - before) / 2 ** 20 };
}

async function stored(one: ResultExport): Promise<Buffer> {
  await send(`/api/result-exports/${one.exportId}/deliveries`, { kind: 'dropFolder' });
  return await readFile(join(admin.resultDropDir, one.files[0]?.name ?? ''));
}

const COUNT_CSV = `import csv, io, sys
rows = csv.reader(io.TextIOWrapper(sys.stdin.buffer, 'cp932', newline=''))
next(rows)
seen = set()
for row in rows: seen.add(row[1])
print(len(seen))`;
const COUNT_XLSX = `import io, sys, zipfile
book = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert book.testzip() is None
print(book.read('xl/worksheets/sheet1.xml').count(b'<row '))`;
const python = (script: string, input: Buffer) =>
  Number(execFileSync('python3', ['-c', script], { input }).toString('utf8'));

test('100,000 results become a file, each once, without being held in memory', async () => {
  const csv = await made({ type: 'new' }, { encoding: 'cp932' });
  expect(csv.one.attempts).toBe(MANY);
  expect(python(COUNT_CSV, await stored(csv.one))).toBe(MANY);
  expect(csv.growthMb).toBeLessThan(MOST_GROWTH_MB);
  const xlsx = await made({ type: 'again', exportId: csv.one.exportId }, { format: 'xlsx' });
  expect(python(COUNT_XLSX, await stored(xlsx.one))).toBe(MANY + 1);
  expect(xlsx.growthMb).toBeLessThan(MOST_GROWTH_MB);
}, 240_000);
