import { afterEach, expect, test } from 'vitest';
import { openLossyRelay } from './lossyRelay.ts';
import { findClip } from './sound/findClip.ts';
import { speech } from './sound/syntheticSpeech.ts';
import { createTelephone } from './telephone.ts';

const quick = { t1Ms: 20, t2Ms: 160, t4Ms: 200 };
const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function pair() {
  const staff = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp', timers: quick });
  const citizen = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp', timers: quick });
  open.push(staff, citizen);
  return { staff, citizen };
}

test('a call whose SIP packets are lost or doubled is set up once', async () => {
  const { staff, citizen } = await pair();
  let taken = 0;
  staff.onIncoming(async (call) => {
    taken++;
    call.ring();
    await call.answer();
    await call.hangUp();
  });
  const relay = await openLossyRelay({
    target: staff.port,
    fate: (packet) => (packet % 3 === 0 ? 'drop' : 'double'),
  });
  open.push(relay);
  const call = await citizen.call({ to: '0725001001', server: { host: '127.0.0.1', port: relay.port } });
  expect((await call.outcome).answered).toBe(true);
  expect(await call.ended).toMatchObject({ by: 'them', reason: 'hungUp' });
  expect(taken).toBe(1);
  expect(relay.fates.drop).toBeGreaterThan(0);
});

test('sound with losses, copies and swaps is counted exactly and the prompt still recognised', async () => {
  const { staff, citizen } = await pair();
  const prompt = speech(6, 2000);
  const sound = await openLossyRelay({
    fate: (packet) => {
      if (packet % 25 === 10) return 'drop';
      if (packet % 25 === 15) return 'double';
      return packet % 25 === 20 ? 'afterNext' : 'pass';
    },
  });
  const signalling = await openLossyRelay({
    target: staff.port,
    fate: () => 'pass',
    // The staff telephone is told to speak to the bad line instead of to the citizen.
    rewrite: (text) => {
      if (!text.startsWith('INVITE')) return text;
      sound.leadTo(Number(/m=audio (\d+)/.exec(text)?.[1]));
      return text.replace(/(\r\nContent-Length: \d+\r\n[\s\S]*m=audio )\d+/, `$1${sound.port}`);
    },
  });
  open.push(sound, signalling);
  staff.onIncoming(async (call) => {
    await call.answer();
    await call.play(prompt);
    await call.hangUp();
  });
  const call = await citizen.call({
    to: '0725001001',
    server: { host: '127.0.0.1', port: signalling.port },
    noRtp: true,
  });
  await call.ended;
  const { drop, double, afterNext } = sound.fates;
  expect(call.rtpStats()).toMatchObject({ lost: drop, duplicates: double, reordered: afterNext });
  expect(drop).toBeGreaterThan(2);
  expect(findClip(call.heard(), prompt)).toMatchObject({ found: true });
});
