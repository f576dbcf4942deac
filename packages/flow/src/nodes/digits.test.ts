import { expect, test } from 'vitest';
import { ends, runnableOf, say } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const digits = {
  kind: 'digits',
  prompt: say('番号をどうぞ。'),
  variable: '番号',
  minLengthDigits: 3,
  maxLengthDigits: 5,
  wrong: { retries: 1, prompt: say('違います。') },
  none: { retries: 1, prompt: say('どうぞ。') },
  next: { next: 'told', wrong: 'bye', none: 'hangUp' },
};
const told = { kind: 'end', farewell: say('{{番号}}です。') };
const flowOf = (settings: object) => runnableOf({ digits: { ...digits, ...settings }, told, ...ends });

test('the longest length, the end key or the time between digits completes the number', () => {
  expect(new TestCall(flowOf({})).press('1', '2', '3', '4', '5').said).toBe('[12345]です。');
  expect(new TestCall(flowOf({})).press('1', '2', '3', '#').said).toBe('[123]です。');
  const call = new TestCall(flowOf({})).press('1', '2', '3');
  expect(call.state.deadlineMs).toBe(call.atMs + 5_000);
  expect(call.silence().said).toBe('[123]です。');
});

test('the first digit stops the announcement', () => {
  expect(new TestCall(flowOf({})).press('1').actions).toEqual([{ type: 'stopAnnouncing' }]);
});

test('too few digits or a key that is none are told, counted and begun anew', () => {
  const call = new TestCall(flowOf({})).press('1', '2', '#');
  expect(call.said).toBe('違います。番号をどうぞ。');
  expect(call.press('1', '*').branches).toEqual(['digits:wrong']);
});

test('no digit is told and counted by itself', () => {
  const call = new TestCall(flowOf({})).announced().silence();
  expect(call.said).toBe('どうぞ。番号をどうぞ。');
  expect(call.announced().silence().branches).toEqual(['digits:none', 'hangUp:end']);
});

const readBack = { readBack: { prompt: say('{{番号}}でよろしければ1、違えば2を。') } };

test('the digits are read back and taken only when confirmed', () => {
  const call = new TestCall(flowOf(readBack)).press('1', '2', '3', '#');
  expect(call.said).toBe('[123]でよろしければ1、違えば2を。');
  expect(call.press('2').said).toBe('番号をどうぞ。');
  expect(call.press('4', '5', '6', '#', '1').said).toBe('[456]です。');
});

test('unconfirmed digits are forgotten', () => {
  const call = new TestCall(flowOf(readBack)).press('1', '2', '3', '#', '7');
  expect(call.said).toBe('違います。[123]でよろしければ1、違えば2を。');
  expect(call.press('7').branches).toEqual(['digits:wrong']);
  expect(call.state.variables).toEqual({});
});

test('the end key after the last digit of a full-length number is no mistake, and the read-back goes on', () => {
  const call = new TestCall(flowOf(readBack)).press('1', '2', '3', '4', '5');
  expect(call.said).toBe('[12345]でよろしければ1、違えば2を。');
  const { deadlineMs } = call.state;
  expect(call.press('#', '#').actions).toEqual([]);
  expect(call.send({ type: 'keyPressed', key: '#' }, 8_000).actions).toEqual([]);
  expect(call.state.deadlineMs).toBe(deadlineMs);
  expect(call.press('1').said).toBe('[12345]です。');
});

test('an end key that confirms or asks anew does so also after a full-length number', () => {
  const by = (keys: object) => flowOf({ readBack: { prompt: say('{{番号}}'), ...keys } });
  const full = ['1', '2', '3', '4', '5'] as const;
  expect(new TestCall(by({ confirmKey: '#' })).press(...full, '#').said).toBe('[12345]です。');
  expect(new TestCall(by({ retryKey: '#' })).press(...full, '#').said).toBe('番号をどうぞ。');
});

test('the end key after a full-length number that was wrong does not count as no answer', () => {
  const dates = flowOf({ readAs: 'date', minLengthDigits: 8, maxLengthDigits: 8 });
  const call = new TestCall(dates).press('9', '9', '9', '9', '9', '9', '9', '9');
  expect(call.said).toBe('違います。番号をどうぞ。');
  expect(call.press('#').actions).toEqual([]);
});

test('the end key after a full-length number does not fall into the next menu; what is pressed then counts', () => {
  const flow = runnableOf({
    digits: { ...digits, next: { next: 'menu', wrong: 'bye', none: 'bye' } },
    menu: {
      kind: 'menu',
      prompt: say('1かシャープを。'),
      choices: [{ key: '1' }, { key: '#' }],
      next: { 'key:1': 'bye', 'key:#': 'hangUp', wrongKey: 'bye', noKey: 'bye' },
    },
    ...ends,
  });
  const inMenu = () => new TestCall(flow).press('1', '2', '3', '4', '5');
  expect(inMenu().said).toBe('1かシャープを。');
  expect(inMenu().press('#').branches).toEqual(['digits:next']);
  expect(inMenu().press('#').actions).toEqual([]);
  expect(inMenu().press('#', '1').branches[1]).toBe('menu:key:1');
  expect(inMenu().press('2', '#').branches[1]).toBe('menu:key:#');
  const later = inMenu().press('#').send({ type: 'keyPressed', key: '#' }, 5_000);
  expect(later.branches[1]).toBe('menu:key:#');
  expect(new TestCall(flow).press('1', '2', '3', '#', '#').branches[1]).toBe('menu:key:#');
});

test('pressed ahead, the end key after a full-length number does not take the read-back from the caller', () => {
  const flow = runnableOf({
    hours: { kind: 'openingHours', calendarId: 'city', next: { open: 'digits', closed: 'bye' } },
    digits: { ...digits, ...readBack },
    told,
    ...ends,
  });
  const open = { type: 'calendarSaid', calendarId: 'city', open: true, reason: '' } as const;
  const asked = new TestCall(flow).press('1', '2', '3', '4', '5', '#').send(open);
  expect(asked.said).toBe('[12345]でよろしければ1、違えば2を。');
  expect(new TestCall(flow).press('1', '2', '3', '4', '5', '#', '1').send(open).said).toBe('[12345]です。');
});

test('all keys of a practised caller count, the confirmation too', () => {
  const flow = runnableOf({
    hello: { kind: 'announcement', prompt: say('こんにちは。'), next: { next: 'hours' } },
    hours: { kind: 'openingHours', calendarId: 'city', next: { open: 'digits', closed: 'bye' } },
    digits: { ...digits, ...readBack },
    told,
    ...ends,
  });
  const call = new TestCall(flow).press('1', '2', '3', '#', '1');
  call.send({ type: 'calendarSaid', calendarId: 'city', open: true, reason: '' });
  expect(call.said).toBe('[123]です。');
});

test.each([
  ['date', '19800131', '1980-01-31'],
  ['time', '0930', '09:30'],
])('a %s is kept in its plain form, an impossible one is wrong', (readAs, keys, plain) => {
  const flow = flowOf({ readAs, minLengthDigits: keys.length, maxLengthDigits: keys.length });
  const press = (text: string) => {
    const call = new TestCall(flow);
    for (const key of text)
      call.press(
        ...(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const).filter((each) => each === key),
      );
    return call;
  };
  expect(press(keys).state.variables['番号']).toEqual({ text: plain, readAs });
  expect(press('9'.repeat(keys.length)).said).toBe('違います。番号をどうぞ。');
});

test('after a crash of the controller the digits are asked for from the first on', () => {
  const call = new TestCall(flowOf({})).press('1', '2').send({ type: 'resumed' });
  expect(call.said).toBe('番号をどうぞ。');
  expect(call.press('7', '8', '9', '#').said).toBe('[789]です。');
});

test('a secret number is read back to the caller, marked for nobody else to see', () => {
  const secret = { ...digits, ...readBack, secret: true, next: { ...digits.next, next: 'bye' } };
  const call = new TestCall(runnableOf({ secret, ...ends })).press('1', '2', '3', '#');
  const [announcement] = call.actions;
  expect(announcement).toMatchObject({
    type: 'announce',
    parts: [{ type: 'value', text: '123', secret: true }, { type: 'fixed' }],
  });
});
