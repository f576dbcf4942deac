import { readFile } from 'node:fs/promises';
import { findMarkers, goertzelPower, meanPower } from '@madoguchi/telephony/telephone';
import { type Trunk, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CarrierCall, CarrierUnderTest, markerMs } from './carrier-under-test.ts';
import { LineUnderTest } from './line-under-test.ts';

const ACCOUNT = { user: '0003', password: 'only-for-tests' };

let carrier: CarrierUnderTest;
let world: LineUnderTest;

beforeAll(async () => {
  carrier = await CarrierUnderTest.start([
    { name: 'gateway', address: '127.0.0.21', transport: 'udp', dtmf: 'inband', accounts: [ACCOUNT] },
    {
      name: 'strict',
      address: '127.0.0.22',
      transport: 'udp',
      dtmf: 'rfc4733',
      more: [
        '100rel = required',
        'timers_sess_expires = 90',
        'send_connected_line = yes',
        'send_pai = yes',
        'connected_line_method = update',
      ],
    },
  ]);
  world = await LineUnderTest.start({ trunks: () => trunks({ gateway: 0, strict: 1 }) });
  await world.connect();
  await carrier.registered(ACCOUNT.user);
});
afterEach(() => expect(world.warnings).toEqual([]));
afterAll(async () => {
  await world?.close();
  await carrier?.close();
});

/** @param transferred lines for transfers, by which a test says by which trunk they leave */
function trunks(transferred: { gateway: number; strict: number }): readonly Trunk[] {
  const own = (id: string, host: string, profile: string, more: Partial<Trunk>) => {
    const trunk = trunkOfProfile(profile, {
      id,
      name: id,
      host,
      port: carrier.sipPort,
      checkEveryS: 0,
      ...more,
    });
    return {
      ...trunk,
      lines: { ...trunk.lines, transferred: id === 'gateway' ? transferred.gateway : transferred.strict },
    };
  };
  return [
    own('gateway', '127.0.0.21', 'homeGateway', { accounts: [{ number: '3', ...ACCOUNT }] }),
    own('strict', '127.0.0.22', 'hikari', { sessionTimer: { mode: 'required', expiresS: 300, minS: 120 } }),
  ];
}

const cityUri = () => `sip:0725001001@127.0.0.1:${world.asterisk.settings.sipPort}`;

async function answered(endpoint: string): Promise<{ callId: string; sipCallId: string; call: CarrierCall }> {
  const call = await carrier.call({ endpoint, ...(endpoint === 'strict' ? { to: cityUri() } : {}) });
  const { callId, sipCallId } = await world.events.next('offered');
  await world.line.answer(callId);
  await call.answered;
  return { callId, sipCallId: sipCallId ?? '', call };
}

async function talk(callId: string): Promise<CarrierCall> {
  const taken = Promise.withResolvers<CarrierCall>();
  carrier.onIncoming(taken.resolve);
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 20_000, recordingPath: null });
  const staff = await taken.promise;
  await staff.answer();
  await world.events.next('transferAnswered');
  return staff;
}

/** How long a tone of two frequencies sounded at a stretch, ms. */
function longestPair(samples: Int16Array, low: number, high: number): number {
  let longest = 0;
  let length = 0;
  for (let at = 0; at + 160 <= samples.length; at += 160) {
    const frame = samples.subarray(at, at + 160);
    const power = meanPower(frame);
    const pair = goertzelPower(frame, low) + goertzelPower(frame, high);
    length = power > 1e-5 && pair > power / 2 ? length + 20 : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}

test('a tone that the caller makes in a talk is heard by the staff and is no key; after the talk his keys count', async () => {
  const { callId, call } = await answered(ACCOUNT.user);
  await call.press('1');
  expect(await world.events.next('keyPressed')).toMatchObject({ callId, key: '1' });
  const staff = await talk(callId);
  expect(staff.seen.way).toBe('strict');
  await call.press('5', 400);
  await call.play(10);
  await staff.hears(10);
  await staff.hangUp();
  await world.events.next('transferEnded');
  await call.stopPlaying();
  await call.press('8');
  expect(await world.events.next('keyPressed')).toMatchObject({ callId, key: '8' });
  await call.hangUp();
  await world.events.next('callerHungUp');
  expect(staff.keys).toEqual([]);
  expect(longestPair(await staff.heard(), 770, 1336)).toBeGreaterThanOrEqual(200);
});

test('keys as tones count again where the talk ended while our process was away', async () => {
  const { callId, call } = await answered(ACCOUNT.user);
  const staff = await talk(callId);
  await world.line.stop();
  await staff.hangUp();
  await expect.poll(() => world.engineHolds(), { timeout: 30_000 }).toMatchObject({ channels: 1 });
  await world.reconnect();
  await call.press('6');
  expect(await world.events.next('keyPressed')).toMatchObject({ callId, key: '6' });
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test('a tone that the staff make in a talk by a home gateway is heard by the caller whole', async () => {
  await world.line.changeTrunks(trunks({ gateway: 1, strict: 0 }));
  const { callId, call } = await answered('strict');
  const staff = await talk(callId);
  expect(staff.seen.way).toBe(ACCOUNT.user);
  await staff.press('7', 400);
  await staff.play(20);
  await call.hears(20);
  await call.hangUp();
  await world.events.next('callerHungUp');
  await world.line.changeTrunks(trunks({ gateway: 0, strict: 1 }));
  expect(call.keys).toEqual([]);
  expect(longestPair(await call.heard(), 852, 1209)).toBeGreaterThanOrEqual(200);
});

test('a carrier that requires 100rel gets a PRACK for its ringing and acknowledges ours', async () => {
  const call = await carrier.call({ endpoint: 'strict', to: cityUri() });
  const { callId, sipCallId } = await world.events.next('offered');
  const taken = Promise.withResolvers<CarrierCall>();
  carrier.onIncoming(taken.resolve);
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 20_000, recordingPath: null });
  const staff = await taken.promise;
  await staff.ring();
  await world.events.next('transferRinging');
  await staff.hangUp('busy');
  expect(await world.events.next('transferFailed')).toMatchObject({ reason: 'busy' });
  await world.line.answer(callId);
  await call.answered;
  await call.hangUp();
  await world.events.next('callerHungUp');
  const pracks = (await carrier.messages('PRACK sip:')).filter(({ text }) => / PRACK\r?$/m.test(text));
  const ofCaller = pracks.filter(({ text }) => text.includes(sipCallId ?? ''));
  expect(ofCaller.map(({ direction }) => direction)).toEqual(['out']);
  expect(pracks.some(({ direction }) => direction === 'in')).toBe(true);
});

test('a session shorter than the trunk allows is refused with 422, and the carrier comes again with a longer one', async () => {
  const { sipCallId, call } = await answered('strict');
  await call.hangUp();
  await world.events.next('callerHungUp');
  const messages = await carrier.messages(sipCallId);
  expect(messages.some(({ text }) => /^SIP\/2.0 422 /m.test(text) && /^Min-SE: 120\r?$/m.test(text))).toBe(
    true,
  );
  expect(
    messages.some(({ text }) => /^SIP\/2.0 200 OK/m.test(text) && /^Session-Expires: 120/m.test(text)),
  ).toBe(true);
});

test.each(['invite', 'update'] as const)(
  'a session refreshed by %s stops neither a prompt nor a recording, and garbles neither',
  async (method) => {
    const { callId, sipCallId, call } = await answered('strict');
    await world.line.announce(callId, 1, [await world.sound(1, 2000)]);
    await call.refresh(method);
    expect(await world.events.next('announced')).toMatchObject({ completed: true });
    const recordingPath = `${world.recordingDir}/${callId}-2`;
    await world.line.recordVoicemail(callId, {
      id: 2,
      recordingPath,
      maxDurationMs: 60_000,
      maxSilenceMs: 60_000,
      endKey: '#',
    });
    await call.play(11);
    const recorded = async () => {
      const bytes = await readFile(`${recordingPath}.sln`).catch(() => Buffer.alloc(0));
      return markerMs(findMarkers(samplesOf(bytes)), 11);
    };
    await expect.poll(recorded, { timeout: 30_000 }).toBeGreaterThan(500);
    await call.refresh(method);
    const before = await recorded();
    await expect.poll(recorded, { timeout: 30_000 }).toBeGreaterThan(before + 1500);
    await call.stopPlaying();
    await call.press('#');
    expect(await world.events.next('voicemailRecorded')).toMatchObject({ endedBy: 'key' });
    await call.hangUp();
    await world.events.next('callerHungUp');
    const spans = findMarkers(samplesOf(await readFile(`${recordingPath}.sln`)));
    expect(new Set(spans.map(({ marker }) => marker))).toEqual(new Set([11]));
    // A busy machine may lose a packet; a refresh that stopped or garbled the sound would lose much more.
    const wholeMs = (spans.at(-1)?.untilMs ?? 0) - (spans[0]?.atMs ?? 0);
    expect(markerMs(spans, 11)).toBeGreaterThan(0.8 * wholeMs);
    await call.hears(1, 1600);
    expect(new Set(findMarkers(await call.heard()).map(({ marker }) => marker))).toEqual(new Set([1]));
    const refreshes = (await carrier.messages(sipCallId)).filter(
      ({ direction, text }) => direction === 'out' && text.includes(`${method.toUpperCase()} sip:`),
    );
    expect(refreshes.length).toBeGreaterThanOrEqual(method === 'invite' ? 4 : 2);
  },
);

function samplesOf(bytes: Buffer): Int16Array {
  return Int16Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readInt16LE(at * 2));
}
