import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { contentHash, heardHashes } from '../announcements/index.ts';
import {
  type PreviewOrder,
  ReadingListSchema,
  UploadedAudioListSchema,
  UploadedAudioSchema,
  VoiceListSchema,
} from '../http/announcement-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../http/test-admin-server.ts';
import { runToolOrThrow } from '../speech/run-tool.ts';
import { testTools } from '../speech/testing/test-tools.ts';
import { openListeningSpeech } from './open-listening-speech.ts';
import { openSpeech } from './open-speech.ts';

const IN_MEI = { voice: 'mei', readings: [] } as const;

type Folders = Parameters<typeof openListeningSpeech>[0];

let folder: string;
let settings: Folders;
let admin: TestAdminServer;
let cookie: string;
let userId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-listening-'));
  const speech = await testTools();
  settings = { speech, promptsDir: join(folder, 'prompts'), uploadsDir: join(folder, 'uploads') };
  admin = await startTestAdminServer({
    speech: { open: openListeningSpeech(settings), ffmpeg: speech.ffmpeg, audioDir: settings.uploadsDir },
  });
  ({ cookie, userId } = await admin.enter('staff'));
}, 60_000);
afterAll(async () => {
  await admin?.stop();
  await rm(folder, { recursive: true, force: true });
});
// Nobody listens to more than forty in a minute.
beforeEach(() => {
  admin.offset.ms += 61_000;
});

async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object | Buffer,
  as = cookie,
) {
  const type = Buffer.isBuffer(payload) ? { 'content-type': 'application/octet-stream' } : {};
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie: as, origin: TEST_ORIGIN, ...type },
    ...(payload === undefined ? {} : { payload }),
  });
  return {
    status: reply.statusCode,
    type: reply.headers['content-type'],
    raw: reply.rawPayload,
    body: bodyOf(reply.payload),
  };
}

function bodyOf(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}

const preview = (order: PreviewOrder, as = cookie) => ask('POST', '/api/speech/preview', order, as);
const text = (words: string): PreviewOrder => ({ content: { type: 'text', text: words } });

/** WAV of so many seconds of a tone, from ffmpeg; `args` before the output. */
async function soundFile(format: string, seconds: number, ...args: string[]): Promise<Buffer> {
  const { stdout } = await runToolOrThrow(
    settings.speech.ffmpeg,
    [
      ...['-loglevel', 'error', '-f', 'lavfi', '-i', `sine=frequency=700:duration=${seconds}`],
      ...[...args, '-f', format, 'pipe:1'],
    ],
    { timeoutMs: 20_000 },
  );
  return stdout;
}

async function upload(file: Buffer, name = '音声', as = cookie) {
  return await ask('POST', `/api/audio?name=${encodeURIComponent(name)}&origin=file`, file, as);
}

test('staff hear at once, and to the sample, what a caller will hear on the telephone', async () => {
  const words = '納期限は{{納期限|date}}です。';
  const heard = await preview({
    ...text(words),
    examples: { 納期限: { text: '2026-06-30', readAs: 'date' } },
  });
  expect(heard).toMatchObject({ status: 200, type: 'audio/wav' });
  // 8 kHz, one channel, 16 bit.
  expect([heard.raw.readUInt32LE(24), heard.raw.readUInt16LE(22), heard.raw.readUInt16LE(34)]).toEqual([
    8_000, 1, 16,
  ]);
  const telephone = await openSpeech({ ...settings, promptsDir: join(folder, 'telephone') }, []);
  const spoken = await telephone.preview([
    { type: 'fixed', text: '納期限は' },
    { type: 'value', name: '納期限', text: '2026-06-30', readAs: 'date' },
    { type: 'fixed', text: 'です。' },
  ]);
  telephone.close();
  expect(heard.raw.equals(spoken)).toBe(true);
}, 60_000);

test('each voice of the list sounds otherwise, is named with its credit, and without a choice the usual one is heard', async () => {
  const { body } = await ask('GET', '/api/voices');
  const { voices, usual } = VoiceListSchema.parse(body);
  const said = text('お電話ありがとうございます。');
  const heard = new Map<string, string>();
  for (const { id, name, credit } of voices) {
    expect(name).not.toBe(id);
    expect(credit).toContain('CC BY 3.0');
    heard.set(id, (await preview({ ...said, voice: id })).raw.toString('base64'));
  }
  expect(voices.length).toBeGreaterThan(1);
  expect(new Set(heard.values()).size).toBe(voices.length);
  expect((await preview(said)).raw.toString('base64')).toBe(heard.get(usual));
  const unknown = await ask('POST', '/api/speech/preview', { ...said, voice: 'robot' });
  expect(unknown).toMatchObject({ status: 400 });

  const { cookie: chief } = await admin.enter('chief');
  expect(await ask('PUT', '/api/voices/usual', { voice: 'nitech' }, chief)).toMatchObject({ status: 200 });
  expect((await preview(said)).raw.toString('base64')).toBe(heard.get('nitech'));
  await ask('PUT', '/api/voices/usual', { voice: usual }, chief);
}, 60_000);

test('the slower voice takes longer', async () => {
  const usual = await preview(text('受付時間のご案内です。'));
  const slower = await preview({ ...text('受付時間のご案内です。'), speed: 'slower' });
  expect(slower.raw.length).toBeGreaterThan(usual.raw.length * 1.1);
});

test('what somebody has listened to is known for publishing, and a word changed since is not', async () => {
  const { db } = admin.database;
  const words = { type: 'text', text: '聞いてから公開します。' } as const;
  const other = { type: 'text', text: '聞いてから公開しました。' } as const;
  await preview({ content: words });
  const hashes = [contentHash(words, IN_MEI), contentHash(other, IN_MEI)];
  expect(await heardHashes(db, hashes, userId)).toEqual(new Set([contentHash(words, IN_MEI)]));
  expect(await heardHashes(db, hashes, 'somebody else')).toEqual(new Set());
  expect(await heardHashes(db, hashes)).toEqual(new Set([contentHash(words, IN_MEI)]));

  const inMale = contentHash(words, { ...IN_MEI, voice: 'nitech' });
  expect(await heardHashes(db, [inMale])).toEqual(new Set());
  await preview({ content: words, voice: 'nitech' });
  expect(await heardHashes(db, [inMale])).toEqual(new Set([inMale]));
});

test('what cannot be spoken is said in words, and does not count as heard', async () => {
  const words = { type: 'text', text: '◆' } as const;
  const reply = await preview({ content: { type: 'audio', audioId: 'nowhere' } });
  expect(reply).toMatchObject({ status: 400, body: { code: 'audioMissing' } });
  expect(await preview(text('あ'.repeat(2_001)))).toMatchObject({ status: 400 });
  expect(await heardHashes(admin.database.db, [contentHash(words, IN_MEI)])).toEqual(new Set());
});

test('one person cannot keep the machine busy with listening', async () => {
  const many = [];
  for (let nth = 0; nth < 41; nth += 1) many.push(await preview(text('試聴です。')));
  expect(many.slice(0, 40).every(({ status }) => status === 200)).toBe(true);
  expect(many.at(-1)).toMatchObject({ status: 429, body: { code: 'tooManyPreviews' } });
});

test('the telephone and the page make sounds in one folder at the same time without harming each other', async () => {
  const [telephone, page] = await Promise.all([openSpeech(settings, []), openSpeech(settings, [])]);
  const parts = Array.from({ length: 6 }, (_, nth) => ({
    type: 'fixed' as const,
    text: `同時に作る文章の${nth}番目です。`,
  }));
  const both = await Promise.all([telephone.preview(parts), page.preview(parts)]);
  telephone.close();
  page.close();
  expect(both[0].equals(both[1])).toBe(true);
  expect(await readdir(join(settings.promptsDir, 'unfinished'))).toEqual([]);
});

test('a sound that is uploaded is heard through the telephone, kept while it is needed, and removed when it is not', async () => {
  const reply = await upload(await soundFile('wav', 2), 'お知らせの曲');
  expect(reply.status).toBe(201);
  const uploaded = UploadedAudioSchema.parse(reply.body);
  expect(uploaded).toMatchObject({ name: 'お知らせの曲', origin: 'file', isUsed: false, level: 'good' });
  expect(Math.abs(uploaded.durationMs - 2_000)).toBeLessThan(100);
  const { audioId } = uploaded;
  expect(await preview({ content: { type: 'audio', audioId } })).toMatchObject({ status: 200 });
  await ask('POST', '/api/announcements', {
    name: '曲',
    content: { type: 'audio', audioId },
    voiceCredit: '市民合唱団',
  });
  expect(await ask('DELETE', `/api/audio/${audioId}`)).toMatchObject({
    status: 409,
    body: { code: 'audioUsed' },
  });
  const unused = UploadedAudioSchema.parse((await upload(await soundFile('wav', 3))).body);
  expect(await ask('DELETE', `/api/audio/${unused.audioId}`)).toMatchObject({ status: 200 });
  const { audio } = UploadedAudioListSchema.parse((await ask('GET', '/api/audio')).body);
  expect(audio.map((each) => [each.audioId, each.isUsed])).toEqual([[audioId, true]]);
  expect(await readdir(settings.uploadsDir)).not.toContain(`${unused.audioId}.ulaw`);
});

test('what is too quiet or too loud is said before it is used', async () => {
  const [quiet, loud] = [
    await soundFile('wav', 1, '-af', 'volume=0.12'),
    await soundFile('wav', 1, '-af', 'volume=8'),
  ];
  expect((await upload(quiet)).body).toMatchObject({ level: 'low' });
  expect((await upload(loud)).body).toMatchObject({ level: 'high' });
});

test('a file that is no sound, or silent, is refused in words and leaves nothing behind', async () => {
  expect(await upload(Buffer.from('no sound at all'))).toMatchObject({
    status: 400,
    body: { code: 'audioUnreadable' },
  });
  expect(await upload(await soundFile('wav', 1, '-af', 'volume=0'))).toMatchObject({
    status: 400,
    body: { code: 'audioSilent' },
  });
  expect(await upload(await soundFile('wav', 1), '音声', '')).toMatchObject({ status: 401 });
  expect(await upload(Buffer.alloc(50 * 1_024 * 1_024 + 1))).toMatchObject({ status: 413 });
  expect(await readdir(join(settings.uploadsDir, 'unfinished'))).toEqual([]);
});

test('a word that is read wrongly is heard before and after, and its announcements are named', async () => {
  await ask('POST', '/api/announcements', {
    name: '和泉のご案内',
    content: { type: 'text', text: '鬱金香の窓口です。' },
  });
  const words = text('鬱金香の窓口です。');
  const before = await preview(words);
  const trialReading = { surface: '鬱金香', reading: 'チューリップ' };
  const after = await preview({ ...words, trialReading });
  expect(after.status).toBe(200);
  expect(after.raw.equals(before.raw)).toBe(false);
  expect((await preview(words)).raw.equals(before.raw)).toBe(true);
  expect(await readdir(settings.promptsDir)).not.toContain('trial');

  const saved = await ask('PUT', '/api/readings', { ...trialReading, version: null });
  expect(saved).toMatchObject({
    status: 200,
    body: { surface: '鬱金香', reading: 'チューリップ', version: 1, announcements: ['和泉のご案内'] },
  });
  const heardSince = async () => {
    const hash = contentHash(
      { type: 'text', text: '鬱金香の窓口です。' },
      { ...IN_MEI, readings: [trialReading] },
    );
    return (await heardHashes(admin.database.db, [hash])).size;
  };
  // Who listened to the wrong reading has not listened to the right one.
  expect(await heardSince()).toBe(0);
  expect((await preview(words)).raw.equals(after.raw)).toBe(true);
  expect(await heardSince()).toBe(1);
}, 60_000);

test('readings are changed knowingly: what somebody else has changed in between is not overwritten', async () => {
  const put = (reading: string, version: number | null) =>
    ask('PUT', '/api/readings', { surface: '賦課', reading, version });
  expect(await put('フカ', null)).toMatchObject({ status: 200, body: { version: 1 } });
  expect(await put('フカ', null)).toMatchObject({ status: 409, body: { code: 'readingExists' } });
  expect(await put('ふか', 1)).toMatchObject({ status: 200, body: { reading: 'フカ', version: 2 } });
  expect(await put('フッカ', 1)).toMatchObject({ status: 409, body: { code: 'changedMeanwhile' } });
  expect(await put('賦課', 2)).toMatchObject({ status: 400, body: { code: 'badReading' } });
  const remove = (version: number) =>
    ask('DELETE', `/api/readings?surface=${encodeURIComponent('賦課')}&version=${version}`);
  expect(await remove(1)).toMatchObject({ status: 409 });
  expect(await remove(2)).toMatchObject({ status: 200 });
  const { readings } = ReadingListSchema.parse((await ask('GET', '/api/readings')).body);
  expect(readings.map(({ surface }) => surface)).not.toContain('賦課');
});

test('whoever stops listening takes the order back: the machine works for the others', async () => {
  const url = await admin.server.listen({ host: '127.0.0.1', port: 0 });
  const send = (words: string, signal?: AbortSignal) =>
    fetch(`${url}/api/speech/preview`, {
      method: 'POST',
      headers: { cookie, origin: TEST_ORIGIN, 'content-type': 'application/json' },
      body: JSON.stringify(text(words)),
      ...(signal === undefined ? {} : { signal }),
    });
  const sounds = async () =>
    (await readdir(join(settings.promptsDir, 'fixed'), { recursive: true })).filter((name) =>
      name.endsWith('.ulaw'),
    ).length;
  const long = (which: string) => Array.from({ length: 60 }, (_, nth) => `${which}の${nth}番。`).join('');
  const before = await sounds();
  const leaving = new AbortController();
  const left = ['梅', '竹'].map((which) => send(long(which), leaving.signal).catch(() => 'left'));
  await expect.poll(sounds).toBeGreaterThan(before);
  leaving.abort();
  expect(await Promise.all(left)).toEqual(['left', 'left']);
  expect((await send('次の方です。')).status).toBe(200);
  // Of the 120 sentences most were never made.
  expect((await sounds()) - before).toBeLessThan(60);
  const hashes = [contentHash({ type: 'text', text: long('梅') }, IN_MEI)];
  expect(await heardHashes(admin.database.db, hashes)).toEqual(new Set());
});
