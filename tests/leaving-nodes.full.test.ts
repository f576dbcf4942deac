import { CalendarSchema, nationalDigits, WEEKDAYS } from '@madoguchi/flow';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ReceivedTextSchema } from '../packages/server/src/sms/index.ts';
import { afterMarker, HEARING_LIMIT_MS, pauseUntil, soundOfCall, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { inboxOf, summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow, sayMarker, textPrompt } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const MOBILE = '0725000161';
const CALL_BACK = '0725000162';
const QUESTIONS = '0725000163';
const SILENT = '0725000164';
const TextsSchema = z.object({ texts: z.array(ReceivedTextSchema) });

/** Markers of the ways that a call can take, then those of what is said on the way, one set for each number. */
const [DONE, WRONG, NONE, NOT_SENT] = [1, 2, 3, 4] as const;
const NOT_MOBILE = 5;
const [NOT_DIALABLE, ASK_TIME, ACCEPTED] = [5, 6, 7] as const;
const [SECOND, WRONG_KEY, THANKS] = [5, 6, 7] as const;
const FIRST = '一つ目の質問です。';
const ways = { done: sayMarker(DONE, 'end'), none: sayMarker(NONE, 'end'), end: END };
const wrongWay = { wrong: sayMarker(WRONG, 'end') };
/** A number that is not confirmed is read back again: on a machine that does other things as well a caller may miss a syllable. */
const patient = { noneRetries: 5, firstDigitTimeoutMs: 4_000 };

/** On a machine that does other things as well. */
vi.setConfig({ testTimeout: 240_000 });

let under: HouseUnderTest;
let sounds: PromptSounds;

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  // What is not named is said as staff find it when they put the node into a flow.
  await under.serve(
    MOBILE,
    oneFlow('mobile', {
      first: sayMarker(0, 'ask'),
      ask: {
        kind: 'askMobileNumber',
        title: '携帯番号',
        readBack: textPrompt('{{mobileNumber}}でよろしければ1を押してください。'),
        notMobile: markerPrompt(NOT_MOBILE),
        ...patient,
        next: { next: 'sms', wrong: 'wrong', none: 'none' },
      },
      sms: {
        kind: 'sms',
        title: 'ご案内',
        to: { type: 'variable', name: 'mobileNumber' },
        text: '必要な書類のご案内です。',
        next: { accepted: 'done', notMobile: 'notSent', refused: 'notSent', unknown: 'notSent' },
      },
      notSent: sayMarker(NOT_SENT, 'end'),
      ...wrongWay,
      ...ways,
    }),
  );
  const always = [{ from: '00:00', to: '24:00' }];
  await under.serve(
    CALL_BACK,
    oneFlow('call-back', {
      first: sayMarker(0, 'request'),
      request: {
        kind: 'callBackRequest',
        title: '折り返し',
        prompt: textPrompt('折り返しお電話します。'),
        offer: textPrompt('{{callBackNumber}}でよろしければ1を押してください。'),
        notDialable: markerPrompt(NOT_DIALABLE),
        ...patient,
        times: [
          { key: '1', label: '午前中' },
          { key: '2', label: '午後' },
        ],
        timePrompt: markerPrompt(ASK_TIME),
        accepted: markerPrompt(ACCEPTED),
        next: { accepted: 'done', wrong: 'wrong', none: 'none' },
      },
      ...wrongWay,
      ...ways,
    }),
    {
      calendar: CalendarSchema.parse({
        id: 'always',
        name: '終日',
        weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, always])),
        holidays: { rule: { type: 'asUsual' } },
      }),
    },
  );
  const choices = [
    { key: '1', label: 'はい' },
    { key: '2', label: 'いいえ' },
  ];
  const asking = {
    kind: 'questionnaire',
    title: 'アンケート',
    questions: [
      { id: 'counter', prompt: textPrompt(FIRST), choices },
      { id: 'again', prompt: markerPrompt(SECOND), choices },
    ],
    wrongKey: markerPrompt(WRONG_KEY),
    thanks: markerPrompt(THANKS),
    timeoutMs: 30_000,
    next: { next: 'done', none: 'none' },
  };
  await under.serve(QUESTIONS, oneFlow('questions', { first: sayMarker(0, 'asking'), asking, ...ways }));
  await under.serve(
    SILENT,
    oneFlow('silent', {
      first: sayMarker(0, 'asking'),
      asking: {
        ...asking,
        questions: asking.questions.slice(1),
        noKey: markerPrompt(WRONG_KEY),
        timeoutMs: 1_000,
      },
      ...ways,
    }),
  );
}, 240_000);

afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

/** A caller at the question that follows marker 0; without a number he withholds it (RFC 3323). */
async function atQuestion(to: string, from: string | null): Promise<PlacedCall> {
  const server = { host: '127.0.0.1', port: under.house.sipPort };
  const call =
    from === null
      ? await under.citizen.call({ to, from: '09000000160', privacy: 'id', server })
      : await under.call(to, from);
  await afterMarker(call, 0, 1_000);
  return call;
}

/** @returns time of the call's clock at which the last key was let go. */
async function keyIn(call: PlacedCall, digits: string): Promise<number> {
  return (await call.pressAll(digits)).at(-1)?.endedAtMs ?? 0;
}

/** What the SMSC put together for this telephone. */
async function textsTo(number: string): Promise<readonly string[]> {
  const reply = await fetch(`${under.house.smscUrl}/texts?limit=10000`);
  const { texts } = TextsSchema.parse(await reply.json());
  return texts
    .filter(({ to }) => nationalDigits(to.startsWith('81') ? `+${to}` : to) === number)
    .map(({ text }) => text);
}

const readBack = (name: string, number: string, rest: string) =>
  sounds.of([
    { type: 'value', name, text: number, readAs: 'telephone' },
    { type: 'fixed', text: rest },
  ]);

/** Between the pieces of one announcement, on a machine that has other things to do. */
const GAPS_SAMPLES = 8 * 1_000;
/** Catches hanging only: a number is read back up to six times. */
const HEARS_LIMIT_MS = 150_000;

/**
 * Waits until the caller has heard these pieces one after another, each whole, in the samples from `from` on; they may be said again until
 * then. Each look goes on where the last one ended: looking through all that was heard would make a busy machine busier still.
 */
async function hears(call: PlacedCall, pieces: readonly Int16Array[], from = 0): Promise<void> {
  const wholeSamples = pieces.reduce((sum, piece) => sum + piece.length, GAPS_SAMPLES);
  let next = from;
  await until(
    'what is said to the caller',
    async () => {
      await pauseUntil(call, call.nowMs + 500);
      const heard = call.heard();
      const unseen = heard.slice(next);
      if (unseen.length < wholeSamples - GAPS_SAMPLES) return false;
      next = Math.max(next, heard.length - wholeSamples);
      return (await sounds.timesHeard(unseen, pieces)).length > 0;
    },
    HEARS_LIMIT_MS,
  );
}

const confirmed = (number: string) => readBack('mobileNumber', number, 'でよろしければ1を押してください。');

/** The records of a call once it has ended, with what it left in the inbox. */
async function ended(call: PlacedCall) {
  const { db } = under.database;
  const { call_id, outcome } = await summaryOf(db, call.sipCallId, { ended: true });
  return { outcome, callId: call_id, inbox: await inboxOf(db, call_id) };
}

async function answersOf(callId: string) {
  return await under.database.db
    .selectFrom('call_answer')
    .select(['bundle_id', 'node_id', 'question_id', 'key', 'label'])
    .where('call_id', '=', callId)
    .orderBy('seq')
    .execute();
}

test.concurrent.each([
  ['from a landline', '0265000161', '09000000161'],
  ['who withholds the number', null, '09000000162'],
])(
  'a caller %s keys in a mobile number, hears it read back and gets the text there once it is confirmed',
  async (_, from, mobile) => {
    const call = await atQuestion(MOBILE, from);
    await call.pressAll(mobile);
    await hears(call, await confirmed(mobile));
    expect(await textsTo(mobile)).toEqual([]);
    await call.press('1');
    await soundOfCall(call);
    expect(wayOf(call)).toEqual([0, DONE]);
    expect(await textsTo(mobile)).toEqual(['必要な書類のご案内です。']);
    expect((await ended(call)).outcome).toBe('sms');
  },
);

test.concurrent('a caller from a mobile telephone gets the text without a question', async () => {
  const call = await under.call(MOBILE, '09000000163');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, DONE]);
  expect(await textsTo('09000000163')).toHaveLength(1);
});

test.concurrent('after three numbers that are no mobile telephones the caller is not asked again and no text goes out', async () => {
  const call = await atQuestion(MOBILE, '0265000164');
  for (const digits of ['0265000164#', '05000000164']) {
    await afterMarker(call, NOT_MOBILE, 200, await keyIn(call, digits));
  }
  await call.pressAll('110#');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, NOT_MOBILE, NOT_MOBILE, WRONG]);
  for (const number of ['0265000164', '05000000164', '110']) expect(await textsTo(number)).toEqual([]);
  expect((await ended(call)).outcome).toBe('announcement');
});

test.concurrent('who hangs up before he confirms the number gets no text', async () => {
  const call = await atQuestion(MOBILE, '0265000165');
  await call.pressAll('09000000165');
  await hears(call, await confirmed('09000000165'));
  await call.hangUp();
  expect((await ended(call)).outcome).toBe('abandoned');
  expect(await textsTo('09000000165')).toEqual([]);
});

test.concurrent('a caller confirms his own number, chooses a time, is told that staff will call, and lies in the inbox', async () => {
  const call = await atQuestion(CALL_BACK, '09000000171');
  await hears(call, await readBack('callBackNumber', '09000000171', 'でよろしければ1を押してください。'));
  await call.press('1');
  await afterMarker(call, ASK_TIME);
  await call.press('2');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, ASK_TIME, ACCEPTED, DONE]);
  const { outcome, callId, inbox } = await ended(call);
  expect(outcome).toBe('callBack');
  expect(inbox).toMatchObject([
    {
      item_id: expect.stringMatching(new RegExp(`^${callId}-\\d+$`)),
      kind: 'callBack',
      phone_number: CALL_BACK,
      call_back_number: '09000000171',
      wished_time: '午後',
      state: 'open',
    },
  ]);
  // By the calendar of the number, which closes at midnight; without one it would be 24 hours to the second.
  expect(inbox[0]?.due_at.toISOString()).toMatch(/T15:00:00\.000Z$/);
});

test.concurrent('a caller who withholds the number is called back at the one that he keys in; an emergency number is not taken', async () => {
  const call = await atQuestion(CALL_BACK, null);
  await afterMarker(call, NOT_DIALABLE, 200, await keyIn(call, '119#'));
  await call.pressAll('0265000172#');
  await hears(
    call,
    await readBack('callBackNumber', '0265000172', 'でよろしければ1を、押し直す場合は2を押してください。'),
  );
  await call.press('1');
  await afterMarker(call, ASK_TIME);
  await call.press('1');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, NOT_DIALABLE, ASK_TIME, ACCEPTED, DONE]);
  expect((await ended(call)).inbox).toMatchObject([
    { call_back_number: '0265000172', wished_time: '午前中' },
  ]);
});

test.concurrent('who hangs up before he has chosen a time asked for nothing', async () => {
  const call = await atQuestion(CALL_BACK, '09000000173');
  await call.press('1');
  await afterMarker(call, ASK_TIME);
  await call.hangUp();
  expect(await ended(call)).toMatchObject({ outcome: 'abandoned', inbox: [] });
});

test.concurrent('who hangs up in the words of confirmation is called all the same', async () => {
  const call = await atQuestion(CALL_BACK, '09000000174');
  await call.press('1');
  await afterMarker(call, ASK_TIME);
  await call.press('1');
  await call.waitForTone({ marker: ACCEPTED }, { timeoutMs: HEARING_LIMIT_MS });
  await call.hangUp();
  const { outcome, inbox } = await ended(call);
  expect(outcome).toBe('callBack');
  expect(inbox).toHaveLength(1);
});

test.concurrent('questions are answered by one key each; a wrong key is told and asked again; the answers are in the records', async () => {
  const call = await atQuestion(QUESTIONS, '09000000181');
  const first = await sounds.of(FIRST);
  await hears(call, first);
  const from = call.heard().length;
  await call.press('#');
  await hears(call, first, from);
  await call.press('2');
  await afterMarker(call, SECOND, 200);
  const mistake = await call.press('7');
  await afterMarker(call, SECOND, 200, mistake.endedAtMs);
  await call.press('1');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, SECOND, WRONG_KEY, SECOND, THANKS, DONE]);
  const { callId } = await ended(call);
  const place = { bundle_id: 'questions', node_id: 'asking' };
  expect(await answersOf(callId)).toEqual([
    { ...place, question_id: 'counter', key: '2', label: 'いいえ' },
    { ...place, question_id: 'again', key: '1', label: 'はい' },
  ]);
});

test.concurrent('who presses nothing hears the question twice, is not thanked and goes a way of his own', async () => {
  const call = await under.call(SILENT, '09000000182');
  await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, SECOND, WRONG_KEY, SECOND, NONE]);
  const { callId } = await ended(call);
  expect((await answersOf(callId)).map(({ question_id, key }) => [question_id, key])).toEqual([
    ['again', null],
  ]);
});

test.concurrent('who hangs up at the second question has answered the first only', async () => {
  const call = await atQuestion(QUESTIONS, '09000000183');
  await call.press('1');
  await afterMarker(call, SECOND);
  await call.hangUp();
  const { outcome, callId } = await ended(call);
  expect(outcome).toBe('abandoned');
  expect((await answersOf(callId)).map(({ question_id, key }) => [question_id, key])).toEqual([
    ['counter', '1'],
  ]);
});

test('a request that was made when the controlling process dies stays the only one, and the caller hears its confirmation', async () => {
  const call = await atQuestion(CALL_BACK, '09000000175');
  await call.press('1');
  await afterMarker(call, ASK_TIME);
  await call.press('1');
  await call.waitForTone({ marker: ACCEPTED }, { timeoutMs: HEARING_LIMIT_MS });
  const { call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: false });
  await until('the request', async () => (await inboxOf(under.database.db, call_id)).length > 0);
  await under.kill('calls');
  await soundOfCall(call);
  expect(wayOf(call).at(-1)).toBe(DONE);
  const { outcome, inbox } = await ended(call);
  expect(outcome).toBe('callBack');
  expect(inbox).toHaveLength(1);
});
