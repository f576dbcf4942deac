import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestAdminServer, type TestAdminServer } from '../../http/test-admin-server.ts';

const SOUND = randomBytes(100_000);
const URL_OF_SOUND = '/api/recordings/call-1-7/audio';

let admin: TestAdminServer;
let cookie: string;
let userId: string;

beforeAll(async () => {
  admin = await startTestAdminServer();
  ({ cookie, userId } = await admin.enter('staff'));
  await mkdir(join(admin.recordingsDir, '2026-11-24'));
  await writeFile(join(admin.recordingsDir, '2026-11-24', 'call-1-7.wav'), SOUND);
  const row = (recording_id: string, file_name: string, state: 'ready' | 'recording' = 'ready') => ({
    recording_id,
    call_id: 'call-1',
    call_day: '2026-11-24',
    kind: 'transfer' as const,
    state,
    file_name,
    duration_ms: 6_000,
    began_at: new Date('2026-11-24T01:00:00Z'),
  });
  await admin.database.db
    .insertInto('recording')
    .values([
      row('call-1-7', '2026-11-24/call-1-7'),
      row('call-1-8', '2026-11-24/call-1-8', 'recording'),
      row('call-1-9', '2026-11-24/gone'),
      row('escape', '../../../../etc/hostname'),
    ])
    .execute();
});
afterAll(async () => {
  await admin.stop();
});
beforeEach(async () => {
  await admin.database.db.deleteFrom('audit_log').execute();
});

const fetchSound = (
  headers: Record<string, string> = {},
  url = URL_OF_SOUND,
  method: 'GET' | 'HEAD' = 'GET',
) => admin.server.inject({ method, url, headers: { cookie, ...headers } });

test('a recording plays whole, and says that it can be asked for in parts', async () => {
  const reply = await fetchSound();
  expect(reply.statusCode).toBe(200);
  expect(reply.headers).toMatchObject({
    'content-type': 'audio/wav',
    'content-length': '100000',
    'accept-ranges': 'bytes',
    etag: expect.stringMatching(/^"[\w-]+"$/),
  });
  expect(reply.rawPayload.equals(SOUND)).toBe(true);
});

test.each([
  ['bytes=0-99', 0, 99],
  ['bytes=500-', 500, 99_999],
  ['bytes=-200', 99_800, 99_999],
  ['bytes=99990-200000', 99_990, 99_999],
  ['bytes=-200000', 0, 99_999],
])('a player that asks for %s gets just that', async (range, first, last) => {
  const reply = await fetchSound({ range });
  expect(reply.statusCode).toBe(206);
  expect(reply.headers['content-range']).toBe(`bytes ${first}-${last}/100000`);
  expect(reply.rawPayload.equals(SOUND.subarray(first, last + 1))).toBe(true);
});

test.each(['bytes=100000-', 'bytes=-0'])('a part beyond the end is refused (%s)', async (range) => {
  const reply = await fetchSound({ range });
  expect(reply.statusCode).toBe(416);
  expect(reply.headers['content-range']).toBe('bytes */100000');
});

test.each(['bytes=9-3', 'seconds=1-2', 'bytes=0-1,5-6', 'bytes=-', 'nonsense'])(
  'a range that means nothing gives the whole sound (%s)',
  async (range) => {
    expect((await fetchSound({ range })).statusCode).toBe(200);
  },
);

test('a part of a sound that has changed meanwhile is not mixed with the old one', async () => {
  const { etag } = (await fetchSound()).headers;
  expect((await fetchSound({ range: 'bytes=0-9', 'if-range': String(etag) })).statusCode).toBe(206);
  expect((await fetchSound({ range: 'bytes=0-9', 'if-range': '"older"' })).statusCode).toBe(200);
  expect((await fetchSound({ 'if-none-match': String(etag) })).statusCode).toBe(304);
});

test('asking only for the size plays nothing', async () => {
  const reply = await fetchSound({}, URL_OF_SOUND, 'HEAD');
  expect([reply.statusCode, reply.headers['content-length'], reply.rawPayload.length]).toEqual([
    200,
    '100000',
    0,
  ]);
  expect(await admin.database.db.selectFrom('audit_log').selectAll().execute()).toEqual([]);
});

test('every playback is audited: who, what, when, from where; the pieces of one playback are one entry', async () => {
  for (const range of ['bytes=0-9', 'bytes=10-', 'bytes=500-']) await fetchSound({ range });
  const audit = () => admin.database.db.selectFrom('audit_log').selectAll().execute();
  expect(await audit()).toMatchObject([
    {
      user_id: userId,
      action: 'recordingPlayed',
      subject: 'call-1-7',
      address: '127.0.0.1',
      detail: { callId: 'call-1' },
      at: expect.any(Date),
    },
  ]);
  admin.offset.ms += 61_000;
  await fetchSound({ range: 'bytes=500-' });
  expect(await audit()).toHaveLength(2);
});

test('nothing outside the recordings folder can be fetched, and what is missing is said plainly', async () => {
  expect((await fetchSound({}, '/api/recordings/escape/audio')).statusCode).toBe(500);
  expect((await fetchSound({}, '/api/recordings/call-1-8/audio')).json()).toMatchObject({
    code: 'recordingUnfinished',
  });
  expect((await fetchSound({}, '/api/recordings/call-1-9/audio')).json()).toMatchObject({
    code: 'recordingFileMissing',
  });
  expect((await fetchSound({}, '/api/recordings/none/audio')).json()).toMatchObject({
    code: 'recordingNotFound',
  });
});
