import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { selfSignedCertificate } from '@madoguchi/telephony/test-certificate';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { DeliveryReceipt, OutgoingText, SmsGateway, SubmitOutcome } from '../port.ts';
import { type Smsc, startSmsc } from '../simulator/smsc.ts';
import { until } from '../simulator/until.ts';
import { createSmppGateway } from './gateway.ts';
import { type SmppSettings, SmppSettingsSchema } from './settings.ts';

const clock = { now: () => new Date('2026-11-20T01:23:00Z') };
const cleanUps: (() => Promise<void>)[] = [];
const phone = '09000001234';

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function startCentre(port = 0): Promise<Smsc> {
  const folder = await mkdtemp(join(tmpdir(), 'smsc-'));
  const smsc = await startSmsc({
    port,
    systemId: 'city',
    password: 'secret',
    textsPath: join(folder, 'texts.jsonl'),
    clock,
  });
  cleanUps.push(async () => {
    await smsc.stop();
    await rm(folder, { recursive: true });
  });
  return smsc;
}

type Connected = {
  readonly gateway: {
    readonly connected: SmsGateway['connected'];
    submit(text: Pick<OutgoingText, 'id' | 'to' | 'text'> & Partial<OutgoingText>): Promise<SubmitOutcome>;
  };
  readonly receipts: DeliveryReceipt[];
  readonly warnings: unknown[];
  untilConnected(times: number): Promise<void>;
};

function connect(
  port: number,
  change: Partial<SmppSettings> = {},
  onReceipt: (receipt: DeliveryReceipt) => Promise<void> = async () => undefined,
): Connected {
  const settings = SmppSettingsSchema.parse({
    host: '127.0.0.1',
    port,
    systemId: 'city',
    password: 'secret',
    sourceAddress: '0725001001',
    reconnectMinMs: 20,
    reconnectMaxMs: 100,
    responseTimeoutMs: 2_000,
    throttlePauseMinMs: 20,
    throttlePauseMaxMs: 200,
    ...change,
  });
  const receipts: DeliveryReceipt[] = [];
  const warnings: unknown[] = [];
  let connections = 0;
  let tell: () => void = () => undefined;
  const log = { info: () => undefined, warn: (fields: unknown) => warnings.push(fields) };
  const gateway = createSmppGateway({
    settings,
    clock,
    log,
    onConnected: () => {
      connections += 1;
      tell();
    },
  });
  const started = gateway.start(async (receipt) => {
    await onReceipt(receipt);
    receipts.push(receipt);
  });
  cleanUps.push(() => gateway.stop());
  let reference = 0;
  return {
    gateway: {
      get connected() {
        return gateway.connected;
      },
      submit(text) {
        reference += 1;
        return gateway.submit({ reference, submitted: [], ...text });
      },
    },
    receipts,
    warnings,
    async untilConnected(times) {
      await started;
      while (connections < times) {
        await new Promise<void>((resolve) => {
          tell = resolve;
        });
      }
    },
  };
}

/** Ids of the parts in order; null where no answer was seen. */
function idsOf(outcome: SubmitOutcome): readonly (string | null)[] {
  return 'submitted' in outcome ? outcome.submitted.map(({ gatewayMessageId }) => gatewayMessageId) : [];
}

const longTextWays = [
  ['udh8', 10],
  ['udh16', 10],
  ['sar', 10],
  ['payload', 1],
] as const;

test.each(longTextWays)('660 full-width characters arrive as one text by %s', async (longText, parts) => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port, { longText });
  await untilConnected(1);
  const text = Array.from({ length: 660 }, (_, index) => String.fromCharCode(0x3041 + (index % 80))).join('');
  const outcome = await gateway.submit({ id: 'a', to: phone, text });
  expect(outcome).toMatchObject({ type: 'accepted' });
  expect(smsc.textsNewestFirst).toMatchObject([
    { text, to: '819000001234', from: '0725001001', parts, dataCoding: 8, partsWellFormed: true },
  ]);
  expect(smsc.status).toMatchObject({ taken: parts, incompleteTexts: 0, doubledParts: 0 });
});

test.each(longTextWays)(
  'any text with rare kanji and emoji arrives as it was written by %s',
  async (longText) => {
    const smsc = await startCentre();
    const { gateway, untilConnected } = connect(smsc.port, { receiptsOn: 'none', longText });
    await untilConnected(1);
    const text = fc
      .array(fc.constantFrom('あ', '納', 'a', '\n', '𠮷', '😀', '👩‍👩‍👧'), {
        minLength: 1,
        maxLength: 660,
        size: 'max',
      })
      .map((characters) => characters.join('').slice(0, 660).toWellFormed());
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await gateway.submit({ id: 'p', to: phone, text: value })).toMatchObject({ type: 'accepted' });
        expect(smsc.textsNewestFirst[0]).toMatchObject({ text: value, partsWellFormed: true });
      }),
      { numRuns: 30 },
    );
    expect(smsc.status.incompleteTexts).toBe(0);
  },
);

test.each(longTextWays)('texts sent to one telephone at the same time do not mix by %s', async (longText) => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port, { longText });
  await untilConnected(1);
  const texts = ['甲', '乙', '丙', '丁'].map((character) => character.repeat(300));
  // 250 apart: nearly the whole width of the 8-bit reference.
  await Promise.all(
    texts.map((text, index) =>
      gateway.submit({ id: `${index}`, to: phone, text, reference: 65_500 + index * 83 }),
    ),
  );
  expect(smsc.textsNewestFirst.map((received) => received.text).sort()).toEqual(texts.toSorted());
});

test('a gateway that wants national numbers gets them', async () => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port, { numberFormat: 'national' });
  await untilConnected(1);
  await gateway.submit({ id: 'n', to: phone, text: 'お知らせ' });
  expect(smsc.textsNewestFirst[0]?.to).toBe(phone);
});

test('a connection cut between submit and answer leaves the outcome unknown, and the text is not sent twice', async () => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port);
  await untilConnected(1);
  smsc.change({ cutAtSubmit: 1 });
  expect(await gateway.submit({ id: 'c', to: phone, text: '一通だけ' })).toEqual({
    type: 'unknown',
    submitted: [{ part: 1, gatewayMessageId: null }],
  });
  await untilConnected(2);
  expect(await gateway.submit({ id: 'd', to: phone, text: '次の一通' })).toMatchObject({ type: 'accepted' });
  expect(smsc.textsNewestFirst.map((received) => received.text)).toEqual(['次の一通', '一通だけ']);
});

test('a connection cut while the last part waits for its answer leaves the text unknown, and no part is sent twice', async () => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port, { window: 1 });
  await untilConnected(1);
  smsc.change({ cutAtSubmit: 10 });
  const outcome = await gateway.submit({ id: 'e', to: phone, text: 'あ'.repeat(660) });
  expect(outcome.type).toBe('unknown');
  expect(idsOf(outcome).indexOf(null)).toBe(9);
  expect(smsc.status).toMatchObject({ taken: 10, doubledParts: 0 });
});

test.each(['udh8', 'udh16', 'sar'] as const)(
  'a text cut off at part 5 of 10 is gone on with by the same reference (%s): whole once, unknown, no part twice',
  async (longText) => {
    const smsc = await startCentre();
    const { gateway, untilConnected } = connect(smsc.port, { window: 1, longText });
    await untilConnected(1);
    smsc.change({ cutAtSubmit: 5 });
    const text = 'あ'.repeat(660);
    const first = await gateway.submit({ id: 'e', to: phone, text, reference: 700 });
    if (first.type !== 'partly') throw new Error(`not partly but ${first.type}`);
    expect(first.submitted.map(({ part }) => part)).toEqual([1, 2, 3, 4, 5]);
    expect(smsc.textsNewestFirst).toEqual([]);
    await untilConnected(2);
    const { submitted } = first;
    const second = await gateway.submit({ id: 'e', to: phone, text, reference: 700, submitted });
    expect(second.type).toBe('unknown');
    expect(idsOf(second).map((id) => id === null)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((part) => part === 5),
    );
    expect(smsc.textsNewestFirst.map((received) => received.text)).toEqual([text]);
    expect(smsc.status).toMatchObject({ taken: 10, doubledParts: 0, incompleteTexts: 0 });
  },
);

test('a part lost on its way looks as one taken without an answer, and is not sent twice either', async () => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port, { window: 1 });
  await untilConnected(1);
  smsc.change({ loseAtSubmit: 5 });
  const text = 'あ'.repeat(660);
  const first = await gateway.submit({ id: 'e', to: phone, text, reference: 700 });
  if (first.type !== 'partly') throw new Error(`not partly but ${first.type}`);
  await untilConnected(2);
  const { submitted } = first;
  const second = await gateway.submit({ id: 'e', to: phone, text, reference: 700, submitted });
  expect(second.type).toBe('unknown');
  expect(smsc.textsNewestFirst).toEqual([]);
  expect(smsc.status).toMatchObject({ taken: 9, doubledParts: 0, incompleteTexts: 1 });
});

test('an answer that never comes leaves the outcome unknown', async () => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port, { responseTimeoutMs: 100 });
  await untilConnected(1);
  smsc.change({ dropResponses: 1 });
  expect(await gateway.submit({ id: 'f', to: phone, text: '返事なし' })).toMatchObject({ type: 'unknown' });
  expect(gateway.connected).toBe(true);
});

test.each([
  ['throttle', 0x58],
  ['queueFull', 0x14],
] as const)('a gateway that says %s asks to come later, and nothing was taken', async (way, code) => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port);
  await untilConnected(1);
  smsc.change({ [way]: 1 });
  expect(await gateway.submit({ id: 'g', to: phone, text: 'あ'.repeat(200) })).toEqual({
    type: 'refused',
    code,
    retryable: true,
    submitted: [],
  });
  expect(smsc.status.taken).toBe(0);
});

test.each(['throttle', 'queueFull'] as const)(
  'parts in the middle of a text that meet %s are offered again until it is whole',
  async (way) => {
    const smsc = await startCentre();
    const { gateway, untilConnected } = connect(smsc.port);
    await untilConnected(1);
    const text = 'い'.repeat(660);
    const off = smsc.onChange(() => {
      if (smsc.status.taken !== 1) return;
      off();
      smsc.change({ [way]: 4 });
    });
    expect(await gateway.submit({ id: 'h', to: phone, text })).toMatchObject({ type: 'accepted' });
    expect(smsc.status).toMatchObject({ throttled: 4, taken: 10, doubledParts: 0 });
    expect(smsc.textsNewestFirst.map((received) => received.text)).toEqual([text]);
  },
);

test('a gateway that takes few parts a second is slowed down for: all texts arrive, none twice, with few parts turned away', async () => {
  const smsc = await startCentre();
  smsc.change({ submitsPerSecond: 25 });
  const { gateway, untilConnected } = connect(smsc.port, {
    throttlePauseMinMs: 200,
    throttlePauseMaxMs: 1_000,
  });
  await untilConnected(1);
  const texts = Array.from({ length: 12 }, (_, index) => String.fromCharCode(0x3042 + index).repeat(300));
  const outcomes = await Promise.all(
    texts.map(async (text, index) => {
      for (;;) {
        const outcome = await gateway.submit({ id: `${index}`, to: phone, text, reference: index });
        if (outcome.type !== 'refused') return outcome.type;
      }
    }),
  );
  expect(outcomes).toEqual(texts.map(() => 'accepted'));
  expect(smsc.textsNewestFirst.map((received) => received.text).sort()).toEqual(texts.toSorted());
  expect(smsc.status).toMatchObject({ taken: 60, doubledParts: 0 });
  expect(smsc.status.throttled).toBeLessThan(smsc.status.taken);
});

test('the pace of the contract is kept, counted in parts', async () => {
  const smsc = await startCentre();
  smsc.change({ submitsPerSecond: 40 });
  const { gateway, untilConnected } = connect(smsc.port, { submitsPerSecond: 30 });
  await untilConnected(1);
  const texts = ['甲', '乙', '丙', '丁', '戊', '己'].map((character) => character.repeat(660));
  await Promise.all(texts.map((text, index) => gateway.submit({ id: `${index}`, to: phone, text })));
  expect(smsc.status).toMatchObject({ taken: 60, throttled: 0 });
});

test('a refused number is refused with the gateway own code', async () => {
  const smsc = await startCentre();
  const { gateway, untilConnected } = connect(smsc.port);
  await untilConnected(1);
  smsc.change({ refuse: ['819000001234'] });
  const refused = { type: 'refused', code: 0x0b, retryable: false, submitted: [] };
  expect(await gateway.submit({ id: 'i', to: phone, text: '不可' })).toEqual(refused);
  expect(await gateway.submit({ id: 'j', to: 'not a number', text: '不可' })).toEqual(refused);
});

test.each(['text', 'parameters', 'both'] as const)(
  'a delivery receipt is understood in its %s form and answered',
  async (form) => {
    const smsc = await startCentre();
    const { gateway, receipts, untilConnected } = connect(smsc.port);
    await untilConnected(1);
    smsc.change({ receiptForm: form });
    const outcome = await gateway.submit({ id: 'k', to: phone, text: '配達' });
    await until(smsc, () => smsc.status.receiptsAnswered === 1);
    expect(outcome.type).toBe('accepted');
    expect(idsOf(outcome)).toEqual([receipts[0]?.gatewayMessageId]);
    expect(receipts).toMatchObject([{ state: 'delivered', from: phone, at: clock.now() }]);
  },
);

test.each([
  ['hexadecimal', 'decimalOfHexadecimal'],
  ['decimal', 'hexadecimalOfDecimal'],
] as const)(
  'a receipt that spells the id of a %s answer otherwise is understood',
  async (messageIdForm, receiptIdForm) => {
    const smsc = await startCentre();
    const { gateway, receipts, untilConnected } = connect(smsc.port, { receiptIdForm });
    await untilConnected(1);
    smsc.change({ messageIdForm });
    const outcome = await gateway.submit({ id: 'k', to: phone, text: 'あ'.repeat(200) });
    await until(smsc, () => smsc.status.receiptsAnswered === 3);
    expect(receipts.map((each) => each.gatewayMessageId).toSorted()).toEqual(idsOf(outcome).toSorted());
  },
);

test('receipts that come newest first, or before the answer to their submit, are all taken and answered', async () => {
  const smsc = await startCentre();
  const { gateway, receipts, untilConnected } = connect(smsc.port);
  await untilConnected(1);
  smsc.change({ receiptOrder: 'reversed', receiptDelayMs: 50, receiptState: 'undeliverable' });
  const late = await gateway.submit({ id: 'l', to: phone, text: 'あ'.repeat(300) });
  await until(smsc, () => smsc.status.receiptsAnswered === 5);
  expect(late.type).toBe('accepted');
  expect(idsOf(late)).toEqual(receipts.map((each) => each.gatewayMessageId).toReversed());
  expect(receipts.every((each) => each.state === 'undeliverable')).toBe(true);

  smsc.change({ receiptOrder: 'beforeResponse', receiptState: 'delivered' });
  let accepted = false;
  const early = gateway.submit({ id: 'm', to: phone, text: '先' }).then((outcome) => {
    accepted = true;
    return outcome;
  });
  await until(smsc, () => smsc.status.receiptsAnswered === 6);
  expect(accepted).toBe(false);
  expect(idsOf(await early)).toEqual([receipts[5]?.gatewayMessageId]);
});

test('a receipt that could not be kept is asked for again', async () => {
  const smsc = await startCentre();
  let failures = 1;
  const { gateway, receipts, untilConnected } = connect(smsc.port, {}, async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('database away');
  });
  await untilConnected(1);
  await gateway.submit({ id: 'o', to: phone, text: '再送' });
  await until(smsc, () => smsc.status.receiptsAnswered === 1);
  expect(smsc.status.receiptsSentBack).toBe(1);
  expect(receipts).toHaveLength(1);
});

test('a receipt for the last part only is asked for where the contract says so', async () => {
  const smsc = await startCentre();
  const { gateway, receipts, untilConnected } = connect(smsc.port, { receiptsOn: 'lastPart' });
  await untilConnected(1);
  const outcome = await gateway.submit({ id: 'q', to: phone, text: 'あ'.repeat(300) });
  await until(smsc, () => smsc.status.receiptsAnswered === 1);
  expect(receipts.map((each) => each.gatewayMessageId)).toEqual([idsOf(outcome)[4]]);
});

test('a gateway that fell silent is found out by enquire_link and connected to anew', async () => {
  const smsc = await startCentre();
  const { warnings, gateway, untilConnected } = connect(smsc.port, {
    enquireLinkAfterMs: 60,
    enquireLinkTimeoutMs: 700,
  });
  await untilConnected(1);
  await until(smsc, () => smsc.status.enquireLinks >= 3);
  expect(smsc.status.binds).toBe(1);
  smsc.change({ deaf: true });
  await until(smsc, () => smsc.status.sessions === 0);
  smsc.change({ deaf: false });
  await untilConnected(2);
  expect(warnings).toContainEqual({ reason: 'peerSilent' });
  expect(await gateway.submit({ id: 'r', to: phone, text: '復旧' })).toMatchObject({ type: 'accepted' });
});

test('without a connection nothing is sent, and a gateway that comes back is used again', async () => {
  const first = await startCentre();
  const { gateway, untilConnected } = connect(first.port);
  await untilConnected(1);
  await first.stop();
  cleanUps.splice(0, 1);
  await until({ onChange: (listener) => poll(listener) }, () => !gateway.connected);
  expect(await gateway.submit({ id: 's', to: phone, text: '不在' })).toEqual({ type: 'notSent' });
  const second = await startCentre(first.port);
  await untilConnected(2);
  expect(await gateway.submit({ id: 't', to: phone, text: '再開' })).toMatchObject({ type: 'accepted' });
  expect(second.textsNewestFirst.map((received) => received.text)).toEqual(['再開']);
});

test('a wrong password is reported with the gateway own status and does not end the server', async () => {
  const smsc = await startCentre();
  const { warnings, gateway } = connect(smsc.port, { password: 'wrong' });
  await until(smsc, () => smsc.status.refusedBinds >= 2);
  expect(gateway.connected).toBe(false);
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'refused', commandStatus: 0x0d }));
});

test.each([
  ['the authority of the contract', true],
  ['another authority', false],
])('over TLS a gateway is used only with a certificate of %s', async (_name, isTheirs) => {
  const smsc = await startCentre();
  const certificate = selfSignedCertificate(['127.0.0.1'], Date.now());
  const { certificate: ca } = isTheirs ? certificate : selfSignedCertificate(['127.0.0.1'], Date.now());
  const sockets = new Set<Socket>();
  let attempts = 0;
  const server = createServer({ cert: certificate.certificate, key: certificate.privateKey }, (secured) => {
    const inner = connectTcp(smsc.port, '127.0.0.1');
    for (const socket of [secured, inner]) socket.on('error', () => socket.destroy());
    secured.pipe(inner).pipe(secured);
  });
  server.on('connection', (socket: Socket) => {
    attempts += 1;
    sockets.add(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const { gateway, untilConnected } = connect(address.port, { tls: true, ca });
  if (isTheirs) {
    await untilConnected(1);
    expect(await gateway.submit({ id: 'u', to: phone, text: '暗号化' })).toMatchObject({ type: 'accepted' });
    expect(smsc.textsNewestFirst.map(({ text }) => text)).toEqual(['暗号化']);
  } else {
    await until({ onChange: (listener) => poll(listener) }, () => attempts >= 2);
    expect(gateway.connected).toBe(false);
    expect(smsc.status.binds).toBe(0);
  }
});

/** For a state that tells nobody when it changes. */
function poll(listener: () => void): () => void {
  const timer = setInterval(listener, 5);
  return () => clearInterval(timer);
}
