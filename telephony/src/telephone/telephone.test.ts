import { createSocket } from 'node:dgram';
import { afterEach, expect, test } from 'vitest';
import { findClip } from './sound/findClip.ts';
import { isSilent } from './sound/silence.ts';
import { speech } from './sound/syntheticSpeech.ts';
import { createTelephone, type Telephone, type TelephoneOptions } from './telephone.ts';

const quick = { t1Ms: 20, t2Ms: 160, t4Ms: 200 };
const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function telephone(options: Partial<TelephoneOptions> = {}): Promise<Telephone> {
  const made = await createTelephone({
    localAddress: '127.0.0.1',
    transport: 'udp',
    timers: quick,
    ...options,
  });
  open.push(made);
  return made;
}

const to = (server: { host: string; port: number }) => ({
  to: '0725001001',
  from: '09000000001',
  server: { host: server.host, port: server.port },
});

const ways = [
  ['udp', 'PCMU'],
  ['udp', 'PCMA'],
  ['tcp', 'PCMU'],
  ['tcp', 'PCMA'],
] as const;

test.each(ways)('over %s with %s both hear each other and the keys arrive', async (transport, codec) => {
  const citizen = await telephone({ transport });
  const staff = await telephone({ transport, codecs: [codec] });
  const prompt = speech(1, 1000);
  const { promise: taken, resolve } = Promise.withResolvers<unknown>();
  staff.onIncoming(async (call) => {
    call.ring();
    await call.answer();
    await call.play(prompt);
    void call.play({ marker: 3 });
    await call.waitForTone({ marker: 5 }, { timeoutMs: 5000 });
    const end = await call.ended;
    resolve({
      end,
      keys: call.heardKeys.map(({ key, durationMs }) => ({ key, durationMs })),
      from: call.from.user,
    });
  });
  const call = await citizen.call({ ...to(staff), displayName: 'a "b"' });
  expect(await call.ringing).toMatchObject({ sipCode: 180 });
  await call.answered;
  void call.play({ marker: 5 });
  await call.waitForTone({ marker: 3 }, { timeoutMs: 5000 });
  await call.waitForTone({ toneHz: 999 }, { timeoutMs: 100 }).then(
    () => expect.unreachable(),
    (error) => expect(error.code).toBe('TONE_NOT_HEARD'),
  );
  await call.pressAll('1*#', { durationMs: 60, gapMs: 60 });
  expect(await call.hangUp()).toMatchObject({ by: 'us', reason: 'hungUp', sipCode: 200 });
  expect(await taken).toMatchObject({
    end: { by: 'them', reason: 'hungUp' },
    keys: ['1', '*', '#'].map((key) => ({ key, durationMs: 60 })),
    from: '09000000001',
  });
  expect(findClip(call.heard(), prompt)).toMatchObject({ found: true });
  expect(call.rtpStats()).toMatchObject({ lost: 0, ssrcChanges: 0 });
  expect([citizen.callCount, staff.callCount, citizen.faults, staff.faults]).toEqual([0, 0, [], []]);
});

test.each([486, 480, 603, 503])('a refusal by %i reaches the caller', async (status) => {
  const [citizen, staff] = [await telephone(), await telephone()];
  staff.onIncoming((call) => call.reject(status, [['Reason', 'Q.850;cause=17']]));
  const call = await citizen.call(to(staff));
  expect(await call.outcome).toMatchObject({ answered: false, sipCode: status, q850Cause: 17 });
  await expect(call.answered).rejects.toMatchObject({ code: 'NOT_ANSWERED', sipCode: status });
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'refused' });
});

test('a telephone that nobody serves gives 480, and one that is not there 408', async () => {
  const [citizen, staff] = [await telephone(), await telephone()];
  expect(await (await citizen.call(to(staff))).outcome).toMatchObject({ sipCode: 480 });
  await staff.close();
  expect(await (await citizen.call(to(staff))).ended).toMatchObject({
    by: 'fault',
    reason: 'timedOut',
    sipCode: 408,
  });
});

test.each(['udp', 'tcp'] as const)('over %s a call that rings forever can be given up', async (transport) => {
  const [citizen, staff] = [await telephone({ transport }), await telephone({ transport })];
  const { promise: gone, resolve } = Promise.withResolvers<unknown>();
  staff.onIncoming(async (call) => {
    call.ring();
    resolve(await call.ended);
  });
  const call = await citizen.call(to(staff));
  await call.ringing;
  expect(await call.cancel()).toMatchObject({ by: 'us', reason: 'cancelled', sipCode: 487 });
  expect(await gone).toMatchObject({ by: 'them', reason: 'cancelled' });
});

test('a cancellation that crosses the answer ends in a BYE', async () => {
  const trace: string[] = [];
  const citizen = await telephone({
    onSip: (direction, text) => trace.push(`${direction} ${text.split(' ').slice(0, 2).join(' ')}`),
  });
  const staff = await telephone();
  const { promise: end, resolve } = Promise.withResolvers<unknown>();
  staff.onIncoming(async (call) => {
    await call.answer();
    resolve(await call.ended);
  });
  const call = await citizen.call(to(staff));
  expect(await call.cancel()).toMatchObject({ by: 'us', reason: 'cancelled' });
  expect(await end).toMatchObject({ by: 'them', reason: 'hungUp' });
  expect((await call.outcome).answered).toBe(false);
  expect(trace.some((line) => line.startsWith('out ACK'))).toBe(true);
  expect(trace.some((line) => line.startsWith('out BYE'))).toBe(true);
});

test('the called side can hang up, and speak before it answers', async () => {
  const [citizen, staff] = [await telephone(), await telephone()];
  staff.onIncoming(async (call) => {
    call.progress();
    void call.play({ marker: 9 });
    await call.waitForTone({ marker: 8 }, { timeoutMs: 5000 });
    await call.answer();
    await call.hangUp();
  });
  const call = await citizen.call(to(staff));
  void call.play({ marker: 8 });
  expect(await call.ringing).toMatchObject({ sipCode: 183 });
  await call.waitForTone({ marker: 9 }, { timeoutMs: 5000 });
  await call.answered;
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
});

test('a withheld number goes in P-Asserted-Identity only', async () => {
  const [citizen, staff] = [await telephone(), await telephone()];
  const { promise: seen, resolve } = Promise.withResolvers<unknown>();
  staff.onIncoming((call) => {
    resolve([call.from.user, call.headers('p-asserted-identity'), call.headers('privacy')]);
    call.reject(603);
  });
  await citizen.call({ ...to(staff), privacy: 'id' });
  expect(await seen).toEqual(['anonymous', ['<sip:09000000001@127.0.0.1>'], ['id']]);
});

test('a call that only listens sends no RTP', async () => {
  const [citizen, staff] = [await telephone(), await telephone({ keepSound: false })];
  const { promise: stats, resolve } = Promise.withResolvers<unknown>();
  staff.onIncoming(async (call) => {
    await call.answer();
    void call.play({ toneHz: 1000 });
    await call.ended;
    resolve(call.rtpStats());
  });
  const call = await citizen.call({ ...to(staff), noRtp: true });
  await call.waitForTone({ toneHz: 1000 }, { timeoutMs: 5000 });
  await expect(call.press('1')).rejects.toMatchObject({ code: 'KEY_NOT_SENT' });
  expect(isSilent(call.heard())).toBe(false);
  await call.hangUp();
  expect(await stats).toMatchObject({ received: 0, firstPacketAtMs: null });
});

test("a stranger's packets at a used port are not taken for the call's", async () => {
  const sdp: string[] = [];
  const [citizen, staff] = [await telephone({ onSip: (_, text) => sdp.push(text) }), await telephone()];
  staff.onIncoming(async (call) => {
    await call.answer();
    void call.play({ marker: 2 });
  });
  const call = await citizen.call({ ...to(staff), noRtp: true });
  await call.waitForTone({ marker: 2 }, { timeoutMs: 5000 });
  const soundPort = Number(/m=audio (\d+)/.exec(sdp[0] ?? '')?.[1]);
  const stranger = createSocket('udp4');
  open.push(stranger);
  for (let packet = 0; packet < 20; packet++) stranger.send(Buffer.alloc(172, 0x80), soundPort, '127.0.0.1');
  await expect.poll(() => call.rtpStats().foreign).toBe(20);
  expect(call.rtpStats()).toMatchObject({ ssrcChanges: 0, lost: 0 });
});
