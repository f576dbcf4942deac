import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatewayFileSchema } from '../packages/server/src/operations/sms-gateway.ts';
import { type Smsc, startSmsc } from '../packages/server/src/sms/simulator/smsc.ts';
import { wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';

const NUMBER = '0725000141';
const TEXT = 'ご案内をお送りします。';
let folder: string;
let smsc: Smsc;
let under: HouseUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-smsc-'));
  smsc = await startSmsc({
    port: 0,
    systemId: 'city',
    password: 'secret',
    textsPath: join(folder, 'texts.jsonl'),
    clock: { now: () => new Date() },
  });
  under = await startHouseUnderTest({
    smsGateway: GatewayFileSchema.parse({
      smpp: {
        host: '127.0.0.1',
        port: smsc.port,
        systemId: 'city',
        password: 'secret',
        sourceAddress: '0725000141',
      },
    }),
  });
  await under.serve(
    NUMBER,
    oneFlow('gateway', {
      sms: {
        kind: 'sms',
        title: 'SMS',
        to: { type: 'caller' },
        text: TEXT,
        waitMs: 10_000,
        next: { accepted: 'sent', notMobile: 'other', refused: 'other', unknown: 'other' },
      },
      sent: sayMarker(1, 'end'),
      other: sayMarker(2, 'end'),
      end: END,
    }),
  );
});
afterAll(async () => {
  await under?.stop();
  await smsc?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('with a contracted gateway the text goes there, and no simulator runs', async () => {
  const call = await under.call(NUMBER);
  await call.ended;
  expect(wayOf(call)).toEqual([1]);
  expect(smsc.textsNewestFirst.map(({ text }) => text)).toEqual([TEXT]);
  expect(under.house.part('smsc')).toBeUndefined();
  expect(under.house.smscUrl).toBeNull();
});
