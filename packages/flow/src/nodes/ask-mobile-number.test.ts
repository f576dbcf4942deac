import { expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { KeySchema } from '../event.ts';
import { bundleOf, ends, runnableOf, say, surroundings } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';
import { USUAL_WORDINGS } from '../usual-wordings.ts';

const ask = {
  kind: 'askMobileNumber',
  prompt: say('携帯番号をどうぞ。'),
  notMobile: say('携帯ではありません。'),
  none: say('どうぞ。'),
  noneRetries: 1,
  next: { next: 'sms', wrong: 'hangUp', none: 'hangUp' },
};
const sms = {
  kind: 'sms',
  to: { type: 'variable', name: 'mobileNumber' },
  text: '{{mobileNumber}}へ',
  next: { accepted: 'bye', notMobile: 'hangUp', refused: 'hangUp', unknown: 'hangUp' },
};
const flowOf = (changes: object = {}) => runnableOf({ ask: { ...ask, ...changes }, sms, ...ends });

const LANDLINE = { callerNumber: '0265001234', callerKind: 'landline' } as const;
const WITHHELD = { callerNumber: null, callerKind: 'withheld' } as const;
const READ_BACK = '[09000005678]でよろしければ1を、押し直す場合は2を押してください。';

function key(call: TestCall, digits: string): TestCall {
  return call.press(...[...digits].map((each) => KeySchema.parse(each)));
}

test.each([LANDLINE, WITHHELD])(
  'who calls from $callerKind keys in a number, hears it and confirms it; the text goes there',
  (caller) => {
    const call = new TestCall(flowOf(), caller);
    expect(call.said).toBe('携帯番号をどうぞ。');
    expect(key(call, '09000005678').said).toBe(READ_BACK);
    expect(call.press('1').actions).toContainEqual({
      type: 'sendSms',
      id: call.seq,
      to: '09000005678',
      text: '090-0000-5678へ',
    });
  },
);

test('who calls from a mobile telephone is not asked, unless staff wish it', () => {
  const call = new TestCall(flowOf());
  expect(call.branches).toEqual(['ask:next']);
  expect(call.actions).toMatchObject([{ type: 'sendSms', to: '09000001234' }]);
  expect(new TestCall(flowOf({ skipWhenMobile: false })).said).toBe('携帯番号をどうぞ。');
});

test.each(['0265001234#', '05000001234', '0120000000#', '0900000123#', '110#', '090*'])(
  '%s is told to be no mobile number, and is asked for again',
  (digits) => {
    const call = key(new TestCall(flowOf(), LANDLINE), digits);
    expect(call.said).toBe('携帯ではありません。携帯番号をどうぞ。');
    expect(key(call, '09000005678').said).toBe(READ_BACK);
  },
);

test('after three numbers that are none the caller is not asked again, and no value is left', () => {
  const call = key(new TestCall(flowOf(), LANDLINE), '110#119#');
  expect(call.branches).toEqual([]);
  expect(key(call, '118#').branches).toEqual(['ask:wrong', 'hangUp:end']);
  expect(call.state.variables['mobileNumber']).toBeUndefined();
});

test('a number that is taken back counts as a try too: nobody goes through the numbers of the town', () => {
  const call = new TestCall(flowOf(), LANDLINE);
  for (const last of ['1', '2', '3']) key(call, `0900000567${last}2`);
  expect(call.branches).toEqual(['ask:wrong', 'hangUp:end']);
});

test('a key that answers nothing repeats the number', () => {
  const call = key(new TestCall(flowOf(), LANDLINE), '09000005678');
  expect(call.press('5').said).toBe(READ_BACK);
  expect(call.press('1').branches).toEqual(['ask:next']);
});

test('whoever types the confirmation ahead hears the number all the same', () => {
  const hours = { kind: 'openingHours', calendarId: 'city', next: { open: 'ask', closed: 'hangUp' } };
  const call = key(new TestCall(runnableOf({ hours, ask, sms, ...ends }), LANDLINE), '090000056781');
  call.send({ type: 'calendarSaid', calendarId: 'city', open: true, reason: '' });
  expect(call.said).toBe(READ_BACK);
  expect(call.branches).toEqual(['hours:open']);
});

test('the end key pressed out of habit after eleven digits cuts nothing short', () => {
  const call = key(new TestCall(flowOf(), LANDLINE), '09000005678');
  expect(call.press('#').actions).toEqual([]);
  expect(call.press('1').branches).toEqual(['ask:next']);
});

test('a caller who presses nothing is asked again, then goes the way of silence', () => {
  const call = new TestCall(flowOf(), LANDLINE).announced().silence();
  expect(call.said).toBe('どうぞ。携帯番号をどうぞ。');
  expect(call.announced().silence().branches).toEqual(['ask:none', 'hangUp:end']);
  const confirming = key(new TestCall(flowOf(), LANDLINE), '09000005678').announced().silence();
  expect(confirming.said).toBe(`どうぞ。${READ_BACK}`);
  expect(confirming.announced().silence().branches).toEqual(['ask:none', 'hangUp:end']);
  expect(confirming.state.variables['mobileNumber']).toBeUndefined();
});

test('after a crash of the controller half a number is asked for anew, a whole one is read again', () => {
  const call = key(new TestCall(flowOf(), LANDLINE), '0900').send({ type: 'resumed' });
  expect(call.said).toBe('携帯番号をどうぞ。');
  expect(key(call, '09000005678').send({ type: 'resumed' }).said).toBe(READ_BACK);
});

test('a second text of a call to a number that is not the caller’s own is refused', () => {
  const again = { ...sms, next: { ...sms.next, accepted: 'bye' } };
  const flow = runnableOf({
    ask,
    sms: { ...sms, next: { ...sms.next, accepted: 'second' } },
    second: again,
    ...ends,
  });
  const call = key(new TestCall(flow, LANDLINE), '090000056781');
  expect(call.answer((id) => ({ type: 'smsAccepted', id })).branches).toEqual([
    'ask:next',
    'sms:accepted',
    'second:refused',
    'hangUp:end',
  ]);
  const own = new TestCall(flow).answer((id) => ({ type: 'smsAccepted', id }));
  expect(own.actions).toMatchObject([{ type: 'sendSms', to: '09000001234' }]);
});

const codes = (nodes: Readonly<Record<string, object>>) =>
  check(bundleOf(nodes), surroundings).map(({ severity, code }) => `${severity} ${code}`);

test('the node stands as it comes, and the text after it is certain of its number', () => {
  expect(codes({ ask: { kind: 'askMobileNumber', next: ask.next }, sms, ...ends })).toEqual([]);
  expect(codes({ ask: { ...ask, next: { ...ask.next, wrong: 'sms' } }, sms, ...ends })).toEqual([
    'warning variableMaybeUnset',
  ]);
});

test('settings that would mislead a caller are named', () => {
  expect(codes({ ask: { ...ask, confirmKey: '2' }, sms, ...ends })).toContain('error keyCombination');
  expect(codes({ ask: { ...ask, confirmKey: '#' }, sms, ...ends })).toContain('error badSettings');
  expect(codes({ ask: { ...ask, readBack: say('よろしいですか。') }, sms, ...ends })).toEqual([
    'warning readBackWithoutValue',
    'warning keyNotSaid',
  ]);
  expect(codes({ ask: { ...ask, prompt: say('') }, sms, ...ends })).toEqual(['error emptyText']);
  expect(codes({ ask: { ...ask, variable: 'callerNumber' }, sms, ...ends })).toContain(
    'error badVariableName',
  );
});

test('a loop that asks nothing of a mobile caller is no waiting', () => {
  const loop = {
    ask: { ...ask, next: { ...ask.next, next: 'hello' } },
    hello: { kind: 'announcement', prompt: say('こんにちは。'), next: { next: 'ask' } },
    ...ends,
  };
  expect(codes(loop)).toContain('error endlessLoop');
});

test('the usual wordings are whole sentences', () => {
  for (const prompt of Object.values(USUAL_WORDINGS))
    expect(prompt.type === 'text' && prompt.text.endsWith('。')).toBe(true);
});
