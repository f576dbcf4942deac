import { dirname, join } from 'node:path';
import { ANSWER_SILENCE_MS } from '@madoguchi/flow';
import { trunkOfProfile } from '@madoguchi/telephony/trunk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

const GATEWAY = '127.0.0.41';
const SBC = '127.0.0.42';
const HIKARI = '127.0.0.43';
/** What is said for the served number, and for any other. */
const [SERVED, UNKNOWN] = [8, 9];
const ALWAYS = [{ fromEpochMs: 0, toEpochMs: 8e12 }];

let world: LineUnderTest;

/** No process of ours is there from the beginning: the engine is alone. */
beforeAll(async () => {
  world = await LineUnderTest.start({
    trunks: (usual) => [
      { ...usual, match: ['127.0.0.1'] },
      trunkOfProfile('homeGateway', {
        id: 'gateway',
        name: 'ホームゲートウェイ',
        host: GATEWAY,
        accounts: [{ number: '3', user: '0003', password: 'only-for-tests' }],
        dtmf: 'rfc4733',
        checkEveryS: 0,
      }),
      trunkOfProfile('sbc', { id: 'sbc', name: 'SBC', host: SBC, checkEveryS: 0 }),
      trunkOfProfile('hikari', {
        id: 'hikari',
        name: 'ひかり電話',
        host: HIKARI,
        sessionTimer: { mode: 'accept', expiresS: 300, minS: 90 },
        checkEveryS: 0,
      }),
    ],
    fallbackNumbers: (apology) => [
      {
        number: '0725001001',
        fallback: '0725009009',
        openIntervals: ALWAYS,
        apologySound: join(dirname(apology), `marker-${SERVED}`),
      },
    ],
  });
  await world.sound(SERVED, 1000);
});
afterAll(() => world?.close());

test('a home gateway that names the called number in To only: its caller hears the apology 0.7 s after the answer, and reaches the fallback', async () => {
  const rung = Promise.withResolvers<string>();
  world.staff.onIncoming(async (taken) => {
    rung.resolve(taken.to.user);
    await taken.answer();
    void taken.play({ marker: 20 });
  });
  const call = await world.call({
    by: { localAddress: GATEWAY },
    to: '3',
    toHeader: '<sip:0725001001@ntt-east.example>',
  });
  const { atMs } = await call.answered;
  const apology = await call.waitForTone({ marker: SERVED }, { timeoutMs: 10_000 });
  expect(apology.atMs - atMs).toBeGreaterThan(ANSWER_SILENCE_MS - 100);
  await call.waitForTone({ marker: 20 }, { timeoutMs: 10_000 });
  expect(await rung.promise).toBe('0725009009');
  await call.hangUp();
});

test.each([
  [
    'with hyphens after a misleading name',
    GATEWAY,
    '3',
    SERVED,
    [],
    '"sip:0725001099@x (" <sip:0725-00-1001@h>',
  ],
  ['as a tel URI', GATEWAY, '3', SERVED, [], 'tel:+81-725-00-1001'],
  ['nowhere', GATEWAY, '3', UNKNOWN, [], '<sip:3@h:5060>'],
  [
    'beside what means something to the engine',
    GATEWAY,
    '3',
    UNKNOWN,
    [],
    `"x\\")]\${EXTEN}$[1+1]" <sip:a$b@h>`,
  ],
  ['in the request URI, with its country', SBC, 'sip:+81725001001@h', SERVED, [], undefined],
  [
    'as the original of two diversions',
    SBC,
    '0725001099',
    SERVED,
    [
      ['Diversion', '<sip:+81725001099@sbc.example>;reason=unconditional'],
      ['Diversion', '<sip:+81725001001@sbc.example:5060>;reason=no-answer'],
    ],
    undefined,
  ],
  [
    'as the oldest of the history',
    SBC,
    '0725001099',
    SERVED,
    [['History-Info', '<sip:0725001001@h.example>;index=1, <sip:0725001099@h.example>;index=1.1']],
    undefined,
  ],
  [
    'in P-Called-Party-ID',
    HIKARI,
    '0725001099',
    SERVED,
    [['P-Called-Party-ID', '<sip:0725001001@ntt.example;user=phone>']],
    undefined,
  ],
  ['as one that is not served', HIKARI, '0725001099', UNKNOWN, [], undefined],
] as const)(
  'while no process of ours is there, the called number is found where it stands: %s',
  async (_, localAddress, to, marker, headers, toHeader) => {
    world.staff.onIncoming((taken) => taken.reject(486));
    const call = await world.call({
      by: { localAddress },
      to,
      headers,
      ...(toHeader === undefined ? {} : { toHeader }),
    });
    expect(await call.ended).toMatchObject({ by: 'them' });
    expect(call.heardMarkers.map((heard) => heard.marker)).toEqual([marker]);
  },
);
