import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everyRow } from '../../database/test-database.ts';
import { startTestAdminServer, type TestAdminServer } from '../../http/test-admin-server.ts';
import { createKeptFiles } from './staging/kept-files.ts';
import { sweepLists } from './sweep-lists.ts';
import { HEADER, type ListDesk, line, openListDesk } from './test-lists.ts';

/** Read in some seconds: long enough to come in between. */
const MANY = [HEADER, ...Array.from({ length: 60_000 }, (_, nth) => line(nth))].join('\n');
const HOUR_MS = 3_600_000;

let admin: TestAdminServer;
let desk: ListDesk;
beforeEach(async () => {
  admin = await startTestAdminServer();
  desk = await openListDesk(admin);
});
afterEach(() => admin.stop());

async function beginMany(): Promise<string> {
  const listId = await desk.begin(MANY);
  await expect
    .poll(async () => (await desk.look(listId)).percent, { timeout: 30_000, interval: 10 })
    .toBeGreaterThan(0);
  return listId;
}
async function nothingIsLeft(): Promise<void> {
  const tables = await everyRow(admin.database.db);
  expect(tables['campaign_list_row']).toBe('');
  expect(tables['campaign_recipient']).toBe('');
  expect(tables['campaign_list']).not.toContain('納税');
  expect(await readdir(admin.listsDir)).toEqual([]);
}

test('progress can be watched while a list is read; what is given up then has left nothing', async () => {
  const listId = await beginMany();
  const half = await desk.look(listId);
  expect(half.counts.rows).toBeGreaterThan(0);
  expect(half.percent).toBeLessThan(100);
  expect((await desk.ask('POST', `/api/campaign-lists/${listId}/cancel`)).status).toBe(200);
  expect(await desk.look(listId)).toMatchObject({ state: 'cancelled', samples: [] });
  await nothingIsLeft();
});

test('a list whose connection to PostgreSQL dies half-way is failed and has left nothing', async () => {
  const listId = await beginMany();
  const { rows } = await sql<{ ended: boolean }>`
    select pg_terminate_backend(pid) as ended from pg_stat_activity
    where datname = current_database() and query like 'copy campaign_list_row%'`.execute(admin.database.db);
  expect(rows).toEqual([{ ended: true }]);
  expect(await desk.ended(listId)).toMatchObject({ state: 'failed', samples: [] });
  await nothingIsLeft();
});

test('what a process that died was reading, what nobody accepts for a day and files of no list are swept up', async () => {
  const { db } = admin.database;
  const files = createKeptFiles(admin.listsDir);
  const dead = await desk.readFile([HEADER, line(1)].join('\n'));
  const waiting = await desk.readFile([HEADER, line(2)].join('\n'));
  await db
    .updateTable('campaign_list')
    .set({ state: 'reading' })
    .where('list_id', '=', dead.listId)
    .execute();
  await mkdir(admin.listsDir, { recursive: true });
  for (const [name, ageHours] of [
    ['being-sent', 0],
    ['left-behind', 1],
  ] as const) {
    await writeFile(join(admin.listsDir, name), 'x');
    const at = new Date(Date.now() - ageHours * HOUR_MS);
    await utimes(join(admin.listsDir, name), at, at);
  }
  const states = async () => [(await desk.look(dead.listId)).state, (await desk.look(waiting.listId)).state];
  await sweepLists(db, files, Date.now() + 5_000);
  expect(await states()).toEqual(['reading', 'checked']);
  await sweepLists(db, files, Date.now() + HOUR_MS / 60);
  expect(await states()).toEqual(['failed', 'checked']);
  expect((await readdir(admin.listsDir)).toSorted()).toEqual(['being-sent', waiting.listId].toSorted());
  await sweepLists(db, files, Date.now() + 25 * HOUR_MS);
  expect(await states()).toEqual(['failed', 'cancelled']);
  await nothingIsLeft();
});

test('two lists are read at once and neither mixes with the other', async () => {
  const [one, other] = await Promise.all([
    desk.readFile([HEADER, ...Array.from({ length: 5_000 }, (_, nth) => line(nth))].join('\r\n')),
    desk.readFile([HEADER, ...Array.from({ length: 3_000 }, (_, nth) => line(nth + 5_000))].join('\n')),
  ]);
  expect([one.counts.usable, other.counts.usable]).toEqual([5_000, 3_000]);
  await desk.ask('POST', `/api/campaign-lists/${other.listId}/accept`);
  const rows = await desk.recipients();
  expect(rows).toHaveLength(3_000);
  expect(rows[0]?.addressee_number).toBe('0000005000');
});
