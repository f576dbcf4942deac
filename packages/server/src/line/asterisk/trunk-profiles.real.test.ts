import { type Trunk, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CarrierWay } from './carrier-configuration.ts';
import { type CarrierCall, CarrierUnderTest } from './carrier-under-test.ts';
import { LineUnderTest } from './line-under-test.ts';

const GATEWAY = { user: '0003', password: 'only;for-tests-3' };
const FIRST = { user: 'kokuho', password: 'only-for-tests-1' };
const SECOND = { user: 'kaigo', password: 'only-for-tests-2' };

const WAYS: readonly CarrierWay[] = [
  { name: 'gateway', address: '127.0.0.11', transport: 'udp', dtmf: 'inband', accounts: [GATEWAY] },
  { name: 'hikari', address: '127.0.0.12', transport: 'tcp', dtmf: 'rfc4733', more: ['100rel = required'] },
  { name: 'sbc', address: '127.0.0.13', transport: 'tls', srtp: true, dtmf: 'info' },
  { name: 'register', address: '127.0.0.14', transport: 'tls', dtmf: 'rfc4733', accounts: [FIRST, SECOND] },
];

let carrier: CarrierUnderTest;
let world: LineUnderTest;

beforeAll(async () => {
  carrier = await CarrierUnderTest.start(WAYS);
  world = await LineUnderTest.start({ trunks: () => TRUNKS(), authorities: carrier.certificate });
  await world.connect();
});
afterEach(() => expect(world.warnings).toEqual([]));
afterAll(async () => {
  await world?.close();
  await carrier?.close();
});

function TRUNKS(): readonly Trunk[] {
  const to = (id: string, host: string) => ({ id, name: id, host, port: carrier.sipPort, checkEveryS: 0 });
  return [
    trunkOfProfile('homeGateway', {
      ...to('gateway', '127.0.0.11'),
      accounts: [{ number: '3', ...GATEWAY }],
    }),
    trunkOfProfile('hikari', { ...to('hikari', '127.0.0.12'), transport: 'tcp' }),
    trunkOfProfile('sbc', { ...to('sbc', '127.0.0.13'), transport: 'tls', srtp: true, dtmf: 'info' }),
    trunkOfProfile('register050', {
      ...to('register', '127.0.0.14'),
      transport: 'tls',
      accounts: [
        { number: '05000001001', ...FIRST },
        { number: '05000001002', ...SECOND },
      ],
    }),
  ];
}

function takeTransfer(): Promise<CarrierCall> {
  const { promise, resolve } = Promise.withResolvers<CarrierCall>();
  carrier.onIncoming(resolve);
  return promise;
}

/** A whole call: prompt, keys, transfer, hang-up. Gives what the staff telephone was shown. */
async function liveThrough(
  call: CarrierCall,
): Promise<{ offered: unknown; staff: CarrierCall; callId: string; sipCallId: string }> {
  const offered = await world.events.next('offered');
  const { callId } = offered;
  await world.line.answer(callId);
  await call.answered;
  await world.line.announce(callId, 1, [await world.sound(1, 800)]);
  expect(await world.events.next('announced')).toMatchObject({ callId, completed: true });
  await call.press('1*0#');
  for (const key of '1*0#') expect(await world.events.next('keyPressed')).toMatchObject({ callId, key });
  const taken = takeTransfer();
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 20_000, recordingPath: null });
  const staff = await taken;
  await staff.ring();
  await world.events.next('transferRinging');
  await staff.answer();
  await world.events.next('transferAnswered');
  await call.play(10);
  await staff.play(20);
  await staff.hears(10);
  await call.hears(20);
  await staff.hangUp();
  expect(await world.events.next('transferEnded')).toMatchObject({ by: 'staff' });
  await call.hangUp();
  await world.events.next('callerHungUp');
  // What is heard is written down in blocks: the prompt for certain at the end.
  await call.hears(1, 500);
  return { offered, staff, callId, sipCallId: offered.sipCallId ?? '' };
}

test('home gateway: an extension that registers over UDP; the called number in To, keys as tones', async () => {
  await carrier.registered(GATEWAY.user);
  const call = await carrier.call({ endpoint: GATEWAY.user });
  const { offered, staff } = await liveThrough(call);
  expect(offered).toMatchObject({ callerNumber: '09000000001' });
  expect(staff.seen).toMatchObject({ way: GATEWAY.user, dialled: '0725009001' });
});

test('ひかり電話: by address over TCP with PRACK; the called number in P-Called-Party-ID', async () => {
  const call = await carrier.call({
    endpoint: 'hikari',
    to: `sip:0725009999@127.0.0.1:${world.asterisk.settings.sipPort};transport=tcp`,
    headers: { 'P-Called-Party-ID': '<sip:0725001001@ntt.example>' },
  });
  const { offered, staff } = await liveThrough(call);
  expect(offered).toMatchObject({ calledNumbers: ['0725001001', '0725009999'], callerNumber: '09000000001' });
  expect(staff.seen).toMatchObject({ way: 'hikari', dialled: '0725009001' });
  expect(staff.seen.from).toContain('sip:0725001001@');
});

test('a carrier by address over TLS: numbers with +81, the called one in Diversion, keys by INFO, sound by SRTP', async () => {
  const call = await carrier.call({
    endpoint: 'sbc',
    from: '+819000000001',
    to: `sip:+815000009999@127.0.0.1:${world.asterisk.settings.tls?.port ?? 0};transport=tls`,
    headers: { Diversion: '<sip:+81725001001@sbc.example>;reason=unconditional' },
  });
  const { offered, staff, sipCallId } = await liveThrough(call);
  expect(offered).toMatchObject({
    calledNumbers: ['0725001001', '05000009999'],
    callerNumber: '09000000001',
  });
  expect(staff.seen).toMatchObject({ way: 'sbc', dialled: '+81725009001' });
  expect(staff.seen.from).toContain('sip:+81725001001@');
  const sdps = (await carrier.messages(sipCallId)).filter(({ text }) => text.includes('m=audio'));
  expect(sdps.map(({ direction }) => direction)).toEqual(['out', 'in']);
  for (const { text } of sdps) expect(text).toMatch(/m=audio \d+ RTP\/SAVP /);
});

test('050 numbers: two accounts at one source address over TLS, each with its own calls and transfers', async () => {
  for (const [account, number] of [
    [FIRST, '05000001001'],
    [SECOND, '05000001002'],
  ] as const) {
    await carrier.registered(account.user);
    const call = await carrier.call({ endpoint: account.user });
    const { offered, staff } = await liveThrough(call);
    expect(offered).toMatchObject({ calledNumbers: [number], callerNumber: '09000000001' });
    expect(staff.seen).toMatchObject({ way: account.user, dialled: '0725009001' });
    expect(staff.seen.from).toContain(`sip:${account.user}@127.0.0.14`);
    expect(staff.seen.asserted).toContain(`sip:${number}@`);
  }
});
