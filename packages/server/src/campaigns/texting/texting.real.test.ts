import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestAdminServer, type TestAdminServer } from '../../http/test-admin-server.ts';
import {
  createSmsSender,
  openGateway,
  type Smsc,
  SmsGatewayListSchema,
  type SmsSender,
  SmsSenderSettingsSchema,
  startSmsc,
} from '../../sms/index.ts';
import { startDue } from '../planning/running.ts';
import {
  ask,
  decideOn,
  draftCampaign,
  layScenario,
  proposeCampaign,
  readDetail,
} from '../planning/test-campaign.ts';
import type { CampaignSettings } from '../settings.ts';
import { createTexting } from './texting.ts';
import { noTextingRules } from './texting-rules.ts';

/** A Monday, ten in the morning. */
const MONDAY = Date.parse('2027-02-01T10:00:00+09:00');
let offsetMs = 0;
/** Of the pace alone: it stands still unless a test moves it. */
let paceMs = 0;
const clock = { now: () => Date.now() + offsetMs, monotonicMs: () => paceMs };
const dates = { now: () => new Date(clock.now()) };
const logged: string[] = [];
const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });

let admin: TestAdminServer;
let clerk: string;
let chief: string;
let smsc: Smsc;
let folder: string;
let sender: SmsSender | null = null;

beforeAll(async () => {
  admin = await startTestAdminServer();
  clerk = (await admin.enter('staff')).cookie;
  chief = (await admin.enter('chief')).cookie;
  await layScenario(admin.database.db);
});
afterAll(() => admin?.stop());
beforeEach(async () => {
  offsetMs = MONDAY - Date.now();
  await admin.database.db.deleteFrom('campaign').execute();
  await admin.database.db.deleteFrom('sms_message').execute();
  folder = await mkdtemp(join(tmpdir(), 'campaign-smsc-'));
  const place = { port: 0, textsPath: join(folder, 'texts.jsonl'), clock: dates };
  smsc = await startSmsc({ ...place, systemId: 'city', password: 'secret' });
});
afterEach(async () => {
  await sender?.stop();
  sender = null;
  await smsc.stop();
  await rm(folder, { recursive: true });
});

async function startSender(): Promise<void> {
  const [contract] = SmsGatewayListSchema.parse([
    {
      name: 'first',
      kind: 'smpp',
      smpp: {
        host: '127.0.0.1',
        port: smsc.port,
        systemId: 'city',
        password: 'secret',
        sourceAddress: '0725001001',
      },
    },
  ]);
  if (contract === undefined) throw new Error('no gateway');
  const quiet = { info: () => undefined, warn: () => undefined };
  const made: SmsSender = createSmsSender({
    db: admin.database.db,
    url: admin.database.url,
    gateways: [openGateway(contract, { clock: dates, log: quiet, onConnected: () => made.wake() })],
    clock: dates,
    owner: 'test',
    settings: SmsSenderSettingsSchema.parse({ pollMs: 50, housekeepingMs: 50, retryMinMs: 50 }),
    onSettled: () => undefined,
    log: quiet,
  });
  await made.start();
  sender = made;
}

const texting = () => createTexting({ db: admin.database.db, clock, rules: noTextingRules, log });

async function running(settings: Partial<CampaignSettings>, recipients: number): Promise<string> {
  const text = {
    channels: 'sms',
    smsText: '{{calledName}}です。{{税目}}の納期限が近づいています。{{calledNumber}}',
  } as const;
  const campaignId = await draftCampaign(
    admin,
    clerk,
    { ...text, callsPerSecond: 20, ...settings },
    recipients,
  );
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  await decideOn(admin, chief, proposalId, { smsMayTellPersonal: true });
  await startDue(admin.database.db, clock);
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('running');
  return campaignId;
}

/** What is known of the recipients, in the order of the list. */
async function recipients(campaignId: string) {
  return await admin.database.db
    .selectFrom('campaign_recipient')
    .select(['recipient_id', 'state', 'next_channel', 'sms_tries', 'tries', 'settled_reason', 'next_at'])
    .where('campaign_id', '=', campaignId)
    .orderBy('row_no')
    .execute();
}

async function attempts(campaignId: string) {
  return await admin.database.db
    .selectFrom('campaign_attempt')
    .select(['attempt_id', 'state', 'outcome', 'counts_as_try'])
    .where('campaign_id', '=', campaignId)
    .orderBy('recipient_id')
    .execute();
}

async function untilOutbox(state: 'delivered' | 'undeliverable', count: number): Promise<void> {
  for (;;) {
    const rows = await admin.database.db
      .selectFrom('sms_message')
      .select('id')
      .where('state', '=', state)
      .execute();
    if (rows.length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('each person gets one text with his values, however many look after it at once, and its receipt is the outcome', async () => {
  const campaignId = await running({}, 12);
  await startSender();
  const [one, other] = [texting(), texting()];
  paceMs += 1_000;
  await Promise.all([one.send(), other.send(), one.send(), other.send()]);
  for (let round = 0; round < 3; round++) {
    paceMs += 1_000;
    await Promise.all([one.send(), other.send()]);
  }
  await untilOutbox('delivered', 12);
  await Promise.all([one.settle(), other.settle()]);
  const texts = smsc.textsNewestFirst;
  expect(texts).toHaveLength(12);
  expect(new Set(texts.map(({ to }) => to)).size).toBe(12);
  expect(texts[0]?.text).toBe('見本市 納税課です。住民税の納期限が近づいています。0725-00-1060');
  const after = await attempts(campaignId);
  expect(after).toHaveLength(12);
  expect(after.every(({ outcome, state }) => outcome === 'smsDelivered' && state === 'ended')).toBe(true);
  expect(await recipients(campaignId)).toMatchObject(
    Array.from({ length: 12 }, () => ({ state: 'done', settled_reason: 'reached', sms_tries: 1 })),
  );
  const [first] = await recipients(campaignId);
  const story = await ask(admin, clerk, 'GET', `/campaigns/${campaignId}/recipients/${first?.recipient_id}`);
  expect(story.body).toMatchObject({
    attempts: [{ channel: 'sms', outcome: 'smsDelivered', smsText: texts[0]?.text, callId: null }],
  });
});

test('no more texts begin in a second than the campaign says', async () => {
  const campaignId = await running({ callsPerSecond: 2 }, 10);
  const pacing = texting();
  await pacing.send();
  const begun = (await attempts(campaignId)).length;
  paceMs += 1_000;
  await pacing.send();
  await pacing.send();
  expect(begun).toBeLessThanOrEqual(2);
  expect((await attempts(campaignId)).length).toBe(begun + 2);
});

test('a text that cannot be delivered is sent once more, then the person is called', async () => {
  smsc.change({ receiptState: 'undeliverable' });
  const campaignId = await running({ channels: 'smsThenCall' }, 1);
  await startSender();
  const round = texting();
  await round.send();
  await untilOutbox('undeliverable', 1);
  await round.settle();
  const [once] = await recipients(campaignId);
  expect(once).toMatchObject({ state: 'waiting', next_channel: 'sms', sms_tries: 1, tries: 0 });
  offsetMs += 2 * 3_600_000;
  paceMs += 1_000;
  await round.send();
  await untilOutbox('undeliverable', 2);
  await round.settle();
  const [twice] = await recipients(campaignId);
  expect(twice).toMatchObject({ state: 'waiting', next_channel: 'call', sms_tries: 2 });
});

test('landlines get no text: they are called where the campaign calls, and are settled where it does not', async () => {
  const calling = await running({ channels: 'smsThenCall' }, 2);
  const writing = await running({}, 2);
  for (const campaignId of [calling, writing]) {
    const [first] = await recipients(campaignId);
    // The kind is bound by the proposal, the telephone is not what matters here: as if the list had said so.
    await admin.database.db
      .updateTable('campaign_recipient')
      .set({ telephone_kind: 'landline' })
      .where('recipient_id', '=', first?.recipient_id ?? 0)
      .execute();
  }
  await texting().send();
  expect((await recipients(calling))[0]).toMatchObject({ state: 'waiting', next_channel: 'call' });
  expect((await recipients(writing))[0]).toMatchObject({ state: 'done', settled_reason: 'outcome' });
});

test('nothing is sent outside of the hours, on a paused campaign, or with personal values that nobody allowed', async () => {
  const campaignId = await running({}, 3);
  const { db } = admin.database;
  offsetMs += 12 * 3_600_000;
  await texting().send();
  offsetMs -= 12 * 3_600_000;
  const set = (settings: object) =>
    db
      .updateTable('campaign')
      .set({ settings: JSON.stringify({ channels: 'sms', smsText: '{{税目}}のお知らせ', ...settings }) })
      .where('campaign_id', '=', campaignId)
      .execute();
  await set({ smsMayTellPersonal: false });
  await texting().send();
  await set({ smsMayTellPersonal: true });
  const { version } = await readDetail(admin, clerk, campaignId);
  await ask(admin, clerk, 'POST', `/campaigns/${campaignId}/state`, { to: 'paused', version });
  await texting().send();
  expect(await attempts(campaignId)).toEqual([]);
});

test('what no gateway has heard of is taken back when the campaign is stopped or the person taken off', async () => {
  const campaignId = await running({}, 3);
  const round = texting();
  paceMs += 1_000;
  await round.send();
  paceMs += 1_000;
  await round.send();
  expect(await attempts(campaignId)).toHaveLength(3);
  const [first] = await recipients(campaignId);
  const url = `/campaigns/${campaignId}/recipients/${first?.recipient_id}/removal`;
  await ask(admin, clerk, 'POST', url, { reason: '納付済み' });
  await round.send();
  expect(await attempts(campaignId)).toMatchObject([
    { outcome: 'cancelled', counts_as_try: false },
    { state: 'sent' },
    { state: 'sent' },
  ]);
  const { version } = await readDetail(admin, clerk, campaignId);
  await ask(admin, clerk, 'POST', `/campaigns/${campaignId}/state`, { to: 'ended', version });
  await round.send();
  await startSender();
  expect((await attempts(campaignId)).every(({ outcome }) => outcome === 'cancelled')).toBe(true);
  expect(await admin.database.db.selectFrom('sms_message').select('id').execute()).toEqual([]);
  expect(smsc.textsNewestFirst).toEqual([]);
});

test('no log line names a telephone or a value', () => {
  expect([...logged, ...admin.logLines].join('\n')).not.toMatch(/0900000|住民税/);
});
