import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import type { ResultMappingDraft } from '../../http/campaign-result-contract.ts';
import { folderOf } from './make-files.ts';
import { addMapping } from './mappings.ts';
import { orderExport } from './order-export.ts';
import { READY_MAPPING } from './ready-mapping.ts';
import { layCampaign, layMany } from './test-results.ts';

const MANY = 100_000;
const CAMPAIGN = 'many';
/** Of which the program itself takes a half. The rows alone would be 100 MB as JavaScript's objects, the sheet 200 MB as text. */
const HEAP_MB = 96;
const deed = { person: 'nobody', at: new Date('2026-11-25T00:00:00Z') };

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'results-'));
  await layCampaign(database.db, CAMPAIGN);
  await layMany(database.db, CAMPAIGN, MANY);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

const StoredSchema = z.array(z.object({ kind: z.string(), name: z.string(), rows: z.int().nullable() }));

/** Makes a file in a process that dies where it holds too much. @returns the export and the file's bytes */
async function made(of: Parameters<typeof orderExport>[1]['of'], changes: Partial<ResultMappingDraft>) {
  const { db } = database;
  const columns: ResultMappingDraft['columns'] = [
    ...READY_MAPPING.columns,
    ...[1, 2, 3, 4].map((column) => ({
      header: `名簿${column}`,
      source: { type: 'original' as const, column },
    })),
  ];
  const draft = { ...READY_MAPPING, columns, ...changes };
  const mappingId = await addMapping(db, draft, deed);
  const { exportId } = await db
    .transaction()
    .execute((trx) => orderExport(trx, { campaignId: CAMPAIGN, mappingId, of }, deed));
  const script = join(import.meta.dirname, 'test-make-files-process.ts');
  execFileSync(process.execPath, [`--max-old-space-size=${HEAP_MB}`, script, database.url, folder, exportId]);
  const row = await db
    .selectFrom('result_export')
    .select(['files', 'state'])
    .where('export_id', '=', exportId)
    .executeTakeFirstOrThrow();
  const data = StoredSchema.parse(row.files).find(({ kind }) => kind === 'data');
  expect([row.state, data?.rows]).toEqual(['ready', MANY]);
  return { exportId, bytes: await readFile(join(folderOf(folder, exportId), data?.name ?? '')) };
}

const COUNT_CSV = `import csv, io, sys
rows = csv.reader(io.TextIOWrapper(sys.stdin.buffer, 'cp932', newline=''))
next(rows)
print(len({row[1] for row in rows}))`;
const COUNT_XLSX = `import io, sys, zipfile
book = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert book.testzip() is None
print(book.read('xl/worksheets/sheet1.xml').count(b'<row '))`;
const python = (script: string, input: Buffer) =>
  Number(execFileSync('python3', ['-c', script], { input }).toString('utf8'));

test('100,000 results become a file, each once, without being held in memory', async () => {
  const csv = await made({ type: 'new' }, { name: 'CSV', encoding: 'cp932' });
  expect(python(COUNT_CSV, csv.bytes)).toBe(MANY);
  const xlsx = await made(
    { type: 'again', exportId: csv.exportId, reason: 'Excelで見るため' },
    { name: 'XLSX', format: 'xlsx' },
  );
  expect(python(COUNT_XLSX, xlsx.bytes)).toBe(MANY + 1);
}, 240_000);
