import { CalendarSchema, nationalDigits, WEEKDAYS } from '@madoguchi/flow';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ReceivedTextSchema } from '../packages/server/src/sms/index.ts';
import { afterMarker, soundOfCall, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { inboxOf, summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker, textPrompt } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const MOBILE = '0725000161';
const CALL_BACK = '0725000162';
const QUESTIONS = '0725000163';
const SILENT = '0725000164';
const TextsSchema = z.object({ texts: z.array(ReceivedTextSchema) });

/** Markers of the ways that a call can take. */
const [DONE, WRONG, NONE, NOT_SENT] = [1, 2, 3, 4] as const;
const ways = { done: sayMarker(DONE, 'end'), none: sayMarker(NONE, 'end'), end: END };
const wrongWay = { wrong: sayMarker(WRONG, 'end') };

const NOT_MOBILE = '携帯電話の番号ではないようです。';
const NOT_DIALABLE = 'その番号にはおかけできません。';
const ASK_NUMBER = 'おかけする番号を押してください。';
const ASK_TIME = '午前中は1を、午後は2を押してください。';
const ACCEPTED = '折り返しのご依頼を承りました。';
const FIRST = '満足の方は1を、不満の方は2を押してください。';
const SECOND = 'また使う方は1を押してください。';
const WRONG_KEY = '押された番号が違います。';
const THANKS = 'ご回答いただき、ありがとうございました。';

let under: HouseUnderTest;
let sounds: PromptSounds;

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  // All else is said as staff find it when they put the node into a flow.
  await under.serve(
    MOBILE,
    oneFlow('mobile', {
      first: sayMarker(0, 'ask'),
      ask: {
        kind: 'askMobileNumber',
        title: '携帯番号',
        notMobile: textPrompt(NOT_MOBILE),
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
        ask: textPrompt(ASK_NUMBER),
        notDialable: textPrompt(NOT_DIALABLE),
        times: [
          { key: '1', label: '午前中' },
          { key: '2', label: '午後' },
        ],
        timePrompt: textPrompt(ASK_TIME),
        accepted: textPrompt(ACCEPTED),
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
      { id: 'again', prompt: textPrompt(SECOND), choices },
    ],
    wrongKey: textPrompt(WRONG_KEY),
    thanks: textPrompt(THANKS),
    next: { next: 'done', none: 'none' },
  };
  await under.serve(QUESTIONS, oneFlow('questions', { first: sayMarker(0, 'asking'), asking, ...ways }));
  await under.serve(
    SILENT,
    oneFlow('silent', {
      first: sayMarker(0, 'asking'),
      asking: { ...asking, questions: asking.questions.slice(1), timeoutMs: 1_000 },
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
const confirmed = (number: string) =>
  readBack('mobileNumber', number, 'でよろしければ1を、押し直す場合は2を押してください。');

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
    const said = await confirmed(mobile);
    await sounds.heardToEnd(call, said);
    expect(await textsTo(mobile)).toEqual([]);
    await call.press('1');
    const heard = await soundOfCall(call);
    expect(wayOf(call)).toEqual([0, DONE]);
    expect(await sounds.timesHeard(heard, said)).toHaveLength(1);
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
  const told = await sounds.of(NOT_MOBILE);
  const call = await atQuestion(MOBILE, '0265000164');
  for (const digits of ['0265000164#', '05000000164']) {
    await sounds.heardToEnd(call, told, await keyIn(call, digits));
  }
  await call.pressAll('110#');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, WRONG]);
  expect(await sounds.timesHeard(heard, told)).toHaveLength(2);
  for (const number of ['0265000164', '05000000164', '110']) expect(await textsTo(number)).toEqual([]);
  expect((await ended(call)).outcome).toBe('announcement');
});

test.concurrent('who hangs up before he confirms the number gets no text', async () => {
  const call = await atQuestion(MOBILE, '0265000165');
  await call.pressAll('09000000165');
  await sounds.heardToEnd(call, await confirmed('09000000165'));
  await call.hangUp();
  expect((await ended(call)).outcome).toBe('abandoned');
  expect(await textsTo('09000000165')).toEqual([]);
});

test.concurrent('a caller confirms his own number, chooses a time, is told that staff will call, and lies in the inbox', async () => {
  const [offer, time, accepted] = await Promise.all([
    readBack('callBackNumber', '09000000171', 'でよろしければ1を押してください。'),
    sounds.of(ASK_TIME),
    sounds.of(ACCEPTED),
  ]);
  const call = await atQuestion(CALL_BACK, '09000000171');
  await sounds.heardToEnd(call, offer);
  const { endedAtMs } = await call.press('1');
  await sounds.heardToEnd(call, time, endedAtMs);
  await call.press('2');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, DONE]);
  expect(await sounds.timesHeard(heard, offer)).toHaveLength(1);
  expect(await sounds.timesHeard(heard, accepted)).toHaveLength(1);
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
  const told = await sounds.of(NOT_DIALABLE);
  const repeated = await readBack(
    'callBackNumber',
    '0265000172',
    'でよろしければ1を、押し直す場合は2を押してください。',
  );
  const time = await sounds.of(ASK_TIME);
  const call = await atQuestion(CALL_BACK, null);
  await call.pressAll('119#');
  await sounds.heardToEnd(call, told);
  await sounds.heardToEnd(call, repeated, await keyIn(call, '0265000172#'));
  const confirm = await call.press('1');
  await sounds.heardToEnd(call, time, confirm.endedAtMs);
  await call.press('1');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, DONE]);
  expect(await sounds.timesHeard(heard, repeated)).toHaveLength(1);
  expect((await ended(call)).inbox).toMatchObject([
    { call_back_number: '0265000172', wished_time: '午前中' },
  ]);
});

test.concurrent('who hangs up before he has chosen a time asked for nothing', async () => {
  const time = await sounds.of(ASK_TIME);
  const call = await atQuestion(CALL_BACK, '09000000173');
  const { endedAtMs } = await call.press('1');
  await sounds.heardToEnd(call, time, endedAtMs);
  await call.hangUp();
  expect(await ended(call)).toMatchObject({ outcome: 'abandoned', inbox: [] });
});

test.concurrent('who hangs up in the words of confirmation is called all the same', async () => {
  const time = await sounds.of(ASK_TIME);
  const call = await atQuestion(CALL_BACK, '09000000174');
  const { endedAtMs } = await call.press('1');
  await sounds.heardToEnd(call, time, endedAtMs);
  await call.press('1');
  const { call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: false });
  await until('the request', async () => (await inboxOf(under.database.db, call_id)).length > 0);
  await call.hangUp();
  const { outcome, inbox } = await ended(call);
  expect(outcome).toBe('callBack');
  expect(inbox).toHaveLength(1);
});

test.concurrent('questions are answered by one key each; a wrong key is told and asked again; the answers are in the records', async () => {
  const [first, second, wrong, thanks] = await Promise.all([
    sounds.of(FIRST),
    sounds.of(SECOND),
    sounds.of(WRONG_KEY),
    sounds.of(THANKS),
  ]);
  const call = await atQuestion(QUESTIONS, '09000000181');
  const repeat = await call.press('#');
  await sounds.heardToEnd(call, first, repeat.endedAtMs);
  const answer = await call.press('2');
  await sounds.heardToEnd(call, second, answer.endedAtMs);
  const mistake = await call.press('7');
  await sounds.heardToEnd(call, second, mistake.endedAtMs);
  await call.press('1');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, DONE]);
  // The first time it was cut short by the key.
  expect(await sounds.timesHeard(heard, first)).toHaveLength(1);
  expect(await sounds.timesHeard(heard, second)).toHaveLength(2);
  expect(await sounds.timesHeard(heard, wrong)).toHaveLength(1);
  expect(await sounds.timesHeard(heard, thanks)).toHaveLength(1);
  const { callId } = await ended(call);
  const place = { bundle_id: 'questions', node_id: 'asking' };
  expect(await answersOf(callId)).toEqual([
    { ...place, question_id: 'counter', key: '2', label: 'いいえ' },
    { ...place, question_id: 'again', key: '1', label: 'はい' },
  ]);
});

test.concurrent('who presses nothing hears the question twice, is not thanked and goes a way of his own', async () => {
  const call = await under.call(SILENT, '09000000182');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, NONE]);
  expect(await sounds.timesHeard(heard, await sounds.of(SECOND))).toHaveLength(2);
  expect(await sounds.timesHeard(heard, await sounds.of(THANKS))).toHaveLength(0);
  const { callId } = await ended(call);
  expect((await answersOf(callId)).map(({ question_id, key }) => [question_id, key])).toEqual([
    ['again', null],
  ]);
});

test.concurrent('who hangs up at the second question has answered the first only', async () => {
  const call = await atQuestion(QUESTIONS, '09000000183');
  const { endedAtMs } = await call.press('1');
  await sounds.heardToEnd(call, await sounds.of(SECOND), endedAtMs);
  await call.hangUp();
  const { outcome, callId } = await ended(call);
  expect(outcome).toBe('abandoned');
  expect((await answersOf(callId)).map(({ question_id, key }) => [question_id, key])).toEqual([
    ['counter', '1'],
  ]);
});

test('a request that was made when the controlling process dies stays the only one, and the caller hears its confirmation', async () => {
  const [time, accepted] = await Promise.all([sounds.of(ASK_TIME), sounds.of(ACCEPTED)]);
  const call = await atQuestion(CALL_BACK, '09000000175');
  const { endedAtMs } = await call.press('1');
  await sounds.heardToEnd(call, time, endedAtMs);
  await call.press('1');
  const { call_id } = await summaryOf(under.database.db, call.sipCallId, { ended: false });
  await until('the request', async () => (await inboxOf(under.database.db, call_id)).length > 0);
  await under.kill('calls');
  const heard = await soundOfCall(call);
  expect(wayOf(call)).toEqual([0, DONE]);
  expect((await sounds.timesHeard(heard, accepted)).length).toBeGreaterThan(0);
  const { outcome, inbox } = await ended(call);
  expect(outcome).toBe('callBack');
  expect(inbox).toHaveLength(1);
});
