import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
});
afterAll(() => world.close());

describe.each([
  ['udp', 'PCMU'],
  ['udp', 'PCMA'],
  ['tcp', 'PCMU'],
  ['tcp', 'PCMA'],
] as const)('a call over %s with %s', (transport, codec) => {
  test('hears its announcement, is understood by its keys and is hung up by us', async () => {
    const { callId, call } = await world.answeredCall({ by: { transport, codecs: [codec] } });
    await world.line.announce(callId, 1, [await world.sound(1, 300), await world.sound(2, 300)]);
    expect(await world.events.next('announced')).toEqual({
      type: 'announced',
      callId,
      id: 1,
      completed: true,
    });
    await call.pressAll('0*#', { durationMs: 80, gapMs: 80 });
    const keys = [
      await world.events.next('keyPressed'),
      await world.events.next('keyPressed'),
      await world.events.next('keyPressed'),
    ];
    expect(keys.map(({ key }) => key)).toEqual(['0', '*', '#']);
    await world.line.hangUp(callId);
    expect(await call.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
    expect(await world.events.next('hungUp')).toEqual({ type: 'hungUp', callId });
    expect(call.heardMarkers.map(({ marker }) => marker)).toEqual([1, 2]);
  });
});

test('a call is offered with the numbers and the Call-ID that the outside knows', async () => {
  const call = await world.call({ to: '0725001002', from: '0265000001' });
  const offered = await world.events.next('offered');
  expect(offered).toEqual({
    type: 'offered',
    callId: offered.callId,
    calledNumbers: ['0725001002'],
    admission: 'served',
    callerNumber: '0265000001',
    withheldReason: null,
    sipCallId: call.sipCallId,
  });
  await call.cancel();
  expect(await world.events.next('callerHungUp')).toMatchObject({ callId: offered.callId });
});

test('a number that the caller withholds is not told, though the carrier vouches for it', async () => {
  const call = await world.call({ privacy: 'id' });
  expect(await world.events.next('offered')).toMatchObject({
    callerNumber: null,
    withheldReason: 'withheld',
  });
  await call.cancel();
  await world.events.next('callerHungUp');
});

test('an anonymous call and a payphone are kept apart', async () => {
  const telephone = await world.telephone();
  const server = { host: '127.0.0.1', port: world.asterisk.settings.sipPort };
  const anonymous = await telephone.call({ to: '0725001001', server });
  expect(await world.events.next('offered')).toMatchObject({
    callerNumber: null,
    withheldReason: 'withheld',
  });
  await anonymous.cancel();
  const payphone = await telephone.call({
    to: '0725001001',
    from: 'sip:anonymous@anonymous.invalid',
    displayName: 'Coin line/payphone',
    server,
  });
  expect(await world.events.next('offered')).toMatchObject({
    callerNumber: null,
    withheldReason: 'payphone',
  });
  await payphone.cancel();
  await world.events.next('callerHungUp');
  await world.events.next('callerHungUp');
});

test('a number in international form is the same number', async () => {
  const call = await world.call({ to: '+81725001001', from: '+819000000001' });
  expect(await world.events.next('offered')).toMatchObject({
    calledNumbers: ['0725001001'],
    callerNumber: '09000000001',
  });
  await call.cancel();
  await world.events.next('callerHungUp');
});

test('a key stops the announcement and the next one follows at once', async () => {
  const { callId, call } = await world.answeredCall();
  await world.line.announce(callId, 1, [await world.sound(3, 20_000)]);
  await call.waitForTone({ marker: 3 }, { timeoutMs: 5000 });
  await call.press('5');
  await world.events.next('keyPressed');
  const before = world.line.requestCount;
  void world.line.stopAnnouncing(callId);
  await world.line.announce(callId, 2, [await world.sound(4, 200)]);
  expect(world.line.requestCount - before).toBe(2);
  expect(await world.events.next('announced')).toMatchObject({ id: 1, completed: false });
  expect(await world.events.next('announced')).toMatchObject({ id: 2, completed: true });
  await call.hangUp();
  expect(await world.events.next('callerHungUp')).toEqual({ type: 'callerHungUp', callId, q850Cause: 16 });
  const heard = call.heardMarkers.map(({ marker }) => marker);
  expect(heard).toEqual([3, 4]);
});

test('an announcement whose sound is missing is reported, and the call goes on', async () => {
  const { callId, call } = await world.answeredCall();
  await world.line.announce(callId, 1, [`${world.dir}/not-there`]);
  expect(await world.events.next('announcementFailed')).toEqual({
    type: 'announcementFailed',
    callId,
    id: 1,
  });
  await world.line.announce(callId, 2, [await world.sound(1, 200)]);
  await world.events.next('announced');
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test('a long announcement of forty pieces is one request', async () => {
  const { callId, call } = await world.answeredCall();
  const piece = await world.sound(5, 40);
  const before = world.line.requestCount;
  await world.line.announce(
    callId,
    1,
    Array.from({ length: 40 }, () => piece),
  );
  expect(world.line.requestCount - before).toBe(1);
  expect(await world.events.next('announced')).toMatchObject({ completed: true });
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test('an order for a call that is over says so, hanging up twice does not', async () => {
  const { callId, call } = await world.answeredCall();
  await call.hangUp();
  await world.events.next('callerHungUp');
  await expect(world.line.answer(callId)).rejects.toMatchObject({ code: 'callGone' });
  await expect(world.line.announce(callId, 1, ['/x'])).rejects.toMatchObject({ code: 'callGone' });
  await world.line.hangUp(callId);
});

test('a message is recorded after the signal and ends at the key', async () => {
  const { callId, call } = await world.answeredCall();
  const recordingPath = `${world.recordingDir}/day/${callId}-7`;
  await world.line.recordVoicemail(callId, {
    id: 7,
    recordingPath,
    maxDurationMs: 20_000,
    maxSilenceMs: 10_000,
    endKey: '#',
  });
  await call.waitForTone({ toneHz: 1000 }, { timeoutMs: 5000 });
  await call.play({ marker: 6 }, false);
  await call.press('#');
  const recorded = await world.events.next('voicemailRecorded');
  expect(recorded).toMatchObject({ id: 7, endedBy: 'key' });
  expect(recorded.durationMs).toBeGreaterThan(500);
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test.each([
  ['limit', { maxDurationMs: 1000, maxSilenceMs: 10_000 }, { marker: 6 }],
  ['silence', { maxDurationMs: 20_000, maxSilenceMs: 1000 }, 'silence'],
] as const)('a message ends by %s', async (endedBy, limits, sound) => {
  const { callId, call } = await world.answeredCall();
  const recordingPath = `${world.recordingDir}/${callId}-8`;
  await world.line.recordVoicemail(callId, { id: 8, recordingPath, endKey: null, ...limits });
  void call.play(sound, true);
  expect(await world.events.next('voicemailRecorded')).toMatchObject({ id: 8, endedBy });
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test('a message of a caller who hangs up is told of before the hang-up', async () => {
  const { callId, call } = await world.answeredCall();
  const recordingPath = `${world.recordingDir}/${callId}-9`;
  const order = { id: 9, recordingPath, maxDurationMs: 20_000, maxSilenceMs: 10_000, endKey: null };
  await world.line.recordVoicemail(callId, order);
  await call.waitForTone({ toneHz: 1000 }, { timeoutMs: 5000 });
  await call.play({ marker: 6 }, false);
  await call.hangUp();
  await world.events.next('callerHungUp');
  expect(world.events.kinds.slice(-2)).toEqual(['voicemailRecorded', 'callerHungUp']);
  expect(await world.events.next('voicemailRecorded')).toMatchObject({ endedBy: 'hangUp' });
});

test('nothing of all this had to be warned of', () => {
  expect(world.warnings).toEqual([]);
});
