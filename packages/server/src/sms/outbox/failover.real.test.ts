import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { openGateway } from '../contracted-gateway.ts';
import { SmsGatewayListSchema } from '../gateway-settings.ts';
import { type Smsc, startSmsc } from '../simulator/smsc.ts';
import { until } from '../simulator/until.ts';
import type { SmppSettings } from '../smpp/settings.ts';
import { enqueueSms, insertSms } from './insert-sms.ts';
import type { SettledSms, SmsState } from './message-state.ts';
import { readSms, type SmsRecord } from './read-sms.ts';
import { createSmsSender, type SmsSender } from './sender.ts';
import { type SmsSenderSettings, SmsSenderSettingsSchema } from './settings.ts';

/** Two gateways, the first preferred, each a simulated SMS centre that judges what arrived. */
const phone = '09000001234';
const phoneAtGateway = '819000001234';
const price = [
  { uptoChars: 70, yen: 8.8 },
  { uptoChars: 660, yen: '60.5' },
];
const dearerPrice = [
  { uptoParts: 1, yen: 12 },
  { uptoParts: 10, yen: 120 },
];
let database: TestDatabase;
let folder: string;
let first: Smsc;
let second: Smsc;
let cleanUps: (() => Promise<void>)[] = [];
let clockOffsetMs = 0;
const clock = { now: () => new Date(Date.now() + clockOffsetMs) };

beforeEach(async () => {
  clockOffsetMs = 0;
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'smsc-'));
  first = await startCentre('first');
  second = await startCentre('second');
});

afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
  await rm(folder, { recursive: true });
  await database.drop();
});

async function startCentre(name: string, port = 0): Promise<Smsc> {
  const smsc = await startSmsc({
    port,
    systemId: 'city',
    password: 'secret',
    textsPath: join(folder, `${name}.jsonl`),
    clock,
  });
  cleanUps.push(() => smsc.stop());
  return smsc;
}

type Change = {
  readonly sender?: Partial<SmsSenderSettings>;
  readonly first?: Partial<SmppSettings>;
  readonly second?: Partial<SmppSettings>;
};

type Started = {
  readonly settled: [id: string, outcome: SettledSms][];
  untilConnected(name: string): Promise<void>;
};

async function startSender(change: Change = {}): Promise<Started> {
  const settled: [id: string, outcome: SettledSms][] = [];
  const log = { info: () => undefined, warn: () => undefined };
  const smpp = {
    host: '127.0.0.1',
    systemId: 'city',
    password: 'secret',
    reconnectMinMs: 20,
    reconnectMaxMs: 50,
    throttlePauseMinMs: 20,
    window: 1,
  };
  const gateways = SmsGatewayListSchema.parse([
    {
      name: 'first',
      kind: 'smpp',
      smpp: { ...smpp, port: first.port, sourceAddress: '0725001001', ...change.first },
      price,
    },
    {
      name: 'second',
      kind: 'smpp',
      smpp: { ...smpp, port: second.port, sourceAddress: '0725001002', ...change.second },
      price: dearerPrice,
    },
  ]).map((contract) => openGateway(contract, { clock, log, onConnected: () => sender.wake() }));
  const sender: SmsSender = createSmsSender({
    db: database.db,
    url: database.url,
    gateways,
    clock,
    owner: 'test',
    settings: SmsSenderSettingsSchema.parse({
      pollMs: 50,
      housekeepingMs: 50,
      retryMinMs: 50,
      retryMaxMs: 200,
      ...change.sender,
    }),
    onSettled: (id, outcome) => settled.push([id, outcome]),
    log,
  });
  await sender.start();
  cleanUps.push(() => sender.stop());
  return {
    settled,
    async untilConnected(name) {
      while (gateways.find((each) => each.name === name)?.gateway.connected !== true) await shortly();
    },
  };
}

function shortly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

async function untilStates(
  ids: readonly string[],
  states: readonly SmsState[],
): Promise<readonly SmsRecord[]> {
  for (;;) {
    const records = await readSms(database.db, ids);
    if (records.length === ids.length && records.every(({ state }) => states.includes(state))) return records;
    await shortly();
  }
}

function textsAt(smsc: Smsc): readonly string[] {
  return smsc.textsNewestFirst.map(({ text }) => text).toReversed();
}

const send = (text: string) => enqueueSms(database.db, { to: phone, text }, clock.now());

test('the preferred gateway gets the texts, under its own sender and at its own price', async () => {
  const { untilConnected } = await startSender();
  await untilConnected('first');
  await untilConnected('second');
  const short = await send('短い文');
  const long = await send('長'.repeat(134));
  const records = await untilStates([short, long], ['delivered']);
  expect(records.toSorted((a, b) => a.parts - b.parts)).toMatchObject([
    { gateway: 'first', parts: 1, costYen: '8.8' },
    { gateway: 'first', parts: 2, costYen: '60.5' },
  ]);
  expect(first.textsNewestFirst.map(({ from }) => from)).toEqual(['0725001001', '0725001001']);
  expect(second.status.submits).toBe(0);
});

test('while the preferred gateway is away the next one gets the texts at once, and later the first again', async () => {
  const { port } = first;
  await first.stop();
  const { untilConnected } = await startSender();
  await untilConnected('second');
  const away = await send('迂回');
  expect(await untilStates([away], ['delivered'])).toMatchObject([
    { gateway: 'second', attempts: 1, costYen: '12' },
  ]);
  expect(second.textsNewestFirst).toMatchObject([{ text: '迂回', from: '0725001002' }]);
  first = await startCentre('first-again', port);
  await untilConnected('first');
  const back = await send('復帰');
  expect(await untilStates([back], ['delivered'])).toMatchObject([{ gateway: 'first' }]);
  expect(textsAt(second)).toEqual(['迂回']);
});

test('a gateway that refuses our login is passed over', async () => {
  const { untilConnected } = await startSender({ first: { password: 'wrong' } });
  await untilConnected('second');
  const id = await send('認証拒否');
  expect(await untilStates([id], ['delivered'])).toMatchObject([{ gateway: 'second' }]);
  expect(first.status.submits).toBe(0);
});

test('a text that the preferred gateway refuses goes to the next; only where all refuse it is refused', async () => {
  first.change({ refuse: [phoneAtGateway] });
  const { settled, untilConnected } = await startSender();
  await untilConnected('first');
  await untilConnected('second');
  const one = await send('一社目の拒否');
  expect(await untilStates([one], ['delivered'])).toMatchObject([
    { gateway: 'second', attempts: 2, refusalCode: null, lastErrorCode: 0x0b },
  ]);
  second.change({ refuse: [phoneAtGateway] });
  const both = await send('二社とも拒否');
  expect(await untilStates([both], ['refused'])).toMatchObject([{ refusalCode: 0x0b, costYen: null }]);
  expect(settled).toEqual([
    [one, { type: 'accepted' }],
    [both, { type: 'refused', code: 0x0b }],
  ]);
  expect([...textsAt(first), ...textsAt(second)]).toEqual(['一社目の拒否']);
});

test.each(['cutAtSubmit', 'loseAtSubmit'] as const)(
  'a link broken between submit and answer (%s) leaves the text unknown, and the second gateway receives nothing',
  async (cut) => {
    first.change({ [cut]: 1, receiptDelayMs: 600_000 });
    const { settled, untilConnected } = await startSender();
    await untilConnected('first');
    await untilConnected('second');
    const id = await send('切断');
    expect(await untilStates([id], ['unknown'])).toMatchObject([{ gateway: 'first', costYen: '8.8' }]);
    await untilConnected('first');
    const next = await send('次の文');
    await untilStates([next], ['accepted']);
    expect(settled[0]).toEqual([id, { type: 'unknown' }]);
    expect(textsAt(first)).toEqual(cut === 'cutAtSubmit' ? ['切断', '次の文'] : ['次の文']);
    expect(second.status.submits).toBe(0);
  },
);

test.each(['udh8', 'udh16', 'sar'] as const)(
  'a link broken at part 5 of 10 (%s): the text is whole once at its gateway, no part twice, and nothing is at the other',
  async (longText) => {
    first.change({ cutAtSubmit: 5 });
    const { untilConnected } = await startSender({ first: { longText } });
    await untilConnected('first');
    await untilConnected('second');
    const text = '長'.repeat(660);
    const id = await send(text);
    expect(await untilStates([id], ['unknown'])).toMatchObject([{ gateway: 'first', parts: 10 }]);
    expect(textsAt(first)).toEqual([text]);
    expect(first.status).toMatchObject({ taken: 10, doubledParts: 0, incompleteTexts: 0 });
    expect(second.status.submits).toBe(0);
  },
);

test('a gateway that does not come back after part 5 of 10 keeps its text: it ends unknown, and the other receives nothing', async () => {
  first.change({ cutAtSubmit: 5 });
  const { settled, untilConnected } = await startSender({ sender: { giveUpAfterMs: 60_000 } });
  await untilConnected('first');
  await untilConnected('second');
  const id = await send('長'.repeat(660));
  await until(first, () => first.status.taken === 5);
  await first.stop();
  const other = await send('別の文');
  expect(await untilStates([other], ['delivered'])).toMatchObject([{ gateway: 'second' }]);
  await untilStates([id], ['waiting']);
  clockOffsetMs = 61_000;
  expect(await untilStates([id], ['unknown'])).toMatchObject([{ gateway: 'first', costYen: '60.5' }]);
  expect(settled.at(-1)).toEqual([id, { type: 'unknown' }]);
  expect(textsAt(second)).toEqual(['別の文']);
  expect(second.status).toMatchObject({ submits: 1, incompleteTexts: 0 });
});

test.each([1, 5])(
  'where the gateway gives our own number back, a text cut off at part %i of 10 is settled by its receipts',
  async (part) => {
    first.change({ cutAtSubmit: part, receiptOrder: 'reversed', receiptDelayMs: 50 });
    const { settled, untilConnected } = await startSender({ first: { userMessageReference: true } });
    await untilConnected('first');
    await untilConnected('second');
    const text = '済'.repeat(660);
    const id = await send(text);
    expect(await untilStates([id], ['delivered'])).toMatchObject([{ gateway: 'first' }]);
    expect(settled).toEqual([[id, { type: 'unknown' }]]);
    expect(textsAt(first)).toEqual([text]);
    expect(first.status).toMatchObject({ taken: 10, doubledParts: 0 });
    first.change({ cutAtSubmit: 1, receiptState: 'undeliverable' });
    const short = await send('一通');
    await untilStates([short], ['undeliverable']);
    expect(second.status.submits).toBe(0);
  },
);

test.each(['throttle', 'queueFull'] as const)(
  'of a gateway that goes on saying %s, what it has nothing of goes to the next, once',
  async (way) => {
    first.change({ [way]: 100_000 });
    const { untilConnected } = await startSender({
      sender: { overflowAfterMs: 500 },
      first: { throttledTurnPatienceMs: 200, throttlePauseMaxMs: 100 },
    });
    await untilConnected('first');
    await untilConnected('second');
    const texts = ['短い文', '長'.repeat(660), ...Array.from({ length: 30 }, (_, index) => `文${index}`)];
    const ids = await Promise.all(texts.map(send));
    const records = await untilStates(ids, ['delivered']);
    expect(new Set(records.map(({ gateway }) => gateway))).toEqual(new Set(['second']));
    expect(first.status.taken).toBe(0);
    expect(textsAt(second).toSorted()).toEqual(texts.toSorted());
    expect(second.status).toMatchObject({ doubledParts: 0, incompleteTexts: 0 });
    first.change({ [way]: 0 });
    clockOffsetMs = 60_000;
    const later = await send('その後');
    expect(await untilStates([later], ['delivered'])).toMatchObject([{ gateway: 'first' }]);
  },
);

test('of a gateway that takes less than comes in only the overflow goes to the next, and no text is split between them', async () => {
  first.change({ submitsPerSecond: 8 });
  const { untilConnected } = await startSender({
    sender: { overflowAfterMs: 500 },
    first: { window: 5, throttledTurnPatienceMs: 200, throttlePauseMaxMs: 100 },
  });
  await untilConnected('first');
  await untilConnected('second');
  const texts = Array.from({ length: 60 }, (_, index) => `${index}番`.repeat(index % 10 === 0 ? 60 : 1));
  await untilStates(await Promise.all(texts.map(send)), ['delivered']);
  expect([...textsAt(first), ...textsAt(second)].toSorted()).toEqual(texts.toSorted());
  for (const { status } of [first, second]) {
    expect(status.taken).toBeGreaterThan(5);
    expect(status).toMatchObject({ doubledParts: 0, incompleteTexts: 0 });
  }
});

test.each(['throttle', 'queueFull'] as const)(
  'a gateway that says %s for a moment is waited for',
  async (way) => {
    first.change({ [way]: 3 });
    const { untilConnected } = await startSender();
    await untilConnected('first');
    await untilConnected('second');
    const id = await send('混雑');
    expect(await untilStates([id], ['delivered'])).toMatchObject([{ gateway: 'first', attempts: 4 }]);
    expect(textsAt(first)).toEqual(['混雑']);
    expect(second.status.submits).toBe(0);
  },
);

test('one undeliverable part makes the text undeliverable, whatever the others say, twice and among receipts of nobody', async () => {
  first.change({
    receiptStates: ['delivered', 'undeliverable', 'delivered'],
    receiptTimes: 2,
    strayReceipts: true,
    receiptDelayMs: 30,
  });
  const { untilConnected } = await startSender();
  await untilConnected('first');
  const bad = await send('悪'.repeat(200));
  await untilStates([bad], ['undeliverable']);
  const good = await send('良'.repeat(200));
  await untilStates([good], ['delivered']);
  await until(first, () => first.status.receiptsAnswered === 6 * 3);
  expect((await readSms(database.db, [bad])).map(({ state }) => state)).toEqual(['undeliverable']);
});

test('texts that two gateways cut by different headers are counted as their gateway cuts them', async () => {
  const { untilConnected } = await startSender({ first: { longText: 'udh16' } });
  await untilConnected('first');
  const id = await send('数'.repeat(134));
  expect(await untilStates([id], ['delivered'])).toMatchObject([{ parts: 3 }]);
  expect(first.textsNewestFirst).toMatchObject([{ parts: 3 }]);
});

test('whatever breaks at two gateways, no text and no part comes twice, and what is called accepted has arrived', async () => {
  for (const smsc of [first, second]) smsc.change({ receiptDelayMs: 600_000, responseDelayMs: 5 });
  const { untilConnected } = await startSender({ first: { window: 5 }, second: { window: 5 } });
  await untilConnected('first');
  await untilConnected('second');
  const rows = Array.from({ length: 60 }, (_, index) => ({
    id: `storm-${index}`,
    origin: 'call' as const,
    to: `0900000${String(index % 7).padStart(4, '0')}`,
    text: String.fromCharCode(0x4e00 + index).repeat(index % 3 === 0 ? 600 : 5),
  }));
  let broken = 0;
  const breakLinks = (smsc: Smsc, every: number) => {
    smsc.onChange(() => {
      if (broken >= 12 || smsc.status.taken === 0 || smsc.status.taken % every !== 0) return;
      broken += 1;
      smsc.cutConnections();
    });
  };
  breakLinks(first, 17);
  breakLinks(second, 13);
  await insertSms(database.db, rows, clock.now());
  const records = await untilStates(
    rows.map(({ id }) => id),
    ['accepted', 'unknown'],
  );
  expect(broken).toBeGreaterThan(3);
  const seen = [...textsAt(first), ...textsAt(second)];
  expect(new Set(seen).size).toBe(seen.length);
  expect(first.status.doubledParts + second.status.doubledParts).toBe(0);
  expect(records.filter(({ state, text }) => state === 'accepted' && !seen.includes(text))).toEqual([]);
});
