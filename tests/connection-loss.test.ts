import { setTimeout as pause } from 'node:timers/promises';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Switchboard } from '../packages/server/src/calls/switchboard.ts';
import { TestRoom } from '../packages/server/src/calls/test-switchboard.ts';
import { systemClock } from '../packages/server/src/clock.ts';
import { LineUnderTest } from '../packages/server/src/line/asterisk/line-under-test.ts';
import { cuttable } from '../packages/server/src/line/asterisk/test-cuttable.ts';
import { END, oneFlow } from './setup/test-flows.ts';

const [SPOKEN, SILENT] = ['0725000211', '0725000212'] as const;
const SOUND_MS = 2_000;
const MENU_MS = 1_000;

let world: LineUnderTest;
let room: TestRoom;
let way: Awaited<ReturnType<typeof cuttable>>;
let switchboard: Switchboard;

/** A menu that nobody answers, and what follows. */
function flowOf(bundleId: string, nodes: Readonly<Record<string, object>>) {
  const sound = { type: 'audio', audioId: 'sound', transcript: '1' };
  const menu = {
    kind: 'menu',
    title: '選択',
    prompt: sound,
    choices: [{ key: '1' }],
    timeoutMs: MENU_MS,
    wrongKey: { retries: 0 },
    noKey: { retries: 0 },
    next: { 'key:1': 'end', wrongKey: 'end', noKey: Object.keys(nodes)[0] ?? 'end' },
  };
  return oneFlow(bundleId, { menu, ...nodes, end: END });
}

beforeAll(async () => {
  world = await LineUnderTest.start();
  way = await cuttable(world.asterisk.settings.ariPort);
  world.connectThrough(way.port);
  room = await TestRoom.open();
  const say = (text: string, next: string) => ({
    kind: 'announcement',
    title: text,
    prompt: { type: 'text', text },
    interruptible: false,
    next: { next },
  });
  await room.serve(SPOKEN, flowOf('spoken', { second: say('2', 'third'), third: say('3', 'end') }));
  await room.serve(SILENT, flowOf('silent', {}));
  const sounds = await Promise.all([1, 2, 3].map((marker) => world.sound(marker, SOUND_MS)));
  switchboard = await room.switchboard(world.line, systemClock, {
    soundsFor: (parts) =>
      Promise.resolve(
        parts.map((part) => sounds[part.type === 'fixed' ? Number(part.text) - 1 : 0] ?? 'missing'),
      ),
  });
  await switchboard.start();
});

afterAll(async () => {
  await switchboard?.stop();
  await room?.close();
  await world?.close();
  await way?.close();
});

/** A caller who heard the menu and does nothing; the connection is away when his time is up. */
async function silentCaller(to: string): Promise<PlacedCall> {
  const call = await world.call({ to });
  await call.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
  // The menu has ended and its time runs.
  await pause(SOUND_MS + MENU_MS / 2);
  way.cut();
  await pause(MENU_MS * 2);
  way.mend();
  return call;
}

test('what could not be announced while the connection to Asterisk was away is announced when it is back, in full', async () => {
  const call = await silentCaller(SPOKEN);
  expect((await call.ended).by).toBe('them');
  expect(call.heardMarkers.map(({ marker }) => marker)).toEqual([1, 2, 3]);
  for (const { atMs, untilMs } of call.heardMarkers) expect(untilMs - atMs).toBeGreaterThan(SOUND_MS - 300);
});

test('a caller who could not be hung up while the connection to Asterisk was away is hung up when it is back', async () => {
  const call = await silentCaller(SILENT);
  const { by } = await Promise.race([call.ended, pause(10_000, { by: 'nobody' })]);
  expect(by).toBe('them');
});
