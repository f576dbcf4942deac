import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { provision } from '@madoguchi/telephony';
import { createTelephone, type IncomingCall, markerSound } from '@madoguchi/telephony/telephone';
import { expect, test } from 'vitest';
import type { CallPlan } from './call-plan.ts';
import { Capture } from './capture.ts';
import { hearCapture } from './hear-capture.ts';
import { HeldPorts } from './held-ports.ts';
import { judgeCall } from './judge.ts';
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

/** Only root may capture, and so only root can run the bench. */
const isRoot = process.getuid?.() === 0;
const ports = { first: 31_990, last: 31_991 };

/** A real caller, who hears by a real capture, against a telephone that plays the counter over SIP and RTP on loopback. */
async function judged(counter: (call: IncomingCall) => Promise<void>): Promise<readonly string[]> {
  const stack = new AsyncDisposableStack();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'place-call-'));
    stack.defer(() => rm(folder, { recursive: true }));
    const held = await HeldPorts.hold({ address: '127.0.0.1', ...ports });
    stack.defer(() => held.release());
    const { tcpdump } = await provision(['tcpdump']);
    const path = join(folder, 'round.pcap');
    const capture = await Capture.start(tcpdump, path, ports);
    stack.defer(() => capture.abandon());
    const common = { localAddress: '127.0.0.1', transport: 'udp' } as const;
    const answering = await createTelephone(common);
    stack.defer(() => answering.close());
    const telephone = await createTelephone({
      ...common,
      codecs: ['PCMU'],
      keepSound: false,
      heldPort: () => ports.first,
      clock: sharedClock,
    });
    stack.defer(() => telephone.close());
    answering.onIncoming(async (call) => {
      await call.answer();
      await counter(call);
      await call.hangUp();
    });
    const originMs = monotonicMs();
    const server = { host: '127.0.0.1', port: answering.port };
    const course = await placeCall(plan, { telephone, server, originMs, nowMs: monotonicMs });
    const heard = await hearCapture(path, originMs + (await capture.stop()), [course]);
    // Pauses are those of the playing telephone here, whose process shares the machine with other tests (hear-capture.test.ts).
    return judgeCall(plan, heard(course)).failures.filter((failure) => !failure.startsWith('pause:'));
  } finally {
    await stack.disposeAsync();
  }
}

async function menuUntilKey(call: IncomingCall): Promise<void> {
  await call.play(markerSound(0, GREETING_MS));
  void call.play(markerSound(3, MENU_MS));
  while (call.heardKeys.length === 0) await pause(5);
  // Until the key's end.
  await pause(100);
}

test.runIf(isRoot)('a caller who got the right announcement is content', async () => {
  const failures = await judged(async (call) => {
    await menuUntilKey(call);
    await call.play(markerSound(5, BRANCH_MS));
  });
  expect(failures).toEqual([]);
});

test.runIf(isRoot)('a caller who got the announcement of the wrong key is not', async () => {
  const failures = await judged(async (call) => {
    await menuUntilKey(call);
    await call.play(markerSound(4, BRANCH_MS));
  });
  expect(failures).toContainEqual('wrong sound: 0 3 4 instead of 0 3 5');
});
