import { expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { KeySchema } from '../event.ts';
import { outcomeOf } from '../state.ts';
import { bundleOf, ends, runnableOf, say, surroundings } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const request = {
  kind: 'callBackRequest',
  prompt: say('折り返します。'),
  offer: say('{{callBackNumber}}へ。'),
  ask: say('番号をどうぞ。'),
  readBack: say('{{callBackNumber}}ですね。'),
  notDialable: say('かけられません。'),
  none: say('どうぞ。'),
  noneRetries: 1,
  accepted: say('承りました。'),
  next: { accepted: 'bye', wrong: 'hangUp', none: 'hangUp' },
};
const TIMES = [
  { key: '1', label: '午前中' },
  { key: '2', label: '午後' },
];
const flowOf = (changes: object = {}) => runnableOf({ request: { ...request, ...changes }, ...ends });

const WITHHELD = { callerNumber: null, callerKind: 'withheld' } as const;
const hungUp = { type: 'callerHungUp', q850Cause: 16 } as const;

function key(call: TestCall, digits: string): TestCall {
  return call.press(...[...digits].map((each) => KeySchema.parse(each)));
}

const requested = (call: TestCall) => call.actions.filter(({ type }) => type === 'requestCallBack');

test('the number of the caller is offered, and one key asks for the call', () => {
  const call = new TestCall(flowOf());
  expect(call.said).toBe('折り返します。[09000001234]へ。');
  expect(call.press('1').said).toBe('承りました。');
  expect(requested(call)).toEqual([
    { type: 'requestCallBack', id: call.seq, number: '09000001234', wishedTime: null },
  ]);
  expect(call.announced().branches).toEqual(['request:accepted']);
  expect(outcomeOf(call.announced().send({ type: 'hungUp' }).state)).toBe('callBack');
});

test.each(['0265001111#', '05000001234', '09000005678'])(
  'another number, %s, is keyed in, read back and confirmed',
  (digits) => {
    const call = new TestCall(flowOf()).press('2');
    expect(call.said).toBe('番号をどうぞ。');
    const plain = digits.replace('#', '');
    expect(key(call, digits).said).toBe(`[${plain}]ですね。`);
    expect(requested(call)).toEqual([]);
    expect(requested(call.press('1'))).toMatchObject([{ number: plain }]);
  },
);

test('a caller who withholds the number keys one in, or goes a way of his own', () => {
  const call = new TestCall(flowOf(), WITHHELD);
  expect(call.said).toBe('折り返します。番号をどうぞ。');
  const refused = flowOf({ askWithheld: false, next: { ...request.next, withheld: 'bye' } });
  expect(new TestCall(refused, WITHHELD).branches).toEqual(['request:withheld']);
  expect(new TestCall(refused).said).toBe('折り返します。[09000001234]へ。');
});

test.each(['110#', '0570000000#', '0120000000#', '01010000000', '1840265001#', '026500#'])(
  '%s is not taken as a number to call',
  (digits) => {
    const call = key(new TestCall(flowOf(), WITHHELD), digits);
    expect(call.said.startsWith('かけられません。')).toBe(true);
    expect(requested(call)).toEqual([]);
  },
);

test('a landline number without the end key counts once the caller pauses', () => {
  const call = key(new TestCall(flowOf(), WITHHELD), '0265001111');
  expect(call.said).toBe('');
  expect(call.silence().said).toBe('[0265001111]ですね。');
});

test('the wished time is asked after the number and goes along in the words of staff', () => {
  const call = new TestCall(flowOf({ times: TIMES })).press('1');
  expect(call.said).toBe('お電話する時間のご希望を伺います。午前中は1を、午後は2を押してください。');
  expect(requested(call)).toEqual([]);
  expect(requested(call.press('2'))).toMatchObject([{ number: '09000001234', wishedTime: '午後' }]);
});

test('who chooses no time is called all the same', () => {
  const call = new TestCall(flowOf({ times: TIMES })).press('1').press('7');
  expect(call.said.startsWith('押された番号が違います。お電話する時間の')).toBe(true);
  call.announced().silence();
  expect(requested(call)).toEqual([]);
  expect(requested(call.announced().silence())).toMatchObject([{ wishedTime: null }]);
});

test('tries used up and silence each have their way, and nothing is asked of staff', () => {
  const wrong = key(new TestCall(flowOf(), WITHHELD), '110#119#118#');
  expect(wrong.branches).toEqual(['request:wrong', 'hangUp:end']);
  const silent = new TestCall(flowOf()).announced().silence();
  expect(silent.said).toBe('どうぞ。[09000001234]へ。');
  expect(silent.announced().silence().branches).toEqual(['request:none', 'hangUp:end']);
  for (const call of [wrong, silent]) {
    expect(call.state.served.callBack).toBe(false);
    expect(call.state.variables['callBackNumber']).toBeUndefined();
  }
});

test('who hangs up before the confirmation asked for nothing, who hangs up in the words after it is called', () => {
  const before = new TestCall(flowOf({ times: TIMES })).press('1').send(hungUp);
  expect(before.actions).toEqual([]);
  expect(outcomeOf(before.state)).toBe('abandoned');
  const after = new TestCall(flowOf()).press('1').send(hungUp);
  expect(outcomeOf(after.state)).toBe('callBack');
  expect(after.branches).toEqual(['request:accepted']);
});

test('the confirmation is heard to its end, whatever is pressed', () => {
  const call = new TestCall(flowOf()).press('1').press('5', '#');
  expect(call.actions).toEqual([]);
  expect(call.nodeId).toBe('request');
});

test('after a crash of the controller the request is not made again', () => {
  const call = new TestCall(flowOf()).press('1').send({ type: 'resumed' });
  expect(call.said).toBe('承りました。');
  expect(requested(call)).toEqual([]);
  const choosing = new TestCall(flowOf({ times: TIMES })).press('1').send({ type: 'resumed' });
  expect(choosing.said.startsWith('お電話する時間の')).toBe(true);
});

/** But for those of the words, which are terse here on purpose (check-inner-questions.test.ts judges them). */
const codes = (changes: object) =>
  check(bundleOf({ request: { ...request, ...changes }, ...ends }), surroundings)
    .map(({ code }) => code)
    .filter((code) => code !== 'keyNotSaid');

test('the node stands as it comes', () => {
  expect(
    check(bundleOf({ request: { kind: 'callBackRequest', next: request.next }, ...ends }), surroundings),
  ).toEqual([]);
});

test('settings that would mislead a caller are named', () => {
  expect(codes({ times: [...TIMES, { key: '1', label: '夕方' }] })).toEqual(['duplicateKey']);
  expect(codes({ times: [{ key: '1', label: ' ' }], timePrompt: say('時間をどうぞ。') })).toEqual([
    'emptyText',
  ]);
  expect(codes({ offer: say('今の番号へ。') })).toEqual(['readBackWithoutValue']);
  expect(codes({ retryKey: '1' })).toEqual(['keyCombination']);
  expect(codes({ accepted: say(' ') })).toEqual(['emptyText']);
  expect(codes({ askWithheld: false })).toEqual(['missingBranch']);
});
