import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Arrivals } from './arrivals.ts';
import { placeOnTimeLine } from './receivedSound.ts';

function packet(number: number, more: { marker?: boolean; ssrc?: number; extraSamples?: number } = {}) {
  return {
    payloadType: 0,
    marker: more.marker ?? false,
    sequence: (65530 + number) & 0xffff,
    timestamp: (4294967000 + number * 160 + (more.extraSamples ?? 0)) >>> 0,
    ssrc: more.ssrc ?? 1,
    payload: Buffer.alloc(160, 0x80),
  };
}

test('lost, doubled and overtaken packets are each counted once, over the wrap of the numbers', () => {
  const arrivals = new Arrivals();
  for (const number of [0, 1, 2, 2, 4, 3, 6, 7, 8, 9, 10]) arrivals.count(packet(number), number * 20, true);
  expect(arrivals.stats).toMatchObject({
    expected: 11,
    received: 10,
    lost: 1,
    duplicates: 1,
    reordered: 1,
    ssrcChanges: 0,
  });
});

test('whatever the order of arrival, received plus lost is what the sender sent between first and last', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 }), (numbers) => {
      const arrivals = new Arrivals();
      numbers.forEach((number, at) => {
        arrivals.count(packet(number), at * 20, true);
      });
      const { expected, received, lost, duplicates } = arrivals.stats;
      expect(received).toBe(numbers.length);
      expect(expected).toBe(Math.max(...numbers) - Math.min(...numbers) + 1);
      expect(lost).toBe(expected - received);
      expect(duplicates).toBe(0);
    }),
  );
});

test('a gap in running sound counts, a pause that the sender declared does not', () => {
  const arrivals = new Arrivals();
  arrivals.count(packet(0), 0, true);
  arrivals.count(packet(1), 20, true);
  arrivals.count(packet(2), 120, true);
  arrivals.count(packet(3, { marker: true, extraSamples: 8000 }), 1200, true);
  expect(arrivals.stats).toMatchObject({ maxGapMs: 100, gapsOver60Ms: 1, lateOver60Ms: 1, maxPauseMs: 1080 });
});

test('sound lies on the time line where its timestamps say, also after a hold-up, and anew after a pause', () => {
  const at = (number: number, arrivalMs: number, more = {}) => {
    const { ssrc, timestamp, payloadType, payload } = packet(number, more);
    return { arrivalMs, ssrc, sequence: number + 10, timestamp, payloadType, payload };
  };
  const delayed = (number: number) => (number < 2 ? 0 : Math.max(0, 440 - (100 + number * 20)));
  const heldUp = placeOnTimeLine(
    Array.from({ length: 40 }, (_, number) => at(number, 100 + number * 20 + delayed(number))),
  );
  expect(heldUp.length).toBe((100 + 40 * 20) * 8);
  expect(heldUp.subarray(800).every((sample) => sample !== 0)).toBe(true);
  const packets = Array.from({ length: 60 }, (_, number) =>
    at(number, number < 30 ? number * 20 : 1000 + number * 20),
  );
  const paused = placeOnTimeLine(packets);
  expect(paused[599 * 8]).not.toBe(0);
  expect(paused[700 * 8]).toBe(0);
  expect(paused.length).toBe(2200 * 8);
});

test('words stay whole on the time line when a busy sender falls behind little by little', () => {
  // 100 ms later every tenth packet: 600 ms in the end, as from an engine on a machine without a core to spare.
  const line = placeOnTimeLine(
    Array.from({ length: 60 }, (_, number) => {
      const { ssrc, timestamp, payloadType, payload } = packet(number);
      const arrivalMs = number * 20 + Math.floor(number / 10) * 100;
      return { arrivalMs, ssrc, sequence: number + 10, timestamp, payloadType, payload };
    }),
  );
  expect(line.length).toBe(60 * 160);
  expect(line.every((sample) => sample !== 0)).toBe(true);
});
