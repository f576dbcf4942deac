import { afterAll, beforeAll, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

let world: LineUnderTest;

beforeAll(async () => {
  world = await LineUnderTest.start();
  await world.connect();
});
afterAll(() => world?.close());

/** What is told of a call, as text: everything that could be shown, stored or matched. */
async function toldOf(
  options: Parameters<LineUnderTest['call']>[0],
): Promise<{ offered: object; told: string }> {
  const before = world.events.all.length;
  const call = await world.call(options);
  const offered = await world.events.next('offered');
  await world.line.hangUp(offered.callId);
  await call.ended;
  await world.events.next('hungUp');
  return { offered, told: JSON.stringify(world.events.all.slice(before)) };
}

test.each([
  ['Anonymous', 'withheld'],
  ['Coin line/payphone', 'payphone'],
  ['Unavailable', 'unavailable'],
  ['Interaction with other service', 'otherService'],
])('a caller whom the network calls %s has no number and is %s', async (displayName, withheldReason) => {
  const { offered } = await toldOf({ from: 'sip:anonymous@anonymous.invalid', displayName });
  expect(offered).toMatchObject({ callerNumber: null, withheldReason });
});

test('a number that the caller marked private is in nothing that is told, though the network asserts it', async () => {
  const { offered, told } = await toldOf({ from: '09000000077', privacy: 'id' });
  expect(offered).toMatchObject({ callerNumber: null, withheldReason: 'withheld' });
  expect(told).not.toContain('9000000077');
});

test.each(['id', 'user;id', 'header', 'session;critical'])(
  'a number in From is private too where Privacy says %s',
  async (privacy) => {
    const { offered, told } = await toldOf({ from: '09000000077', headers: [['Privacy', privacy]] });
    expect(offered).toMatchObject({ callerNumber: null, withheldReason: 'withheld' });
    expect(told).not.toContain('9000000077');
  },
);

test('a private number is not in a survivor of our own restart, nor shown to the staff telephone', async () => {
  const sip: string[] = [];
  const staff = await world.telephone({ onSip: (_, text) => sip.push(text) });
  await world.changeTrunks((trunk) => ({ ...trunk, port: staff.port, presentedNumber: 'caller' }));
  const { callId, call } = await world.answeredCall({ from: '09000000077', privacy: 'id' });
  expect(JSON.stringify(await world.reconnect())).not.toContain('9000000077');
  staff.onIncoming((taken) => taken.answer());
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 20_000, recordingPath: null });
  await world.events.next('transferAnswered');
  await call.hangUp();
  await world.events.next('callerHungUp');
  expect(sip.join('')).toContain('INVITE sip:0725009001');
  expect(sip.join('')).not.toContain('9000000077');
});

test('whose number is told keeps it, in national digits', async () => {
  const { offered } = await toldOf({ from: 'sip:+819000000001@carrier.example', displayName: 'x' });
  expect(offered).toMatchObject({ callerNumber: '09000000001', withheldReason: null });
});
