import { selfSignedCertificate } from '@madoguchi/telephony/test-certificate';
import { afterEach, expect, test } from 'vitest';
import type { OutgoingText, SmsGateway } from '../port.ts';
import { createHttpsGateway } from './gateway.ts';
import { HttpsSettingsSchema } from './settings.ts';
import {
  type CentreAnswer,
  type HttpsCentre,
  type SeenRequest,
  startHttpsCentre,
} from './test-https-centre.ts';

const clock = { now: () => new Date('2026-11-20T01:23:00Z') };
const certificate = selfSignedCertificate(['127.0.0.1'], Date.now());
const phone = '09000001234';
const ok = { status: 200, body: { result: 'ok', message: { id: 'm-1' } } };
const secret = 'key-of-the-city';
const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function startCentre(answer: (request: SeenRequest) => CentreAnswer = () => ok): Promise<HttpsCentre> {
  const centre = await startHttpsCentre({ certificate, answer });
  cleanUps.push(() => centre.stop());
  return centre;
}

type Connected = { readonly gateway: SmsGateway; readonly logged: unknown[] };

/** @param change fields of the contract */
async function connect(port: number, change: object = {}): Promise<Connected> {
  const logged: unknown[] = [];
  const log = {
    info: (...line: unknown[]) => void logged.push(line),
    warn: (...line: unknown[]) => void logged.push(line),
  };
  const connected = Promise.withResolvers<void>();
  const gateway = createHttpsGateway({
    settings: HttpsSettingsSchema.parse({
      url: `https://127.0.0.1:${port}/v1/messages`,
      headers: { authorization: `Bearer ${secret}` },
      body: {
        format: 'json',
        template: { to: '{to}', from: '{from}', text: '{text}', options: [{ ref: '{id}' }] },
      },
      sourceAddress: '0725001001',
      messageIdPath: 'message.id',
      ca: certificate.certificate,
      reconnectMinMs: 20,
      reconnectMaxMs: 50,
      ...change,
    }),
    clock,
    log,
    onConnected: () => connected.resolve(),
  });
  await gateway.start(async () => undefined);
  cleanUps.push(() => gateway.stop());
  await connected.promise;
  return { gateway, logged };
}

function textOf(change: Partial<OutgoingText> = {}): OutgoingText {
  return {
    id: 'call1-7',
    to: phone,
    text: 'お知らせ「"{id}"」です。\n𠮷',
    reference: 1,
    submitted: [],
    ...change,
  };
}

const accepted = { type: 'accepted', submitted: [{ part: 1, gatewayMessageId: 'm-1' }] };
const unknown = { type: 'unknown', submitted: [{ part: 1, gatewayMessageId: null }] };

test('a text of 660 characters is one request, as the contract words it, under our own key', async () => {
  const centre = await startCentre();
  const { gateway } = await connect(centre.port);
  const text = `「"{to}"\\」\n𠮷${'納'.repeat(640)}`;
  expect(await gateway.submit(textOf({ text }))).toEqual(accepted);
  expect(centre.seen).toHaveLength(1);
  expect(centre.seen[0]).toMatchObject({
    method: 'POST',
    url: '/v1/messages',
    headers: { authorization: `Bearer ${secret}`, 'idempotency-key': 'call1-7' },
  });
  expect(JSON.parse(centre.seen[0]?.body ?? '')).toEqual({
    to: phone,
    from: '0725001001',
    text,
    options: [{ ref: 'call1-7' }],
  });
});

test('a contract with a form and a number abroad gets those, and no word of a text changes the address', async () => {
  const centre = await startCentre();
  const { gateway } = await connect(centre.port, {
    url: `https://127.0.0.1:${centre.port}/send/{id}?route=main&to={to}`,
    method: 'PUT',
    body: { format: 'form', fields: { dst: '{to}', msg: '{text}' } },
    numberFormat: 'plus',
    idempotencyHeader: null,
  });
  await gateway.submit(textOf({ id: 'a/b?c', text: '甲&乙=丙+丁' }));
  expect(centre.seen[0]).toMatchObject({
    method: 'PUT',
    url: '/send/a%2Fb%3Fc?route=main&to=%2B819000001234',
  });
  expect(centre.seen[0]?.headers).not.toHaveProperty('idempotency-key');
  expect(Object.fromEntries(new URLSearchParams(centre.seen[0]?.body))).toEqual({
    dst: '+819000001234',
    msg: '甲&乙=丙+丁',
  });
});

test.each<[string, CentreAnswer, object]>([
  ['too fast', { status: 429, body: {} }, { type: 'refused', code: 429, retryable: true, submitted: [] }],
  ['no', { status: 400, body: {} }, { type: 'refused', code: 400, retryable: false, submitted: [] }],
  [
    'no, under a status of success',
    { status: 200, body: { result: 'blocked' } },
    { type: 'refused', code: 200, retryable: false, submitted: [] },
  ],
  [
    'too fast, under a status of success',
    { status: 200, body: { result: 'slow down' } },
    { type: 'refused', code: 200, retryable: true, submitted: [] },
  ],
  ['a word that the contract does not know', { status: 200, body: { result: 'hm' } }, unknown],
  ['that something broke', { status: 500, body: {} }, unknown],
  ['that nobody is behind it', { status: 503, body: {} }, unknown],
  ['yes', ok, accepted],
  [
    'yes, without an id',
    { status: 202, body: { result: 'ok' } },
    { type: 'accepted', submitted: [{ part: 1, gatewayMessageId: '' }] },
  ],
])('a gateway says %s', async (_name, answer, outcome) => {
  const centre = await startCentre(() => answer);
  const { gateway } = await connect(centre.port, {
    success: { field: { path: 'result', values: ['ok'] } },
    refused: { field: { path: 'result', values: ['blocked'] } },
    throttled: { field: { path: 'result', values: ['slow down'] } },
  });
  expect(await gateway.submit(textOf())).toEqual(outcome);
  expect(centre.seen).toHaveLength(1);
});

test.each(['cut', 'cutInReply', 'hang'] as const)(
  'a request that was sent and not answered (%s) leaves the outcome unknown, and is not sent again',
  async (answer) => {
    const centre = await startCentre(() => answer);
    const { gateway } = await connect(centre.port, { responseTimeoutMs: 300 });
    expect(await gateway.submit(textOf())).toEqual(unknown);
    expect(await gateway.submit(textOf({ submitted: unknown.submitted }))).toEqual(unknown);
    expect(centre.seen).toHaveLength(1);
  },
);

test('where the contract promises that a key is carried out once, an unanswered request is repeated with the same key', async () => {
  let times = 0;
  const centre = await startCentre(() => {
    times += 1;
    return times < 3 ? 'cut' : ok;
  });
  const { gateway } = await connect(centre.port, { repeatsOfUnanswered: 2 });
  expect(await gateway.submit(textOf())).toEqual(accepted);
  expect(centre.seen.map(({ headers }) => headers['idempotency-key'])).toEqual([
    'call1-7',
    'call1-7',
    'call1-7',
  ]);
});

test('a refusal of the repetition says nothing of the first request: the outcome stays unknown', async () => {
  let times = 0;
  const centre = await startCentre(() => {
    times += 1;
    return times === 1 ? 'cut' : { status: 400, body: {} };
  });
  const { gateway } = await connect(centre.port, { repeatsOfUnanswered: 2 });
  expect(await gateway.submit(textOf())).toEqual(unknown);
});

test('a gateway that cannot be reached has got nothing, is known as away, and is used again when it is back', async () => {
  const centre = await startCentre();
  const { gateway } = await connect(centre.port);
  await centre.stop();
  cleanUps.splice(0, 1);
  expect(await gateway.submit(textOf())).toEqual({ type: 'notSent' });
  expect(gateway.connected).toBe(false);
  const again = await startHttpsCentre({ certificate, answer: () => ok, port: centre.port });
  cleanUps.push(() => again.stop());
  while (!gateway.connected) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await gateway.submit(textOf())).toEqual(accepted);
  expect(centre.seen).toHaveLength(0);
});

test('a gateway whose certificate another authority signed gets nothing', async () => {
  const centre = await startCentre();
  const log = { info: () => undefined, warn: () => warned.resolve() };
  const warned = Promise.withResolvers<void>();
  const gateway = createHttpsGateway({
    settings: HttpsSettingsSchema.parse({
      url: `https://127.0.0.1:${centre.port}/`,
      body: { format: 'none' },
      sourceAddress: '0725001001',
      ca: selfSignedCertificate(['127.0.0.1'], Date.now()).certificate,
    }),
    clock,
    log,
  });
  cleanUps.push(() => gateway.stop());
  await gateway.start(async () => undefined);
  await warned.promise;
  expect(gateway.connected).toBe(false);
  expect(await gateway.submit(textOf())).toEqual({ type: 'notSent' });
  expect(centre.connections).toBeGreaterThan(0);
  expect(centre.seen).toHaveLength(0);
});

test('a gateway is asked by its id or by ours what became of a text', async () => {
  const states = new Map([
    ['/status/m-1', 'DELIVERED'],
    ['/status/m-2', 'FAILED'],
    ['/by-our-id/call1-7', 'DELIVERED'],
  ]);
  const centre = await startCentre(({ url }) => ({
    status: 200,
    body: { data: { state: states.get(url) ?? 'SENT' } },
  }));
  const receipts = {
    url: `https://127.0.0.1:${centre.port}/status/{messageId}`,
    headers: { authorization: `Bearer ${secret}` },
    statePath: 'data.state',
    states: { delivered: ['DELIVERED'], undeliverable: ['FAILED'] },
  };
  const byTheirs = (await connect(centre.port, { receipts })).gateway.ask;
  const about = (gatewayMessageId: string | null) => ({ id: 'call1-7', to: phone, gatewayMessageId });
  expect(await byTheirs?.about(about('m-1'))).toMatchObject({ gatewayMessageId: 'm-1', state: 'delivered' });
  expect(await byTheirs?.about(about('m-2'))).toMatchObject({ state: 'undeliverable', from: phone });
  expect(await byTheirs?.about(about('m-3'))).toBeNull();
  expect(await byTheirs?.about(about(null))).toBeNull();
  const url = `https://127.0.0.1:${centre.port}/by-our-id/{id}`;
  const byOurs = (await connect(centre.port, { receipts: { ...receipts, url } })).gateway.ask;
  expect(await byOurs?.about(about(null))).toMatchObject({ gatewayMessageId: 'call1-7', state: 'delivered' });
  expect(centre.seen.every(({ headers }) => headers.authorization === `Bearer ${secret}`)).toBe(true);
});

test('no number, text or key of the contract is in a log line', async () => {
  const centre = await startCentre(() => ({ status: 500, body: { echo: phone } }));
  const { gateway, logged } = await connect(centre.port);
  await gateway.submit(textOf());
  await centre.stop();
  cleanUps.splice(0, 1);
  await gateway.submit(textOf());
  const lines = JSON.stringify(logged);
  expect(lines).toContain('500');
  for (const hidden of [phone, secret, 'お知らせ', '/v1/messages']) expect(lines).not.toContain(hidden);
});
