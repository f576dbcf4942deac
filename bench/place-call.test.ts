import { setTimeout as pause } from 'node:timers/promises';
import { createTelephone, type IncomingCall, markerSound } from '@madoguchi/telephony/telephone';
import { expect, test } from 'vitest';
import type { CallPlan } from './call-plan.ts';
import { judgeCall } from './judge.ts';
import { LoopWatch } from './loop-watch.ts';
import { monotonicMs, sharedClock } from './monotonic.ts';
import { placeCall } from './place-call.ts';

const GREETING_MS = 400;
const BRANCH_MS = 600;
const MENU_MS = 5_000;

const plan: CallPlan = {
  index: 0,
  to: '0725000101',
  from: '09000000000',
  placeAtMs: 0,
  says: 'tone',
  keys: [{ key: '2', pressAtMs: 1_000 }],
  sounds: [
    { marker: 0, lengthMs: GREETING_MS, cutByKey: null, byStaff: false },
    { marker: 3, lengthMs: MENU_MS, cutByKey: 0, byStaff: false },
    { marker: 5, lengthMs: BRANCH_MS, cutByKey: null, byStaff: false },
  ],
  hangUpAtMs: null,
  steadyFromMs: 900,
  steadyToMs: 1_100,
  giveUpAtMs: 6_000,
};

/** A real caller against a telephone that plays the counter over SIP and RTP on loopback. */
async function judged(counter: (call: IncomingCall) => Promise<void>): Promise<readonly string[]> {
  const answering = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp' });
  const telephone = await createTelephone({
    localAddress: '127.0.0.1',
    transport: 'udp',
    codecs: ['PCMU'],
    keepSound: false,
    clock: sharedClock,
  });
  const watch = new LoopWatch();
  watch.start();
  answering.onIncoming(async (call) => {
    await call.answer();
    await counter(call);
    await call.hangUp();
  });
  try {
    const evidence = await placeCall(plan, {
      telephone,
      server: { host: '127.0.0.1', port: answering.port },
      originMs: monotonicMs(),
      nowMs: monotonicMs,
      ownLatenessMs: (readAtMs) => watch.ownLatenessMs(readAtMs),
    });
    return judgeCall(plan, evidence).failures;
  } finally {
    watch.stop();
    await telephone.close();
    await answering.close();
  }
}

async function menuUntilKey(call: IncomingCall): Promise<void> {
  await call.play(markerSound(0, GREETING_MS));
  void call.play(markerSound(3, MENU_MS));
  while (call.heardKeys.length === 0) await pause(5);
  // Until the key's end.
  await pause(100);
}

test('a caller who got the right announcement is content', async () => {
  const failures = await judged(async (call) => {
    await menuUntilKey(call);
    await call.play(markerSound(5, BRANCH_MS));
  });
  expect(failures).toEqual([]);
});

test('a caller who got the announcement of the wrong key is not', async () => {
  const failures = await judged(async (call) => {
    await menuUntilKey(call);
    await call.play(markerSound(4, BRANCH_MS));
  });
  expect(failures).toContainEqual('wrong sound: 0 3 4 instead of 0 3 5');
});
