import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { everyRow } from '../../database/test-database.ts';
import {
  CampaignListSchema,
  type ColumnMapping,
  ListMappingSchema,
  ListRowsSchema,
} from '../../http/campaign-list-contract.ts';
import { startTestAdminServer, type TestAdminServer } from '../../http/test-admin-server.ts';
import { listening } from '../test-listening.ts';
import { COLUMNS, HEADER, type ListDesk, line, openListDesk } from './test-lists.ts';

let admin: TestAdminServer;
let desk: ListDesk;
let suppressed: ReadonlySet<number>;

beforeAll(async () => {
  admin = await startTestAdminServer({
    isSuppressed: async (people) => people.map((_, index) => suppressed.has(index)),
  });
  desk = await openListDesk(admin);
});
beforeEach(async () => {
  suppressed = new Set();
  await desk.reset();
});
afterAll(() => admin.stop());

test('a file becomes recipients only once it is accepted; leading zeros and 外字 stay', async () => {
  const sent = CampaignListSchema.parse((await desk.send([HEADER, line(1), line(2)].join('\r\n'))).json());
  expect(sent).toMatchObject({ state: 'uploaded', encoding: 'utf-8', headers: HEADER.split(',') });
  expect(sent.samples).toHaveLength(2);
  expect(sent.proposal?.columns).toEqual(
    expect.arrayContaining([{ header: '電話番号', field: 'telephone' }]),
  );

  const list = await desk.readFile([HEADER, line(1), line(2), line(3, { phone: '0570000000' })].join('\r\n'));
  expect(list).toMatchObject({
    state: 'checked',
    percent: 100,
    counts: { rows: 3, usable: 2, leftOut: 1, warned: 0 },
  });
  expect(await desk.recipients()).toHaveLength(0);
  const { first, leftOut, recipientsConcerned } = await desk.preview(list.listId);
  expect(first[0]).toMatchObject({
    rowNo: 2,
    addresseeNumber: '0000000001',
    telephone: '090-0000-0001',
    telephoneKind: '携帯電話',
    hasBirthDate: true,
  });
  expect(first[0]?.values).toContainEqual({ name: '納期限', text: '2027-02-28', readAs: 'date' });
  expect(leftOut).toEqual([{ code: 'telephone', label: '発信できる電話番号ではない', rows: 1 }]);
  expect(recipientsConcerned).toBe(0);

  const accepted = await desk.ask('POST', `/api/campaign-lists/${list.listId}/accept`);
  expect(CampaignListSchema.parse(accepted.json())).toMatchObject({ state: 'accepted', samples: [] });
  const rows = await desk.recipients();
  expect(rows.map((row) => [row.row_no, row.addressee_number, row.telephone, row.state])).toEqual([
    [2, '0000000001', '09000000001', 'waiting'],
    [3, '0000000002', '09000000002', 'waiting'],
  ]);
  expect(rows[0]).toMatchObject({ birth_date: '1955-01-02', original: line(1).split(',') });
  expect(await readdir(admin.listsDir)).not.toContain(list.listId);
  const { body } = await desk.ask('POST', `/api/campaign-lists/${list.listId}/accept`);
  expect(body).toContain('listState');
});

test('a new list takes the place of the old one, until the campaign is handed in for approval', async () => {
  const first = await desk.readFile([HEADER, line(1), line(2)].join('\n'));
  await desk.ask('POST', `/api/campaign-lists/${first.listId}/accept`);
  const second = await desk.readFile([HEADER, line(7)].join('\n'));
  expect((await desk.preview(second.listId)).recipientsConcerned).toBe(2);
  await desk.ask('POST', `/api/campaign-lists/${second.listId}/accept`);
  expect((await desk.recipients()).map(({ addressee_number }) => addressee_number)).toEqual(['0000000007']);
  const third = await desk.readFile([HEADER, line(8)].join('\n'));
  await admin.database.db.updateTable('campaign').set({ state: 'waiting' }).execute();
  const late = await desk.ask('POST', `/api/campaign-lists/${third.listId}/accept`);
  expect([late.status, late.body]).toEqual([409, expect.stringContaining('決裁に出した後')]);
  expect((await desk.send([HEADER, line(9)].join('\n'))).status).toBe(409);
  expect(await desk.recipients()).toHaveLength(1);
});

test('each row that is left out says why; doubles and people under 発信止め are left out too', async () => {
  suppressed = new Set([1]);
  const list = await desk.readFile(
    [
      HEADER,
      line(1),
      line(2),
      line(1),
      line(3, { kana: '' }),
      '4,broken',
      line(5, { kana: "=cmd|' /C calc'!A0" }),
    ].join('\n'),
  );
  expect(list.counts).toEqual({ rows: 6, usable: 1, leftOut: 5, warned: 0 });
  const { rows } = ListRowsSchema.parse(
    (await desk.ask('GET', `/api/campaign-lists/${list.listId}/rows`)).json(),
  );
  expect(rows.map(({ rowNo, problems }) => [rowNo, problems[0]?.code])).toEqual([
    [3, 'suppressed'],
    [4, 'duplicate'],
    [5, 'nameKanaMissing'],
    [6, 'cells'],
    [7, 'formula'],
  ]);
  expect(rows[1]?.problems[0]?.message).toContain('2行目と');
  const only = await desk.ask('GET', `/api/campaign-lists/${list.listId}/rows?code=cells&after=3`);
  expect(ListRowsSchema.parse(only.json()).rows.map(({ rowNo }) => rowNo)).toEqual([6]);
});

test('rows that are left out go back to Excel as they came, with the reason, and are kept for a week', async () => {
  const list = await desk.readFile(
    [
      HEADER,
      line(1),
      line(2, { phone: '', note: '"葛\u{E0100},\n=1"' }),
      line(3, { phone: '', note: '=cmd()' }),
    ].join('\r\n'),
  );
  await desk.ask('POST', `/api/campaign-lists/${list.listId}/accept`);
  const url = `/api/campaign-lists/${list.listId}/left-out.csv`;
  const { status, body } = await desk.ask('GET', url);
  expect(status).toBe(200);
  expect(body.startsWith('\uFEFF宛名番号,')).toBe(true);
  expect(body).toContain('0000000002,納税\uE0002,');
  expect(body).toContain('"葛\u{E0100},\n=1",電話番号がありません。\r\n');
  expect(body).toContain(",'=cmd(),電話番号がありません。\r\n");
  expect(body).not.toContain('0000000001');
  admin.offset.ms = 8 * 24 * 3_600_000;
  await desk.enterAgain();
  expect((await desk.ask('GET', url)).status).toBe(404);
  admin.offset.ms = 0;
});

test('a file that is bad far behind its beginning has left nothing, and says where it is bad', async () => {
  const rows = Array.from({ length: 3_000 }, (_, nth) => line(nth));
  const list = await desk.readFile([HEADER, ...rows, '9,"x" y,z'].join('\n'));
  expect(list).toMatchObject({ state: 'failed', samples: [] });
  expect(list.problem).toContain('3002行目');
  const mine = await desk.readFile(
    [HEADER, ...rows.slice(0, 600), ...rows.map((row) => `${row}123456789018`)].join('\n'),
  );
  expect(mine.problem).toContain('列「備考」は、マイナンバー');
  const tables = await everyRow(admin.database.db);
  expect(tables['campaign_list_row']).toBe('');
  expect(tables['campaign_list']).not.toContain('納税');
  expect(await readdir(admin.listsDir)).toEqual([]);
});

test('after a crash of PostgreSQL a checked list is read again, never half accepted', async () => {
  const list = await desk.readFile([HEADER, line(1), line(2)].join('\n'));
  // What PostgreSQL does to an unlogged table when it starts after a crash.
  await admin.database.db.deleteFrom('campaign_list_row').where('row_no', '=', 2).execute();
  const lost = await desk.ask('POST', `/api/campaign-lists/${list.listId}/accept`);
  expect([lost.status, lost.body]).toEqual([409, expect.stringContaining('listLost')]);
  expect(await desk.recipients()).toHaveLength(0);
  await desk.ask('POST', `/api/campaign-lists/${list.listId}/read`, { columns: COLUMNS });
  await desk.ended(list.listId);
  expect((await desk.ask('POST', `/api/campaign-lists/${list.listId}/accept`)).status).toBe(200);
  expect(await desk.recipients()).toHaveLength(2);
});

test('those who have paid are taken off also while the campaign runs and calls them; who was reached stays', async () => {
  const list = await desk.readFile(
    [HEADER, line(1), line(2), line(3), line(3, { period: '5' }), line(4)].join('\n'),
  );
  await desk.ask('POST', `/api/campaign-lists/${list.listId}/accept`);
  const { db } = admin.database;
  await db.updateTable('campaign').set({ state: 'running' }).execute();
  const [one, two, , , four] = await desk.recipients();
  const set = async (
    row: typeof one,
    to: { state: 'inProgress' } | { state: 'done'; settled_reason: 'reached'; settled_at: Date },
  ) =>
    await db
      .updateTable('campaign_recipient')
      .set(to)
      .where('recipient_id', '=', row?.recipient_id ?? 0)
      .execute();
  await set(one, { state: 'inProgress' });
  await set(two, { state: 'inProgress' });
  await set(four, { state: 'done', settled_reason: 'reached', settled_at: new Date() });
  const paid: ColumnMapping[] = [
    { header: '宛名番号', field: 'addresseeNumber' },
    { header: '期', field: 'value', name: '期別', readAs: 'text', required: false },
  ];
  const file = [
    '宛名番号,期',
    '0000000001,第4期',
    '0000000002,04',
    '0000000003,5',
    '0000000004,4',
    '0000000009,4',
    '3,4',
  ].join('\n');
  const checked = await desk.readFile(file, 'paid', paid);
  expect(checked.counts).toMatchObject({ rows: 6, usable: 3, leftOut: 3 });
  const { leftOut, recipientsConcerned } = await desk.preview(checked.listId);
  expect(leftOut.map(({ code, rows }) => [code, rows])).toEqual([
    ['notFound', 2],
    ['settled', 1],
  ]);
  expect(recipientsConcerned).toBe(3);
  const dialler = listening(admin.database.url);
  await dialler.listens;
  await desk.ask('POST', `/api/campaign-lists/${checked.listId}/accept`);
  // Who rings is let go at once, not at the next look.
  await dialler.heard;
  await dialler.stop();
  expect((await desk.recipients()).map(({ state, settled_reason }) => [state, settled_reason])).toEqual([
    ['removed', 'paid'],
    ['removed', 'paid'],
    ['waiting', null],
    ['removed', 'paid'],
    ['done', 'reached'],
  ]);
});

test('a value that the recipients do not have is refused for those who have paid, and the column is named', async () => {
  const list = await desk.readFile([HEADER, line(1)].join('\n'));
  await desk.ask('POST', `/api/campaign-lists/${list.listId}/accept`);
  const { listId } = CampaignListSchema.parse((await desk.send('宛名番号,通知書\n1,2\n', 'paid')).json());
  const { status, body } = await desk.ask('POST', `/api/campaign-lists/${listId}/read`, {
    columns: [
      { header: '宛名番号', field: 'addresseeNumber' },
      { header: '通知書', field: 'value', name: '通知書番号', readAs: 'digits', required: false },
    ],
  });
  expect([status, body]).toEqual([422, expect.stringContaining('列「通知書」')]);
});

test('a mapping is kept for a core system and proposed for a file that has its columns', async () => {
  const draft = { name: '収納システム', purpose: 'recipients', columns: COLUMNS };
  const added = await desk.ask('POST', '/api/list-mappings', draft);
  expect(added.status).toBe(201);
  const { mappingId, version } = ListMappingSchema.parse(added.json());
  expect((await desk.ask('POST', '/api/list-mappings', draft)).body).toContain('nameTaken');
  const sent = CampaignListSchema.parse((await desk.send([HEADER, line(1)].join('\n'))).json());
  expect(sent.proposal).toEqual({ mappingId, columns: COLUMNS });
  const url = `/api/list-mappings/${mappingId}`;
  expect((await desk.ask('PUT', url, { ...draft, columns: COLUMNS.slice(1), version })).status).toBe(422);
  expect((await desk.ask('PUT', url, { ...draft, name: '収納', version })).status).toBe(200);
  expect((await desk.ask('PUT', url, { ...draft, version })).status).toBe(409);
  expect((await desk.ask('DELETE', `${url}?version=2`)).status).toBe(200);
});

test('only who may edit campaigns sends files; every deed is audited, and no name or number stands in the log', async () => {
  const nobody = await desk.send([HEADER, line(1)].join('\n'), 'recipients', '');
  expect(nobody.status).toBe(401);
  expect(await readdir(admin.listsDir).catch(() => [])).toEqual([]);
  const list = await desk.readFile([HEADER, line(1), line(2, { phone: '' })].join('\n'));
  await desk.ask('POST', `/api/campaign-lists/${list.listId}/accept`);
  await desk.ask('GET', `/api/campaign-lists/${list.listId}/left-out.csv`);
  const audit = await admin.database.db
    .selectFrom('audit_log')
    .select(['action', 'subject', 'detail'])
    .where('subject', '=', list.listId)
    .orderBy('at')
    .execute();
  expect(audit.map(({ action }) => action)).toEqual([
    'campaignListSent',
    'campaignListAccepted',
    'campaignListLeftOutTaken',
  ]);
  expect(z.object({ recipients: z.int(), leftOut: z.int() }).parse(audit[1]?.detail)).toEqual({
    recipients: 1,
    leftOut: 1,
  });
  expect(admin.logLines.join('\n')).not.toMatch(/納税|ノウゼイ|09000000001|0000000001/);
});
