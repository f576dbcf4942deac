import { freePort } from '@madoguchi/telephony/asterisk';
import { type LossyRelay, openLossyRelay } from '@madoguchi/telephony/telephone';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LineUnderTest } from './line-under-test.ts';

/** The carrier knows us by this address only; what comes there is passed on to us. */
const PUBLIC = '127.0.0.9';
/** The carrier's own address: not of our network. */
const OUTSIDE = { localAddress: '127.0.0.31' };

let world: LineUnderTest;
let sip: string[] = [];
let publicPort = 0;
let relays: LossyRelay[] = [];

beforeEach(async () => {
  publicPort = await freePort();
  world = await LineUnderTest.start({
    trunks: (usual) => [
      {
        ...usual,
        nat: { publicAddress: PUBLIC, localPort: publicPort, localNetworks: ['192.168.0.0/16'] },
      },
    ],
  });
  await world.connect();
  sip = [];
  relays = [];
  await openPublic(publicPort);
});
afterEach(async () => {
  for (const relay of relays) relay.close();
  await world?.close();
});

async function openPublic(port: number): Promise<void> {
  relays.push(await openLossyRelay({ fate: () => 'pass', at: { host: PUBLIC, port }, target: port }));
}

/** Port of the sound in the newest SDP that came from us. */
function soundPort(): number {
  return Number(/m=audio (\d+)/.exec(sip.findLast((text) => text.includes('m=audio')) ?? '')?.[1]);
}

const onSip = (direction: 'in' | 'out', text: string) => {
  if (direction === 'in') sip.push(text);
};

test('behind address translation a call from outside shows the public address, is heard and can be ended', async () => {
  const call = await world.call({ by: { ...OUTSIDE, onSip }, server: { host: PUBLIC, port: publicPort } });
  const { callId } = await world.events.next('offered');
  await world.line.answer(callId);
  await call.answered;
  await openPublic(soundPort());
  const answer = sip.find((text) => text.startsWith('SIP/2.0 200')) ?? '';
  expect(answer).toMatch(new RegExp(`^Contact: <sip:${PUBLIC}:${publicPort}>`, 'm'));
  expect(answer).toMatch(new RegExp(`^c=IN IP4 ${PUBLIC}\\s*$`, 'm'));
  await world.line.announce(callId, 1, [await world.sound(1, 500)]);
  await call.waitForTone({ marker: 1 }, { timeoutMs: 30_000 });
  await call.press('4');
  expect(await world.events.next('keyPressed')).toMatchObject({ key: '4' });
  await call.hangUp();
  await world.events.next('callerHungUp');
});

test('a call that we place shows the public address too, and the other side ends it through there', async () => {
  const staff = await world.telephone({ ...OUTSIDE, onSip });
  await world.changeTrunks((trunk) => ({ ...trunk, host: staff.host, port: staff.port }));
  const call = await world.call({ by: OUTSIDE, server: { host: PUBLIC, port: publicPort } });
  const { callId } = await world.events.next('offered');
  await world.line.answer(callId);
  await call.answered;
  const taken = Promise.withResolvers<{ hangUp(): Promise<{ sipCode: number | null }> }>();
  staff.onIncoming(async (incoming) => {
    await incoming.answer();
    taken.resolve(incoming);
  });
  await world.line.transfer(callId, { id: 5, to: '0725009001', ringTimeoutMs: 20_000, recordingPath: null });
  await world.events.next('transferAnswered');
  const invite = sip.find((text) => text.startsWith('INVITE')) ?? '';
  expect(invite).toMatch(new RegExp(`^Contact: <sip:[^>]*${PUBLIC}:${publicPort}>`, 'm'));
  expect(invite).toMatch(new RegExp(`^c=IN IP4 ${PUBLIC}\\s*$`, 'm'));
  expect(await (await taken.promise).hangUp()).toMatchObject({ sipCode: 200 });
  expect(await world.events.next('transferEnded')).toMatchObject({ by: 'staff' });
  await call.hangUp();
  await world.events.next('callerHungUp');
});
