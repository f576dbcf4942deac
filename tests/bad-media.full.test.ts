import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { afterMarker, HEARING_LIMIT_MS, wayOf } from './setup/caller-acts.ts';
import { engineEmpty, telephoneParts } from './setup/engine-state.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { END, markerPrompt, oneFlow, sayMarker } from './setup/test-flows.ts';

const NUMBER = '0725000211';
/** 0 and 1 are announced, 2 asks for a key, 3 follows key 2. */
const [FIRST, , ASKS, CHOSEN] = [0, 1, 2, 3] as const;
const WHOLE_WAY = [0, 1, 2, 3];
const PACKETS_A_SECOND = 20_000;
const FLOOD_MS = 3_000;
/** Of them this many must have gone out, also of a machine that does other things as well. */
const FLOOD_AT_LEAST = 5_000;
const MOST_GROWTH_BYTES = 64 * 2 ** 20;

vi.setConfig({ testTimeout: 240_000 });

const run = promisify(execFile);
let under: HouseUnderTest;

beforeAll(async () => {
  under = await startHouseUnderTest();
  await under.serve(
    NUMBER,
    oneFlow('bad-media', {
      first: sayMarker(FIRST, 'second'),
      second: sayMarker(1, 'menu'),
      menu: {
        kind: 'menu',
        title: 'ご用件',
        prompt: markerPrompt(ASKS),
        choices: [{ key: '1' }, { key: '2' }],
        timeoutMs: 30_000,
        next: { 'key:1': 'end', 'key:2': 'chosen', wrongKey: 'end', noKey: 'end' },
      },
      chosen: sayMarker(CHOSEN, 'end'),
      end: END,
    }),
  );
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

/** Prompts are heard whole and a key counts, whatever reaches the call's port from the first prompt on. */
async function survives(trouble: (call: PlacedCall) => Promise<void>): Promise<void> {
  const parts = telephoneParts(under);
  const call = await under.call(NUMBER);
  await call.waitForTone({ marker: FIRST }, { timeoutMs: HEARING_LIMIT_MS });
  const troubled = trouble(call);
  await afterMarker(call, ASKS);
  await call.press('2');
  await troubled;
  expect((await call.ended).by).toBe('them');
  expect(wayOf(call)).toEqual(WHOLE_WAY);
  expect(call.rtpStats().lost).toBe(0);
  expect(telephoneParts(under)).toEqual(parts);
  await engineEmpty(under);
}

async function engineBytes(): Promise<number> {
  const status = await readFile(`/proc/${under.house.part('asterisk')?.pid}/status`, 'utf8');
  return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]);
}

async function flood(kind: 'noise' | 'sound', port: number, perSecond = PACKETS_A_SECOND): Promise<number> {
  const script = join(import.meta.dirname, 'setup/flood.ts');
  const args = [script, port, kind, perSecond, FLOOD_MS].map(String);
  return Number((await run(process.execPath, args)).stdout);
}

test.each([['noise'], ['sound']] as const)(
  'a flood of packets from elsewhere (%s) takes from a caller neither prompts nor keys, and little memory',
  async (kind) => {
    const before = await engineBytes();
    await survives(async (call) => {
      const port = call.soundGoesTo?.port ?? 0;
      expect(await flood(kind, port)).toBeGreaterThan(FLOOD_AT_LEAST);
    });
    expect((await engineBytes()) - before).toBeLessThan(MOST_GROWTH_BYTES);
  },
);

test('a flood on the port of the reports beside it disturbs nobody', async () => {
  await survives(async (call) => {
    const port = (call.soundGoesTo?.port ?? 0) + 1;
    expect(await flood('noise', port)).toBeGreaterThan(FLOOD_AT_LEAST);
  });
});

/** One of them every 20 ms for 3 s. */
async function slipIn(call: PlacedCall, payloadType: number, payload: Buffer): Promise<void> {
  for (let at = 0; at < 150; at++) {
    call.slipIn(payloadType, payload);
    await pause(20);
  }
}

const PCMU = 0;
const COMFORT_NOISE = 13;
const UNKNOWN = 77;
const KEYS = 101;
test.each([
  ['a header and nothing else', PCMU, Buffer.alloc(0)],
  ['a sound of zeros', PCMU, Buffer.alloc(160)],
  ['half a sample of video', UNKNOWN, Buffer.alloc(1_200, 7)],
  ['comfort noise (RFC 3389)', COMFORT_NOISE, Buffer.from([0x40])],
  ['comfort noise without a level', COMFORT_NOISE, Buffer.alloc(0)],
  ['a key without a key', KEYS, Buffer.alloc(0)],
  ['a key that no telephone has', KEYS, Buffer.from([200, 0x0a, 0, 160])],
] as const)('a call goes on through packets that hold %s', async (_, payloadType, payload) => {
  await survives((call) => slipIn(call, payloadType, payload));
});

test.each([
  ['another source', { newSource: true }],
  ['another source with other numbers', { newSource: true, sequence: 30_000, timestamp: 2 ** 31 }],
  ['numbers that leap ahead', { sequence: 20_000, timestamp: 20_000 * 160 }],
  ['numbers that leap back', { sequence: -5_000, timestamp: -5_000 * 160 }],
  ['a time that leaps alone', { timestamp: 2 ** 30 }],
] as const)('a call goes on, and its keys count, after its sound became one of %s', async (_, jump) => {
  await survives(async (call) => {
    call.jump(jump);
  });
});

test('a caller whose telephone sends no sound at all hears everything', async () => {
  const server = { host: '127.0.0.1', port: under.house.sipPort };
  const call = await under.citizen.call({ to: NUMBER, from: '09000000002', server, noRtp: true });
  await afterMarker(call, ASKS);
  expect(wayOf(call)).toEqual([0, 1, 2]);
  await call.hangUp();
  await engineEmpty(under);
});
