import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markerSound } from '@madoguchi/telephony/telephone';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { contentHash, heardHashes } from '../announcements/index.ts';
import { type CarriedOutDeskCalls, carryOutDeskCalls } from '../calls/desk/index.ts';
import { systemClock } from '../clock.ts';
import { type DeskCallOrder, OwnDeskCallSchema } from '../http/announcement-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../http/test-admin-server.ts';
import { SimulatedDeskLine } from '../line/index.ts';
import { testTools } from '../speech/testing/test-tools.ts';
import { openListeningSpeech } from './open-listening-speech.ts';
import { type OpenedSpeech, openSpeech } from './open-speech.ts';

const STAFF = '0725009001';
const WORDS = { type: 'text', text: '電話機で聞くアナウンスです。' } as const;
const LISTEN: DeskCallOrder = { kind: 'listen', heard: { content: WORDS } };

let folder: string;
let admin: TestAdminServer;
let prompts: OpenedSpeech;
let ffmpeg: string;
let line: SimulatedDeskLine;
let calls: CarriedOutDeskCalls;
let cookie: string;
let userId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-desk-'));
  const speech = await testTools();
  ffmpeg = speech.ffmpeg;
  const settings = { speech, promptsDir: join(folder, 'prompts'), uploadsDir: join(folder, 'uploads') };
  prompts = await openSpeech(settings, []);
  admin = await startTestAdminServer({
    speech: { open: openListeningSpeech(settings), ffmpeg, audioDir: settings.uploadsDir },
  });
  ({ cookie, userId } = await admin.enter('staff'));
  await admin.database.db
    .insertInto('phone_number')
    .values({ phone_number: '0725001001', name: '代表電話', state: 'live', bundle_id: null })
    .execute();
}, 60_000);
afterAll(async () => {
  prompts?.close();
  await admin?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  line = new SimulatedDeskLine();
  calls = telephoneProcess(line);
});
afterEach(() => calls.stop());

/** The telephone process, with nobody at the telephones. */
function telephoneProcess(own: SimulatedDeskLine, callNode = 'one'): CarriedOutDeskCalls {
  return carryOutDeskCalls({
    line: own,
    prompts,
    db: admin.database.db,
    clock: systemClock,
    callNode,
    recordingsDir: folder,
    audioDir: join(folder, 'uploads'),
    ffmpeg,
    log: pino({ level: 'silent' }),
  });
}

async function ask(method: 'GET' | 'POST', url: string, payload?: object) {
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = reply.json();
  return { status: reply.statusCode, body };
}

async function own() {
  return OwnDeskCallSchema.parse((await ask('GET', '/api/desk-calls/own')).body).call;
}
const becomes = (call: object) => expect.poll(own, { timeout: 20_000 }).toMatchObject(call);

/** Orders a call and lets the telephone process take it. */
async function rung(order: DeskCallOrder): Promise<string> {
  expect(await ask('POST', '/api/desk-calls', order)).toMatchObject({ status: 200 });
  calls.wake();
  await expect.poll(() => line.orders.length, { timeout: 20_000 }).toBeGreaterThan(0);
  return line.orders.at(-1)?.id ?? '';
}

test('without a telephone of one’s own nothing is rung, and none but this one ever is', async () => {
  expect(await ask('POST', '/api/desk-calls', LISTEN)).toMatchObject({
    status: 400,
    body: { code: 'noOwnTelephone' },
  });
  await ask('POST', '/api/own-telephone', { number: '0725-00-9001' });
  const id = await rung(LISTEN);
  expect(line.orders).toMatchObject([{ id, staff: STAFF, calledNumber: '0725001001' }]);
  await becomes({ state: 'ringing' });
  expect(await ask('POST', '/api/desk-calls', LISTEN)).toMatchObject({
    status: 409,
    body: { code: 'callOpen' },
  });
  expect(await ask('POST', `/api/desk-calls/${id}/stop`, {})).toMatchObject({ status: 200 });
  calls.wake();
  await becomes({ state: 'failed', reason: 'stopped' });
  const audited = await admin.database.db
    .selectFrom('audit_log')
    .select('action')
    .where('subject', '=', id)
    .orderBy('audit_id')
    .execute();
  expect(audited.map(({ action }) => action)).toEqual(['deskCallOrdered', 'deskCallStopped']);
});

test('who listens by telephone hears the voice that was chosen', async () => {
  const id = await rung({ kind: 'listen', heard: { content: WORDS, voice: 'nitech' } });
  const parts = [{ type: 'fixed', text: WORDS.text }] as const;
  expect(line.orders).toMatchObject([
    { task: { type: 'listen', sounds: await prompts.in('nitech')?.soundsFor(parts) } },
  ]);
  expect(await prompts.in('nitech')?.soundsFor(parts)).not.toEqual(await prompts.soundsFor(parts));
  line.tell({ type: 'listened', id, toEnd: false });
  await becomes({ state: 'done' });
});

test('who listens by telephone to the end has listened, as publishing asks for', async () => {
  const { db } = admin.database;
  const hash = contentHash(WORDS, { voice: 'mei', readings: [] });
  const cut = await rung(LISTEN);
  line.tell({ type: 'listening', id: cut });
  await becomes({ state: 'listening' });
  line.tell({ type: 'listened', id: cut, toEnd: false });
  await becomes({ state: 'done' });
  expect(await heardHashes(db, [hash], userId)).toEqual(new Set());
  line.orders.length = 0;
  const whole = await rung(LISTEN);
  const [order] = line.orders;
  if (order?.task.type !== 'listen') throw new Error('not listening');
  expect(order.task.sounds).toEqual(await prompts.soundsFor([{ type: 'fixed', text: WORDS.text }]));
  line.tell({ type: 'listened', id: whole, toEnd: true });
  await becomes({ state: 'done' });
  expect(await heardHashes(db, [hash], userId)).toEqual(new Set([hash]));
});

test('several announcements are heard in one call, and all of them have been listened to', async () => {
  const other = { type: 'text', text: '続けて流れるアナウンスです。' } as const;
  const id = await rung({
    kind: 'listen',
    heard: { content: WORDS },
    more: [{ content: other }, { content: WORDS }],
  });
  const { db } = admin.database;
  const spoken = { voice: 'mei', readings: [] } as const;
  const hashes = [contentHash(WORDS, spoken), contentHash(other, spoken)];
  const said = (text: string) => ({ type: 'fixed', text }) as const;
  const [order] = line.orders;
  if (order?.task.type !== 'listen') throw new Error('not listening');
  expect(order.task.sounds).toEqual(
    await prompts.soundsFor([said(WORDS.text), said(other.text), said(WORDS.text)]),
  );
  line.tell({ type: 'listened', id, toEnd: true });
  await becomes({ state: 'done' });
  expect(await heardHashes(db, hashes, userId)).toEqual(new Set(hashes));
});

test('what a clerk speaks into the telephone arrives among the uploads, ready to be used', async () => {
  const id = await rung({ kind: 'record' });
  const [order] = line.orders;
  if (order?.task.type !== 'record') throw new Error('not recording');
  line.tell({ type: 'recording', id });
  await becomes({ state: 'recording' });
  const samples = markerSound(1, 2_000);
  await writeFile(
    `${order.task.recordingPath}.sln`,
    Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
  );
  line.tell({ type: 'reviewing', id });
  line.tell({ type: 'recorded', id });
  await becomes({ state: 'done', audio: { origin: 'telephone', durationMs: 2_000, isUsed: false } });
  const audioId = (await own())?.audio?.audioId ?? '';
  const preview = await admin.server.inject({
    method: 'POST',
    url: '/api/speech/preview',
    headers: { cookie, origin: TEST_ORIGIN },
    payload: { content: { type: 'audio', audioId } },
  });
  expect(preview.statusCode).toBe(200);
  expect((await readdir(folder)).filter((name) => name.startsWith('desk-'))).toEqual([]);
});

test('where nothing was spoken the page says so', async () => {
  const id = await rung({ kind: 'record' });
  const [order] = line.orders;
  if (order?.task.type !== 'record') throw new Error('not recording');
  await writeFile(`${order.task.recordingPath}.sln`, Buffer.alloc(16_000));
  line.tell({ type: 'recorded', id });
  await becomes({ state: 'failed', reason: 'nothingRecorded' });
});

test('what a telephone process that is gone had rung is unknown, and is never rung again', async () => {
  await rung(LISTEN);
  await calls.stop();
  line = new SimulatedDeskLine();
  calls = telephoneProcess(line);
  calls.wake();
  await becomes({ state: 'unknown' });
  expect(line.orders).toEqual([]);
});
