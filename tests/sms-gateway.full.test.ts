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
let standby: Smsc;
let under: HouseUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-smsc-'));
  const centre = (name: string) =>
    startSmsc({
      port: 0,
      systemId: 'city',
      password: 'secret',
      textsPath: join(folder, `${name}.jsonl`),
      clock: { now: () => new Date() },
    });
  smsc = await centre('first');
  standby = await centre('standby');
  const smpp = { host: '127.0.0.1', systemId: 'city', password: 'secret' };
  under = await startHouseUnderTest({
    smsGateway: GatewayFileSchema.parse({
      gateways: [
        {
          name: 'first',
          kind: 'smpp',
          smpp: { ...smpp, port: smsc.port, sourceAddress: '0725000141', longText: 'udh16' },
          price: [{ uptoChars: 660, yen: 12.5 }],
        },
        {
          name: 'standby',
          kind: 'smpp',
          smpp: { ...smpp, port: standby.port, sourceAddress: '0725000142' },
        },
      ],
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
  await standby?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('with contracted gateways the text goes to the preferred one, and no simulator runs', async () => {
  const call = await under.call(NUMBER);
  await call.ended;
  expect(wayOf(call)).toEqual([1]);
  expect(smsc.textsNewestFirst.map(({ text }) => text)).toEqual([TEXT]);
  expect(under.house.part('smsc')).toBeUndefined();
  expect(under.house.smscUrl).toBeNull();
  expect(standby.status.submits).toBe(0);
});

test('a link cut between submit and answer takes the call the other way, and the standby gateway receives nothing', async () => {
  smsc.change({ cutAtSubmit: 1 });
  const call = await under.call(NUMBER, '09000000142');
  await call.ended;
  expect(wayOf(call)).toEqual([2]);
  expect(smsc.textsNewestFirst.filter(({ to }) => to === '819000000142')).toHaveLength(1);
  expect(standby.status.submits).toBe(0);
});

test('while the preferred gateway is away the standby sends, under its own number', async () => {
  await smsc.stop();
  const call = await under.call(NUMBER, '09000000143');
  await call.ended;
  expect(wayOf(call)).toEqual([1]);
  expect(standby.textsNewestFirst).toMatchObject([{ to: '819000000143', from: '0725000142', text: TEXT }]);
  const rows = await under.database.db
    .selectFrom('sms_message')
    .select(['to_number', 'gateway', 'cost_yen'])
    .orderBy('created_at')
    .execute();
  expect(rows.map(({ gateway, cost_yen }) => [gateway, cost_yen])).toEqual([
    ['first', '12.5000'],
    ['first', '12.5000'],
    ['standby', null],
  ]);
});
