import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  AnnouncementListSchema,
  AnnouncementShownSchema,
  VoiceListSchema,
} from '../../http/announcement-contract.ts';
import { startTestAdminServer, TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';
import { VOICE_CREDITS } from '../../speech/index.ts';
import { layUsualVoice, usualVoice } from './usual-voice.ts';

let admin: TestAdminServer;
let clerk: string;
let chief: string;
beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = (await admin.enter('staff')).cookie;
  chief = (await admin.enter('chief', 'chief@example.jp')).cookie;
});
afterAll(() => admin?.stop());

async function ask(cookie: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const reply = await admin.server.inject({
    method,
    url,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  const body: unknown = reply.json();
  return { status: reply.statusCode, body };
}

test('the environment names the usual voice until a chief chooses one; a clerk cannot, and the choice is audited', async () => {
  const { db } = admin.database;
  const usual = async () => VoiceListSchema.parse((await ask(clerk, 'GET', '/api/voices')).body).usual;
  expect(await usual()).toBe('mei');
  await layUsualVoice(db, 'meiHappy');
  await layUsualVoice(db, 'nitech');
  expect(await usual()).toBe('nitech');

  const choice = { voice: 'meiHappy' };
  expect(await ask(clerk, 'PUT', '/api/voices/usual', choice)).toMatchObject({ status: 403 });
  expect(await ask(chief, 'PUT', '/api/voices/usual', { voice: 'robot' })).toMatchObject({ status: 400 });
  expect(await usual()).toBe('nitech');
  expect(await ask(chief, 'PUT', '/api/voices/usual', choice)).toMatchObject({
    status: 200,
    body: { usual: 'meiHappy' },
  });
  // The house starts again with the variable as it was.
  await layUsualVoice(db, 'nitech');
  expect(await usualVoice(db)).toBe('meiHappy');
  const audited = await db
    .selectFrom('audit_log')
    .select(['action', 'subject'])
    .where('action', '=', 'usualVoiceChosen')
    .execute();
  expect(audited).toEqual([{ action: 'usualVoiceChosen', subject: 'meiHappy' }]);
});

test('a text of the library is credited to the voice that reads it now, a recording to who spoke it', async () => {
  const { db } = admin.database;
  await ask(chief, 'PUT', '/api/voices/usual', { voice: 'mei' });
  await db
    .insertInto('uploaded_audio')
    .values({
      audio_id: 'song',
      name: '曲',
      duration_ms: 1_000,
      level_db: -20,
      origin: 'file',
      uploaded_at: new Date(),
      uploaded_by: 'x',
    })
    .execute();
  const added = await ask(clerk, 'POST', '/api/announcements', {
    name: 'あいさつ',
    content: { type: 'text', text: 'お電話ありがとうございます。' },
  });
  expect(AnnouncementShownSchema.parse(added.body).voiceCredit).toBe(VOICE_CREDITS.mei);
  await ask(clerk, 'POST', '/api/announcements', {
    name: '曲',
    content: { type: 'audio', audioId: 'song' },
    voiceCredit: '市民合唱団',
  });
  await ask(chief, 'PUT', '/api/voices/usual', { voice: 'nitech' });
  const { announcements } = AnnouncementListSchema.parse(
    (await ask(clerk, 'GET', '/api/announcements')).body,
  );
  expect(announcements.map(({ name, voiceCredit }) => [name, voiceCredit])).toEqual([
    ['あいさつ', VOICE_CREDITS.nitech],
    ['曲', '市民合唱団'],
  ]);
});
