import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSignedCertificate } from '@madoguchi/telephony/test-certificate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { openGateway } from '../contracted-gateway.ts';
import { SmsGatewayListSchema } from '../gateway-settings.ts';
import { type CentreAnswer, type HttpsCentre, startHttpsCentre } from '../https/test-https-centre.ts';
import { type Smsc, startSmsc } from '../simulator/smsc.ts';
import { enqueueSms } from './insert-sms.ts';
import type { SmsState } from './message-state.ts';
import { readSms, type SmsRecord } from './read-sms.ts';
import { createSmsSender, type SmsSender } from './sender.ts';
import { SmsSenderSettingsSchema } from './settings.ts';

/** An HTTPS gateway is preferred, an SMPP gateway stands by. */
const phone = '09000001234';
const clock = { now: () => new Date() };
const certificate = selfSignedCertificate(['127.0.0.1'], Date.now());
const TextSchema = z.object({ text: z.string() });
let database: TestDatabase;
let folder: string;
let https: HttpsCentre;
let standby: Smsc;
let answer: (url: string) => CentreAnswer;
let cleanUps: (() => Promise<void>)[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'smsc-'));
  answer = () => ({ status: 200, body: { id: 'm-1' } });
  https = await startHttpsCentre({ certificate, answer: ({ url }) => answer(url) });
  standby = await startSmsc({
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
  await https.stop();
  await standby.stop();
  await rm(folder, { recursive: true });
  await database.drop();
});

/** @param asks by which id the HTTPS gateway is asked what became of a text */
async function startSender(asks: 'ourId' | 'theirId' | 'never' = 'never'): Promise<void> {
  const log = { info: () => undefined, warn: () => undefined };
  const url = `https://127.0.0.1:${https.port}`;
  const gateways = SmsGatewayListSchema.parse([
    {
      name: 'https',
      kind: 'https',
      https: {
        url: `${url}/send`,
        body: { format: 'json', template: { to: '{to}', text: '{text}' } },
        sourceAddress: '0725001001',
        messageIdPath: 'id',
        ca: certificate.certificate,
        reconnectMinMs: 20,
        ...(asks === 'never'
          ? {}
          : {
              receipts: {
                url: `${url}/state/${asks === 'ourId' ? '{id}' : '{messageId}'}`,
                statePath: 'state',
                states: { delivered: ['done'], undeliverable: ['failed'] },
                everyMs: 50,
              },
            }),
      },
      price: [{ uptoParts: 10, yen: 9 }],
    },
    {
      name: 'standby',
      kind: 'smpp',
      smpp: {
        host: '127.0.0.1',
        port: standby.port,
        systemId: 'city',
        password: 'secret',
        sourceAddress: '0725001002',
      },
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
      overflowAfterMs: 300,
    }),
    onSettled: () => undefined,
    log,
  });
  await sender.start();
  cleanUps.push(() => sender.stop());
  while (!gateways.every(({ gateway }) => gateway.connected)) await shortly();
}

function shortly(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

async function untilState(id: string, state: SmsState): Promise<SmsRecord> {
  for (;;) {
    const [record] = await readSms(database.db, [id]);
    if (record?.state === state) return record;
    await shortly();
  }
}

const sent = () => https.seen.filter(({ url }) => url === '/send');
const send = (text: string) => enqueueSms(database.db, { to: phone, text }, clock.now());

test.each(['cut', 'cutInReply'] as const)(
  'a request broken off before its answer (%s) leaves the text unknown: one request, and nothing at the other gateway',
  async (cut) => {
    answer = () => cut;
    await startSender();
    const id = await send('切断');
    expect(await untilState(id, 'unknown')).toMatchObject({ gateway: 'https', costYen: '9' });
    answer = () => ({ status: 200, body: { id: 'm-2' } });
    const next = await send('次の文');
    await untilState(next, 'accepted');
    expect(sent().map(({ body }) => TextSchema.parse(JSON.parse(body)).text)).toEqual(['切断', '次の文']);
    expect(standby.status.submits).toBe(0);
  },
);

test('a text without an answer is settled by asking the gateway for it by our own id', async () => {
  answer = (url) => (url === '/send' ? 'cut' : { status: 200, body: { state: 'wait' } });
  await startSender('ourId');
  const id = await send('問い合わせ');
  await untilState(id, 'unknown');
  answer = () => ({ status: 200, body: { state: 'done' } });
  await untilState(id, 'delivered');
  expect(sent()).toHaveLength(1);
  expect(standby.status.submits).toBe(0);
});

test('an accepted text is delivered or not as the gateway says when asked by its own id', async () => {
  await startSender('theirId');
  answer = (url) => ({ status: 200, body: url === '/send' ? { id: 'm-7' } : { state: 'wait' } });
  const id = await send('到達確認');
  await untilState(id, 'accepted');
  answer = (url) => ({ status: 200, body: { state: url === '/state/m-7' ? 'failed' : 'wait' } });
  await untilState(id, 'undeliverable');
});

test('a text that the HTTPS gateway refuses, or that never reached it, goes to the other gateway', async () => {
  await startSender();
  answer = () => ({ status: 422, body: {} });
  const refused = await send('拒否');
  expect(await untilState(refused, 'delivered')).toMatchObject({ gateway: 'standby', lastErrorCode: 422 });
  const requests = sent().length;
  await https.stop();
  const unreached = await send('不通');
  expect(await untilState(unreached, 'delivered')).toMatchObject({ gateway: 'standby', costYen: null });
  expect(sent()).toHaveLength(requests);
  expect(standby.textsNewestFirst.map(({ text }) => text)).toEqual(['不通', '拒否']);
  https = await startHttpsCentre({ certificate, answer: () => 'cut' });
});

test('while the HTTPS gateway answers 429 a text waits for it, then goes to the other gateway', async () => {
  answer = () => ({ status: 429, body: {} });
  await startSender();
  const id = await send('混雑');
  expect(await untilState(id, 'delivered')).toMatchObject({ gateway: 'standby', lastErrorCode: 429 });
  expect(sent().length).toBeGreaterThan(1);
  expect(standby.textsNewestFirst.map(({ text }) => text)).toEqual(['混雑']);
});
