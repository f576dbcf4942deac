import { afterAll, beforeAll, expect, test } from 'vitest';
import { afterMarker, soundOfCall, wayOf } from './setup/caller-acts.ts';
import { CITIZEN, type HouseUnderTest, MARKER_MS, startHouseUnderTest } from './setup/house-under-test.ts';
import { lengthMs, openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker, sayText, textPrompt } from './setup/test-flows.ts';

const NUMBER = '0725000101';
const UNASSIGNED = '0725000199';

const FIXED = '国民健康保険の窓口です。この案内は、途中で止めることができません。';
const LOOSE = 'お急ぎの方は、案内の途中でも、ご用件の番号を押してください。窓口は二階です。';
const FAREWELL = 'お電話ありがとうございました。';

let under: HouseUnderTest;
let sounds: PromptSounds;

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  await under.serve(
    NUMBER,
    oneFlow('announcements', {
      first: sayMarker(1, 'fixed'),
      fixed: sayText(FIXED, { interruptible: false }, 'second'),
      second: sayMarker(2, 'loose'),
      loose: sayText(LOOSE, { interruptible: true }, 'third'),
      third: sayMarker(3, 'end'),
      end: { ...END, farewell: textPrompt(FAREWELL) },
    }),
  );
}, 240_000);

afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

test.concurrent('a caller hears every announcement as it is written, whole and in order, and a farewell at the end', async () => {
  const call = await under.call(NUMBER);
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([1, 2, 3]);
  const clips = await Promise.all([FIXED, LOOSE, FAREWELL].map((text) => sounds.of(text)));
  const times = await Promise.all(clips.map((each) => sounds.timesHeard(heard, each)));
  expect(times.map((each) => each.length)).toEqual([1, 1, 1]);
  const [fixed = 0, loose = 0, farewell = 0] = times.flat();
  const [first = 0, second = 0, third = 0] = call.heardMarkers.map(({ atMs }) => atMs);
  const inOrder = [first, fixed, second, loose, third, farewell];
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
});

test.concurrent('a key stops an announcement that may be interrupted, and does nothing to one that may not', async () => {
  const call = await under.call(NUMBER);
  await afterMarker(call, 1, 1_500);
  await call.press('5');
  await afterMarker(call, 2, 1_500);
  await call.press('5');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([1, 2, 3]);
  const [fixed, loose] = await Promise.all([sounds.of(FIXED), sounds.of(LOOSE)]);
  expect(await sounds.timesHeard(heard, fixed)).toHaveLength(1);
  expect(await sounds.timesHeard(heard, loose)).toHaveLength(0);
  // It had begun (the key before it was not kept for it), and was cut off long before its end.
  const [, second = 0, third = 0] = call.heardMarkers.map(({ atMs }) => atMs);
  const saidMs = third - second - MARKER_MS;
  expect(saidMs).toBeGreaterThan(1_400);
  expect(saidMs).toBeLessThan(lengthMs(loose) - 1_000);
});

test.concurrent('a number without a flow is answered politely and recorded', async () => {
  const call = await under.call(UNASSIGNED);
  const heard = await soundOfCall(call);
  const notice = await sounds.of(
    'おかけになった番号は、現在ご案内を行っておりません。番号をお確かめのうえ、市役所の代表番号へおかけください。',
  );
  for (const clip of notice) expect(await sounds.timesRecognised(heard, clip)).toBe(1);
  expect(await summaryOf(under.database.db, call.sipCallId, { ended: true })).toMatchObject({
    phone_number: UNASSIGNED,
    caller_number: CITIZEN,
    outcome: 'announcement',
  });
});
