import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeUlaw, markerSound } from '@madoguchi/telephony/telephone';
import { expect, test } from 'vitest';
import type { CallCourse } from './call-evidence.ts';
import type { CallPlan } from './call-plan.ts';
import { type ComposedPacket, captureFile, rtpPacket } from './compose-capture.ts';
import { hearCapture } from './hear-capture.ts';
import { judgeCall } from './judge.ts';

const PORT = 28_000;
const ENGINE = { host: '127.0.0.1', port: 24_000 };
const ORIGIN_EPOCH_MS = 1_800_000_000_123.25;
const KEY_ENDS_MS = 2_000;
const ENDS_MS = 3_000;

/** Greeting, menu until the key, its announcement: 150 packets. */
const plan: CallPlan = {
  index: 0,
  to: '0725000101',
  from: '09000000000',
  placeAtMs: 0,
  says: null,
  keys: [{ key: '2', pressAtMs: KEY_ENDS_MS }],
  sounds: [
    { marker: 0, lengthMs: 980, cutByKey: null, byStaff: false },
    { marker: 3, lengthMs: 5_000, cutByKey: 0, byStaff: false },
    { marker: 5, lengthMs: 1_000, cutByKey: null, byStaff: false },
  ],
  hangUpAtMs: null,
  steadyFromMs: 1_000,
  steadyToMs: 2_500,
  giveUpAtMs: 6_000,
};

const course: CallCourse = {
  answeredAtMs: 10,
  ended: { atMs: ENDS_MS, by: 'them' },
  keysEndedAtMs: [KEY_ENDS_MS],
  soundPort: PORT,
  soundFrom: ENGINE,
};

const payloads = new Map(
  [0, 3, 5, 6].map((marker) => [marker, Buffer.from(encodeUlaw(markerSound(marker, 20)))]),
);

/** A call as planned: a packet every 20 ms from 20 ms on. */
function wholeCall(lastMarker = 5): readonly ComposedPacket[] {
  return Array.from({ length: 148 }, (_, at) => {
    const atMs = 20 + at * 20;
    const marker = atMs < 1_000 ? 0 : atMs < KEY_ENDS_MS + 5 ? 3 : lastMarker;
    return {
      atEpochMs: ORIGIN_EPOCH_MS + atMs,
      fromPort: ENGINE.port,
      toPort: PORT,
      payload: rtpPacket(at, payloads.get(marker) ?? Buffer.alloc(0)),
    };
  });
}

async function judged(packets: readonly ComposedPacket[]) {
  const folder = await mkdtemp(join(tmpdir(), 'hear-capture-'));
  try {
    const path = join(folder, 'round.pcap');
    await writeFile(path, captureFile(packets));
    return judgeCall(plan, (await hearCapture(path, ORIGIN_EPOCH_MS, [course]))(course));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a call whose packets all came in time passes, and its key is timed by the times of the capture', async () => {
  const { failures, keyToAnnouncementMs } = await judged(wholeCall());
  expect(failures).toEqual([]);
  expect(keyToAnnouncementMs.map(Math.round)).toEqual([20]);
});

test('lost packets are seen', async () => {
  const lost = wholeCall().filter((_, at) => at !== 60 && at !== 80);
  expect((await judged(lost)).failures).toContain('lost: 146 of 148 packets that were sent');
});

test('a pause of more than 60 ms is seen, one of less is not', async () => {
  const late = (byMs: number) =>
    wholeCall().map((packet, at) => (at === 70 ? { ...packet, atEpochMs: packet.atEpochMs + byMs } : packet));
  const order = (packets: readonly ComposedPacket[]) =>
    packets.toSorted((one, other) => one.atEpochMs - other.atEpochMs);
  const held = (byMs: number) =>
    wholeCall().map((packet, at) =>
      at >= 70 && at < 80 ? { ...packet, atEpochMs: packet.atEpochMs + byMs } : packet,
    );
  expect((await judged(order(late(15)))).failures).toEqual([]);
  expect((await judged(order(held(39)))).failures).toEqual([]);
  expect((await judged(order(held(41)))).failures).toEqual([
    expect.stringContaining('pause: 61 ms within sound 3'),
  ]);
});

test('the announcement of another key is heard as such', async () => {
  expect((await judged(wholeCall(6))).failures).toContain('wrong sound: 0 3 6 instead of 0 3 5');
});

test('packets of another call, of another sender, and of the time after the end are not this call’s', async () => {
  const whole = wholeCall();
  const strange = whole
    .slice(40)
    .flatMap((packet) => [
      packet,
      { ...packet, toPort: PORT + 2 },
      { ...packet, fromPort: ENGINE.port + 2, payload: rtpPacket(9_000, payloads.get(6) ?? Buffer.alloc(0)) },
    ]);
  const after = { atEpochMs: ORIGIN_EPOCH_MS + ENDS_MS + 1, fromPort: ENGINE.port, toPort: PORT };
  const late = { ...after, payload: rtpPacket(160, payloads.get(6) ?? Buffer.alloc(0)) };
  expect((await judged([...whole.slice(0, 40), ...strange, late])).failures).toEqual([]);
});

test('a call of which nothing came has failed', async () => {
  expect((await judged([])).failures).toContain('wrong sound: nothing instead of 0 3 5');
});
