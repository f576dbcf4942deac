import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { openGateway } from '../contracted-gateway.ts';
import { SmsGatewaySettingsSchema } from '../gateway-settings.ts';
import { type Smsc, startSmsc } from '../simulator/smsc.ts';
import { until } from '../simulator/until.ts';
import type { SmppSettings } from '../smpp/settings.ts';
import { enqueueSms, insertSms, SmsNotAcceptedError } from './insert-sms.ts';
import type { SettledSms, SmsState } from './message-state.ts';
import { readNewestSms, readSms, type SmsRecord } from './read-sms.ts';
import { retryDelayMs, unsentDelayMs } from './result-of.ts';
import { createSmsSender, type SmsSender } from './sender.ts';
import { type SmsSenderSettings, SmsSenderSettingsSchema } from './settings.ts';

const phone = '09000001234';
const phoneAtGateway = '819000001234';
let database: TestDatabase;
let smsc: Smsc;
let folder: string;
let cleanUps: (() => Promise<void>)[] = [];
let clockOffsetMs = 0;
const clock = { now: () => new Date(Date.now() + clockOffsetMs) };

beforeEach(async () => {
  clockOffsetMs = 0;
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'smsc-'));
  smsc = await startSmsc({
    port: 0,
    systemId: 'city',
    password: 'secret',
    textsPath: join(folder, 'texts.jsonl'),
    clock,
  });
});

afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
  await smsc.stop();
  await rm(folder, { recursive: true });
  await database.drop();
});

type Started = { readonly sender: SmsSender; readonly settled: [id: string, outcome: SettledSms][] };

async function startSender(
  change: Partial<SmsSenderSettings> = {},
  smpp: Partial<SmppSettings> = {},
): Promise<Started> {
  const settled: [id: string, outcome: SettledSms][] = [];
  const log = { info: () => undefined, warn: () => undefined };
  const contract = SmsGatewaySettingsSchema.parse({
    name: 'first',
    kind: 'smpp',
    smpp: {
      host: '127.0.0.1',
      port: smsc.port,
      systemId: 'city',
      password: 'secret',
      sourceAddress: '0725001001',
      reconnectMinMs: 20,
      responseTimeoutMs: 10_000,
      throttlePauseMinMs: 20,
      ...smpp,
    },
  });
  const gateway = openGateway(contract, { clock, log, onConnected: () => sender.wake() });
  const sender: SmsSender = createSmsSender({
    db: database.db,
    url: database.url,
    gateways: [gateway],
    clock,
    owner: 'test',
    settings: SmsSenderSettingsSchema.parse({ pollMs: 50, housekeepingMs: 50, retryMinMs: 50, ...change }),
    onSettled: (id, outcome) => settled.push([id, outcome]),
    log,
  });
  await sender.start();
  cleanUps.push(() => sender.stop());
  return { sender, settled };
}

function startSenderProcess(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-sender-process.ts')], {
    env: { ...process.env, TEST_DATABASE_URL: database.url, TEST_SMSC_PORT: `${smsc.port}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  cleanUps.push(() => kill(child));
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Asks the database until the texts are in these states. */
async function untilStates(
  ids: readonly string[],
  states: readonly SmsState[],
): Promise<readonly SmsRecord[]> {
  for (;;) {
    const records = await readSms(database.db, ids);
    if (records.length === ids.length && records.every(({ state }) => states.includes(state))) return records;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function received(): string[] {
  return smsc.textsNewestFirst.map(({ text }) => text).toReversed();
}

test('a text put into the outbox arrives, is settled, and is delivered when all its receipts have come', async () => {
  const { settled } = await startSender();
  const text = `${'納'.repeat(600)}𠮷😀`;
  await insertSms(database.db, [{ id: 'call1-7', origin: 'call', to: phone, text }], clock.now());
  const [record] = await untilStates(['call1-7'], ['delivered']);
  expect(record).toMatchObject({ parts: 10, attempts: 1, refusalCode: null });
  expect(settled).toEqual([['call1-7', { type: 'accepted' }]]);
  expect(received()).toEqual([text]);
});

test('a text inserted twice under one id is sent once', async () => {
  await startSender();
  const row = { id: 'call1-7', origin: 'call', to: phone, text: '一度だけ' } as const;
  await insertSms(database.db, [row], clock.now());
  await insertSms(database.db, [row], clock.now());
  await untilStates(['call1-7'], ['delivered']);
  expect(received()).toEqual(['一度だけ']);
});

test('a text whose transaction is rolled back is not sent', async () => {
  await startSender();
  await expect(
    database.db.transaction().execute(async (trx) => {
      await insertSms(trx, [{ id: 'call1-7', origin: 'call', to: phone, text: '取り消し' }], clock.now());
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  const id = await enqueueSms(database.db, { to: phone, text: '残る' }, clock.now());
  await untilStates([id], ['delivered']);
  expect(received()).toEqual(['残る']);
});

test('a connection cut between submit and answer makes the text unknown, and the gateway never sees it twice', async () => {
  smsc.change({ cutAtSubmit: 1, receiptDelayMs: 60_000 });
  const { settled } = await startSender();
  const id = await enqueueSms(database.db, { to: phone, text: '切断' }, clock.now());
  await untilStates([id], ['unknown']);
  const next = await enqueueSms(database.db, { to: phone, text: '次' }, clock.now());
  await untilStates([next], ['accepted']);
  expect(settled).toEqual([
    [id, { type: 'unknown' }],
    [next, { type: 'accepted' }],
  ]);
  expect(received()).toEqual(['切断', '次']);
});

test('a long text cut off in the middle is gone on with by itself: it arrives whole once, no part comes twice, and it is unknown', async () => {
  smsc.change({ cutAtSubmit: 5 });
  const { settled } = await startSender({}, { window: 1 });
  const text = '長'.repeat(660);
  const id = await enqueueSms(database.db, { to: phone, text }, clock.now());
  const [record] = await untilStates([id], ['unknown']);
  expect(record).toMatchObject({ attempts: 2, gateway: 'first' });
  expect(settled).toEqual([[id, { type: 'unknown' }]]);
  expect(received()).toEqual([text]);
  expect(smsc.status).toMatchObject({ taken: 10, doubledParts: 0 });
});

test('by the policy, a text without an answer and without a receipt is sent once more, never a third time', async () => {
  smsc.change({ cutAtSubmit: 1, receiptDelayMs: 600_000 });
  await startSender({ resendUnknown: { type: 'onceAfterNoReceipt', minutes: 10 } });
  const id = await enqueueSms(database.db, { to: phone, text: '再送方針' }, clock.now());
  await untilStates([id], ['unknown']);
  expect(received()).toHaveLength(1);
  smsc.change({ cutAtSubmit: 1 });
  clockOffsetMs = 11 * 60_000;
  await until(smsc, () => received().length === 2);
  await untilStates([id], ['unknown']);
  smsc.change({ cutAtSubmit: 1 });
  const other = await enqueueSms(database.db, { to: phone, text: '別の一通' }, clock.now());
  await untilStates([other], ['unknown']);
  clockOffsetMs = 60 * 60_000;
  await until(smsc, () => received().filter((text) => text === '別の一通').length === 2);
  expect(received()).toEqual(['再送方針', '再送方針', '別の一通', '別の一通']);
});

test('by the policy, a text is not sent again once an unexplained receipt of that telephone has come', async () => {
  smsc.change({ cutAtSubmit: 1 });
  await startSender({ resendUnknown: { type: 'onceAfterNoReceipt', minutes: 10 } });
  const id = await enqueueSms(database.db, { to: phone, text: '届いたらしい' }, clock.now());
  await until(smsc, () => smsc.status.receiptsAnswered === 1);
  await untilStates([id], ['unknown']);
  clockOffsetMs = 60 * 60_000;
  const next = await enqueueSms(database.db, { to: phone, text: '次' }, clock.now());
  await untilStates([next], ['delivered']);
  expect(received()).toEqual(['届いたらしい', '次']);
});

test('a throttled text waits and arrives later, once', async () => {
  smsc.change({ throttle: 3 });
  const { settled } = await startSender();
  const id = await enqueueSms(database.db, { to: phone, text: '混雑' }, clock.now());
  const [record] = await untilStates([id], ['delivered']);
  expect(record).toMatchObject({ attempts: 4, lastErrorCode: 0x58, refusalCode: null });
  expect(settled).toEqual([[id, { type: 'accepted' }]]);
  expect(received()).toEqual(['混雑']);
});

test('a refused text says with which code', async () => {
  smsc.change({ refuse: [phoneAtGateway] });
  const { settled } = await startSender();
  const id = await enqueueSms(database.db, { to: phone, text: '拒否' }, clock.now());
  const [record] = await untilStates([id], ['refused']);
  expect(record).toMatchObject({ refusalCode: 0x0b });
  expect(settled).toEqual([[id, { type: 'refused', code: 0x0b }]]);
});

test('a text to a bad number does not spoil the transaction of the log; the sender refuses it', async () => {
  const { settled } = await startSender();
  await insertSms(database.db, [{ id: 'call1-9', origin: 'call', to: '\0', text: 'x\0\ud842' }], clock.now());
  await untilStates(['call1-9'], ['refused']);
  expect(settled).toEqual([['call1-9', { type: 'refused', code: 0x0b }]]);
  expect(smsc.status.submits).toBe(0);
});

test('a text that no gateway takes in time is given up', async () => {
  const { settled } = await startSender({ giveUpAfterMs: 60_000 }, { password: 'wrong' });
  const id = await enqueueSms(database.db, { to: phone, text: '時間切れ' }, clock.now());
  clockOffsetMs = 61_000;
  await untilStates([id], ['refused']);
  expect(settled).toEqual([[id, { type: 'refused', code: null }]]);
});

test.each(['beforeResponse', 'reversed'] as const)(
  'receipts that come %s find their text',
  async (receiptOrder) => {
    smsc.change({ receiptOrder, receiptDelayMs: 30 });
    await startSender();
    const good = await enqueueSms(database.db, { to: phone, text: 'あ'.repeat(300) }, clock.now());
    const [record] = await untilStates([good], ['delivered']);
    expect(record?.finishedAt).not.toBeNull();
    smsc.change({ receiptState: 'undeliverable' });
    const bad = await enqueueSms(database.db, { to: phone, text: '不達' }, clock.now());
    await untilStates([bad], ['undeliverable']);
  },
);

test('a sender killed while the gateway takes its text sends it at most once, and the text is unknown', async () => {
  smsc.change({ responseDelayMs: 60_000, receiptDelayMs: 60_000 });
  const id = await enqueueSms(database.db, { to: phone, text: '途中で停止' }, clock.now());
  const child = startSenderProcess();
  await until(smsc, () => smsc.status.taken === 1 && smsc.textsNewestFirst.length === 1);
  await kill(child);
  smsc.change({ responseDelayMs: 0 });
  const { settled } = await startSender();
  await untilStates([id], ['unknown']);
  const next = await enqueueSms(database.db, { to: phone, text: '次' }, clock.now());
  await untilStates([next], ['accepted']);
  expect(settled).toEqual([
    [id, { type: 'unknown' }],
    [next, { type: 'accepted' }],
  ]);
  expect(received()).toEqual(['途中で停止', '次']);
});

test('a text whose sender was killed is settled by its receipt, where the gateway gives our own number back', async () => {
  smsc.change({ responseDelayMs: 60_000 });
  const id = await enqueueSms(database.db, { to: phone, text: '停止後の到達' }, clock.now());
  const child = startSenderProcess();
  await until(smsc, () => smsc.status.taken === 1 && smsc.textsNewestFirst.length === 1);
  await kill(child);
  await startSender({}, { userMessageReference: true });
  await untilStates([id], ['delivered']);
  expect(received()).toEqual(['停止後の到達']);
});

test('senders killed again and again send no text twice and lose none that they say was accepted', async () => {
  smsc.change({ responseDelayMs: 15, receiptDelayMs: 600_000 });
  const texts = Array.from({ length: 60 }, (_, index) => `連続${index}`);
  const rows = texts.map(
    (text, index) => ({ id: `kill-${index}`, origin: 'call', to: phone, text }) as const,
  );
  await insertSms(database.db, rows, clock.now());
  for (const killAfterSubmits of [1, 12, 31]) {
    const child = startSenderProcess();
    await until(smsc, () => smsc.status.submits >= killAfterSubmits);
    await kill(child);
  }
  await startSender();
  const records = await untilStates(
    rows.map(({ id }) => id),
    ['accepted', 'unknown'],
  );
  const seen = received();
  expect(new Set(seen).size).toBe(seen.length);
  expect(records.filter(({ state, text }) => state === 'accepted' && !seen.includes(text))).toEqual([]);
  expect(records.filter(({ state }) => state === 'unknown').length).toBeGreaterThan(0);
});

test('two senders on one outbox send each text once, and parts of texts to one telephone do not mix', async () => {
  await Promise.all([startSender(), startSender()]);
  const rows = Array.from({ length: 100 }, (_, index) => ({
    id: `two-${index}`,
    origin: 'call' as const,
    to: phone,
    text: `二人${index}${'、'.repeat(80)}`,
  }));
  await insertSms(database.db, rows, clock.now());
  await untilStates(
    rows.map(({ id }) => id),
    ['delivered'],
  );
  expect(received().toSorted()).toEqual(rows.map(({ text }) => text).toSorted());
});

test('a living sender is not taken for dead by another', async () => {
  smsc.change({ responseDelayMs: 400 });
  const first = await startSender();
  const id = await enqueueSms(database.db, { to: phone, text: '遅い返事' }, clock.now());
  await until(smsc, () => smsc.status.submits === 1);
  const second = await startSender();
  await untilStates([id], ['accepted', 'delivered', 'unknown']);
  expect(first.settled).toEqual([[id, { type: 'accepted' }]]);
  expect(second.settled).toEqual([]);
});

test('while PostgreSQL is away answers are kept, and afterwards sending goes on', async () => {
  smsc.change({ responseDelayMs: 200, receiptDelayMs: 200 });
  const { settled } = await startSender();
  const id = await enqueueSms(database.db, { to: phone, text: '停電前' }, clock.now());
  await until(smsc, () => smsc.status.submits === 1);
  const comeBack = await takeDatabaseAway();
  await until(smsc, () => smsc.status.receiptsSentBack >= 1);
  await comeBack();
  await untilStates([id], ['delivered']);
  const next = await enqueueSms(database.db, { to: phone, text: '復電後' }, clock.now());
  await untilStates([next], ['delivered']);
  expect(settled).toEqual([
    [id, { type: 'accepted' }],
    [next, { type: 'accepted' }],
  ]);
  expect(received()).toEqual(['停電前', '復電後']);
});

test('staff are told in Japanese why a text is not taken', async () => {
  const refusal = (to: string, text: string) =>
    enqueueSms(database.db, { to, text }, clock.now()).catch((error: unknown) => error);
  expect(await refusal('0725001001', '本文')).toMatchObject({ code: 'notMobileNumber' });
  expect(await refusal(phone, '　')).toMatchObject({ code: 'emptyText' });
  const tooLong = await refusal(phone, 'あ'.repeat(661));
  expect(tooLong).toBeInstanceOf(SmsNotAcceptedError);
  expect(tooLong).toMatchObject({ code: 'textTooLong', message: expect.stringContaining('660文字') });
  expect(await readNewestSms(database.db, 10)).toEqual([]);
});

test('pauses between tries double up to their limit', () => {
  const delays = [1, 2, 3, 4, 5, 100].map((attempt) =>
    retryDelayMs(attempt, { retryMinMs: 5_000, retryMaxMs: 60_000 }),
  );
  expect(delays).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
});

test('a text that was not sent is tried again at once, then ever later', () => {
  const delays = [1, 2, 3, 100].map((attempt) =>
    unsentDelayMs(attempt, { pollMs: 1_000, retryMaxMs: 60_000 }),
  );
  expect(delays).toEqual([1_000, 2_000, 4_000, 60_000]);
});

/** Ends every connection to the test database and lets none in until the function it gives is called. */
async function takeDatabaseAway(): Promise<() => Promise<void>> {
  const url = new URL(database.url.replace('@/', '@socket/'));
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const administrator = new pg.Client({ connectionString: url.toString().replace('@socket/', '@/') });
  await administrator.connect();
  const allow = (allowed: boolean) =>
    administrator.query(`alter database ${name} with allow_connections ${allowed}`);
  await allow(false);
  await administrator.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    name,
  ]);
  return async () => {
    await allow(true);
    await administrator.end();
    await sql`select 1`.execute(database.db);
  };
}

/** A text to a number that somebody keyed in; `by` null: who withheld his own. */
let keyedIns = 0;
async function keyIn(to: string, by: string | null): Promise<string> {
  const id = `keyed-${keyedIns++}`;
  clockOffsetMs += 1;
  const text = { id, origin: 'call' as const, to, text: id, keyedIn: { by } };
  await insertSms(database.db, [text], clock.now());
  return id;
}
const mobile = (last: number) => `0900000999${last}`;

test('a caller texts three telephones a day by keying in their numbers, and no fourth', async () => {
  const { settled } = await startSender({ keyedInTextsPerDay: 9 });
  const ids: string[] = [];
  for (const last of [1, 2, 3, 1]) ids.push(await keyIn(mobile(last), '0265000001'));
  const fourth = await keyIn(mobile(4), '0265000001');
  const another = await keyIn(mobile(4), '0265000002');
  await untilStates([...ids, another], ['delivered']);
  await untilStates([fourth], ['refused']);
  expect(settled).toContainEqual([fourth, { type: 'refused', code: null }]);
  clockOffsetMs += 24 * 3_600_000;
  await untilStates([await keyIn(mobile(5), '0265000001')], ['delivered']);
  expect(received()).not.toContain(fourth);
});

test('a telephone gets two texts a day from callers who keyed it in, those without a number among them', async () => {
  await startSender();
  const ids = [await keyIn(mobile(1), null), await keyIn(mobile(1), '0265000001')];
  const third = await keyIn(mobile(1), null);
  await untilStates(ids, ['delivered']);
  await untilStates([third], ['refused']);
  const others = await Promise.all([2, 3, 4, 5].map((last) => keyIn(mobile(last), null)));
  await insertSms(database.db, [{ id: 'own', origin: 'call', to: mobile(1), text: 'own' }], clock.now());
  await untilStates([...others, 'own'], ['delivered']);
  expect(received()).not.toContain(third);
});
