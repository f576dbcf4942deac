import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FlowDraftSchema, LANGUAGE_VERSION, type SayPart } from '@madoguchi/flow';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { prepareCampaignSounds, startDue } from '../campaigns/index.ts';
import {
  addRecipients,
  decideOn,
  draftCampaign,
  layScenario,
  proposeCampaign,
  readDetail,
} from '../campaigns/planning/test-campaign.ts';
import { startTestAdminServer, type TestAdminServer } from '../http/test-admin-server.ts';
import { testTools } from '../speech/testing/test-tools.ts';
import { openSpeech } from './open-speech.ts';

let folder: string;
let settings: Parameters<typeof openSpeech>[0];
let admin: TestAdminServer;
let clerk: string;
let chief: string;
const clock = { now: () => Date.now() + admin.offset.ms };
const log = pino({ level: 'silent' });
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-campaign-'));
  const speech = await testTools();
  settings = { speech, promptsDir: join(folder, 'prompts'), uploadsDir: join(folder, 'uploads') };
  admin = await startTestAdminServer();
  clerk = (await admin.enter('staff')).cookie;
  chief = (await admin.enter('chief')).cookie;
  await layScenario(admin.database.db);
  await layTelling(admin, '{{氏名}}さんにお知らせです。');
}, 60_000);
afterAll(async () => {
  await admin?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  admin.offset.ms = 0;
});

/** A scenario that tells a value of the list. */
async function layTelling({ database: { db } }: TestAdminServer, text: string): Promise<void> {
  const draft = FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id: 'notice',
    name: '納期のお知らせ',
    startNodeId: 'name',
    nodes: {
      name: { kind: 'setVariable', title: '名前', variable: '氏名', value: '', next: { next: 'end' } },
      end: { kind: 'end', title: '終わり', farewell: { type: 'text', text } },
    },
  });
  await db
    .updateTable('flow')
    .set({ draft: JSON.stringify(draft) })
    .where('flow_id', '=', 'notice')
    .execute();
}

const named = (name: string) => ({ 氏名: { text: name, readAs: 'text' } });

async function proposed(firstDay: string, names: readonly string[]) {
  const campaignId = await draftCampaign(admin, clerk, { firstDay }, 0);
  const { db } = admin.database;
  for (const [place, name] of names.entries()) {
    await addRecipients(db, campaignId, 1, { row_no: place + 2, values: named(name) });
  }
  return { campaignId, proposalId: await proposeCampaign(admin, clerk, campaignId) };
}

const prepare = () =>
  prepareCampaignSounds({ db: admin.database.db, promptsFor: () => openSpeech(settings, []), clock, log });

const soundsOf = async (campaignId: string) => (await readDetail(admin, clerk, campaignId)).sounds;

/** Sounds that lie on the disk, whatever they say. */
async function soundCount(): Promise<number> {
  const files = await readdir(settings.promptsDir, { recursive: true });
  return files.filter((file) => file.endsWith('.ulaw')).length;
}

/** How many sounds are missing to tell these people, which are made by this. */
async function missingFor(names: readonly string[]): Promise<number> {
  const before = await soundCount();
  const store = await openSpeech(settings, []);
  for (const name of names) {
    const parts: readonly SayPart[] = [
      { type: 'value', name: '氏名', text: name, readAs: 'text' },
      { type: 'fixed', text: 'さんにお知らせです。' },
    ];
    await store.soundsFor(parts);
  }
  store.close();
  return (await soundCount()) - before;
}

test('how long the sounds take is known once it is proposed; they are made within the half day before the beginning', async () => {
  const names = ['ミホン タロウ', 'ミホン ハナコ', 'ミホン タロウ', 'コクホ ジロウ'];
  const dayAfter = new Date(clock.now() + 48 * HOUR_MS + 9 * HOUR_MS).toISOString().slice(0, 10);
  const { campaignId, proposalId } = await proposed(dayAfter, names);
  expect(await soundsOf(campaignId)).toMatchObject({ state: 'waiting', total: 4, secondsLeft: null });
  await prepare();
  const measured = await soundsOf(campaignId);
  expect(measured).toMatchObject({ state: 'waiting', done: 0 });
  expect(measured.secondsLeft).not.toBeNull();
  await decideOn(admin, chief, proposalId);
  await prepare();
  expect((await soundsOf(campaignId)).state).toBe('waiting');
  admin.offset.ms = Date.parse(`${dayAfter}T08:00:00+09:00`) - Date.now();
  await prepare();
  expect(await soundsOf(campaignId)).toMatchObject({ state: 'ready', done: 4, secondsLeft: null });
  expect(await missingFor(names)).toBe(0);
  admin.offset.ms += 2 * HOUR_MS;
  await startDue(admin.database.db, clock);
  // Values are forgotten after a day, and made anew for those who still wait.
  await rm(join(settings.promptsDir, 'value'), { recursive: true, force: true });
  await prepare();
  expect(await missingFor(['ミホン ハナコ'])).toBe(1);
  await rm(join(settings.promptsDir, 'value'), { recursive: true, force: true });
  admin.offset.ms += 24 * HOUR_MS;
  await prepare();
  expect(await missingFor(names)).toBe(0);
});

test('words that cannot be spoken are told, and the campaign waits for another proposal', async () => {
  await layTelling(admin, '{{氏名}}さんへ。你们');
  const { campaignId } = await proposed('2030-01-04', ['ミホン タロウ']);
  await prepare();
  expect(await soundsOf(campaignId)).toMatchObject({
    state: 'failed',
    failedBecause: expect.stringContaining('読み上げられません'),
  });
});
