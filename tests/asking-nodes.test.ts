import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { afterMarker, pauseUntil, soundOfCall, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { branchCounts, summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker, sayText, textPrompt } from './setup/test-flows.ts';

const MENU = '0725000102';
const AHEAD = '0725000103';
const DIGITS = '0725000104';
const DIGITS_AHEAD = '0725000106';
const COUNTED = '0725000105';

const BEFORE = 'お急ぎの方は、案内の途中でも、ご用件の番号を押してください。窓口は二階です。';
const ASK = '保険証は1を、保険料は2を押してください。';
const WRONG = '押された番号が違います。';
const NONE = '入力がありませんでした。';
const SHORT = '桁数が足りません。';

/** Keys 1 and 2 lead to the markers 1 and 2, a second mistake to 3, silence to 4; 9 asks again. */
const menu = {
  kind: 'menu',
  title: 'ご用件',
  prompt: textPrompt(ASK),
  choices: [{ key: '1' }, { key: '2' }],
  repeatKey: '9',
  wrongKey: { retries: 1, prompt: textPrompt(WRONG) },
  noKey: { retries: 1, prompt: textPrompt(NONE) },
  timeoutMs: 4_000,
  next: { 'key:1': 'one', 'key:2': 'two', wrongKey: 'wrong', noKey: 'none' },
};
const digits = {
  number: {
    kind: 'digits',
    title: 'お客様番号',
    prompt: textPrompt('お客様番号を押してください。'),
    variable: 'customer',
    minLengthDigits: 4,
    maxLengthDigits: 6,
    endKey: '#',
    interDigitTimeoutMs: 2_000,
    readBack: { prompt: textPrompt('{{customer}}でよろしければ1を押してください。') },
    wrong: { retries: 1, prompt: textPrompt(SHORT) },
    next: { next: 'whose', wrong: 'wrong', none: 'none' },
  },
  whose: {
    kind: 'variableCondition',
    title: '番号の種類',
    variable: 'customer',
    cases: [{ id: 'ours', test: { op: 'startsWith', value: '12' } }],
    next: { ours: 'one', else: 'two' },
  },
};
const ways = {
  one: sayMarker(1, 'end'),
  two: sayMarker(2, 'end'),
  wrong: sayMarker(3, 'end'),
  none: sayMarker(4, 'end'),
  end: END,
};

let under: HouseUnderTest;
let sounds: PromptSounds;

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  await under.serve(MENU, oneFlow('menu', { first: sayMarker(0, 'menu'), menu, ...ways }));
  await under.serve(COUNTED, oneFlow('counted', { first: sayMarker(0, 'menu'), menu, ...ways }));
  await under.serve(
    AHEAD,
    oneFlow('ahead', {
      first: sayMarker(0, 'loose'),
      loose: sayText(BEFORE, { interruptible: true }, 'menu'),
      menu,
      ...ways,
    }),
  );
  await under.serve(DIGITS, oneFlow('digits', { first: sayMarker(0, 'number'), ...digits, ...ways }));
  const loose = sayText(BEFORE, { interruptible: true }, 'number');
  await under.serve(DIGITS_AHEAD, oneFlow('digits-ahead', { loose, ...digits, ...ways }));
}, 240_000);

afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

/** A caller at the question that follows marker 0. */
async function atQuestion(number: string, from?: string): Promise<PlacedCall> {
  const call = await under.call(number, from);
  await afterMarker(call, 0, 1_000);
  return call;
}

test.concurrent('a key pressed in the announcement before a menu is the choice: the menu is not said any more', async () => {
  const call = await atQuestion(AHEAD);
  await call.press('2');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, 2]);
  expect(await sounds.timesHeard(heard, await sounds.of(ASK))).toHaveLength(0);
});

test.concurrent('a key pressed right after the answer counts, though it cannot stop the first announcement', async () => {
  const call = await under.call(MENU);
  await call.answered;
  await call.press('2');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, 2]);
  expect(await sounds.timesHeard(heard, await sounds.of(ASK))).toHaveLength(0);
});

test.concurrent('the time between two digits counts from digit to digit, not from the first one', async () => {
  const confirm = await readBack('120345');
  const call = await atQuestion(DIGITS);
  for (const key of '12034') {
    const { endedAtMs } = await call.press(key);
    // Two seconds are given for each.
    await pauseUntil(call, endedAtMs + 700);
  }
  await call.press('5');
  await sounds.heardToEnd(call, confirm);
  await call.press('1');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, 1]);
});

test.concurrent('a practised caller keys everything ahead, the confirmation too', async () => {
  const call = await under.call(DIGITS_AHEAD);
  await call.answered;
  await call.pressAll('1203#1', { durationMs: 60, gapMs: 60 });
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([1]);
  expect(await sounds.timesHeard(heard, await readBack('1203'))).toHaveLength(0);
});

test.concurrent('a key of the menu leads to its way and to no other', async () => {
  const call = await atQuestion(MENU);
  await call.press('2');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, 2]);
});

test.concurrent('a wrong key is told and asked again, and after the set number of times the call goes the way of mistakes', async () => {
  const [wrong, ask] = await Promise.all([sounds.of(WRONG), sounds.of(ASK)]);
  const call = await atQuestion(MENU);
  const { endedAtMs } = await call.press('5');
  await sounds.heardToEnd(call, ask, endedAtMs);
  await call.press('0');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, 3]);
  expect(await sounds.timesHeard(heard, wrong)).toHaveLength(1);
  // The first time it was cut short by the key.
  expect(await sounds.timesHeard(heard, ask)).toHaveLength(1);
});

test.concurrent('a caller who presses nothing is asked again, then goes the way of silence', async () => {
  const call = await under.call(MENU);
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, 4]);
  expect(await sounds.timesHeard(heard, await sounds.of(ASK))).toHaveLength(2);
  expect(await sounds.timesHeard(heard, await sounds.of(NONE))).toHaveLength(1);
});

test.concurrent('the key for hearing the menu again repeats it as often as one likes, without counting as a mistake', async () => {
  const ask = await sounds.of(ASK);
  const call = await under.call(MENU);
  await afterMarker(call, 0);
  let pressedAtMs = 0;
  for (const key of ['9', '9', '9', '1']) {
    await sounds.heardToEnd(call, ask, pressedAtMs);
    pressedAtMs = (await call.press(key)).endedAtMs;
  }
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, 1]);
  expect(await sounds.timesHeard(heard, ask)).toHaveLength(4);
  expect(await sounds.timesHeard(heard, await sounds.of(WRONG))).toHaveLength(0);
});

const readBack = (customer: string) =>
  sounds.of([
    { type: 'value', name: 'customer', text: customer, readAs: 'digits' },
    { type: 'fixed', text: 'でよろしければ1を押してください。' },
  ]);

test.concurrent('keyed digits are read back, can be keyed again, and decide the way once they are confirmed', async () => {
  const [first, second] = await Promise.all([readBack('1234'), readBack('567890')]);
  const call = await atQuestion(DIGITS);
  await call.pressAll('1234#');
  await sounds.heardToEnd(call, first);
  const { endedAtMs } = await call.press('2');
  // Six are the most it takes: no end key is needed.
  await call.pressAll('567890');
  await sounds.heardToEnd(call, second, endedAtMs);
  await call.press('1');
  const heard = await soundOfCall(call);
  expect(await sounds.timesHeard(heard, first)).toHaveLength(1);
  expect(await sounds.timesHeard(heard, second)).toHaveLength(1);
  expect(wayOf(call)).toEqual([0, 2]);
});

test.concurrent('too few digits are told; digits without the end key count once the caller pauses', async () => {
  const [short, confirm] = await Promise.all([sounds.of(SHORT), readBack('1203')]);
  const call = await atQuestion(DIGITS);
  await call.pressAll('12#');
  await sounds.heardToEnd(call, short);
  await call.pressAll('1203');
  await sounds.heardToEnd(call, confirm);
  await call.press('1');
  const heard = await soundOfCall(call);
  expect(await sounds.timesHeard(heard, short)).toHaveLength(1);
  expect(await sounds.timesHeard(heard, confirm)).toHaveLength(1);
  expect(wayOf(call)).toEqual([0, 1]);
});

test.concurrent('a second mistake in keying goes the way of mistakes', async () => {
  const short = await sounds.of(SHORT);
  const call = await atQuestion(DIGITS);
  await call.pressAll('12#');
  await sounds.heardToEnd(call, short);
  await call.press('*');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, 3]);
});

test.concurrent('the counts of branches agree with the calls that were made', async () => {
  const { db } = under.database;
  const calls = await Promise.all(
    ['2', '1', '2', null].map(async (key, nth) => {
      const call = await atQuestion(COUNTED, `0900000011${nth}`);
      if (key === null) await call.hangUp();
      else await call.press(key);
      await call.ended;
      return call;
    }),
  );
  const outcomes = [];
  for (const call of calls) outcomes.push((await summaryOf(db, call.sipCallId, { ended: true })).outcome);
  expect(outcomes).toEqual(['announcement', 'announcement', 'announcement', 'abandoned']);
  expect(await branchCounts(db, 'counted')).toEqual({
    'first next': 4,
    'menu key:1': 1,
    'menu key:2': 2,
    'one next': 1,
    'two next': 2,
    'end end': 3,
  });
});
