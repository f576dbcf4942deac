import { expect, test } from 'vitest';
import { ends, runnableOf, say } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const flow = runnableOf({
  menu: {
    kind: 'menu',
    prompt: say('1か*を押してください。'),
    choices: [
      { key: '1', label: '保険証', words: ['保険証', '資格確認書'] },
      { key: '*', label: '保険料', words: ['保険料'] },
    ],
    repeatKey: '#',
    wrongKey: { retries: 1, prompt: say('違います。') },
    noKey: { retries: 1, prompt: say('押してください。') },
    timeoutMs: 5_000,
    next: { 'key:1': 'bye', 'key:*': 'hangUp', wrongKey: 'wrong', noKey: 'none' },
  },
  wrong: { kind: 'end', farewell: say('間違いが続きました。') },
  none: { kind: 'end', farewell: say('操作がありません。') },
  ...ends,
});
const heard = (text: string, confidence = 0.9) => ({ type: 'heard', text, confidence }) as const;

test('a key chooses, during the announcement or after it', () => {
  expect(new TestCall(flow).press('1').said).toBe('さようなら');
  expect(new TestCall(flow).announced().press('*').actions).toEqual([{ type: 'hangUp' }]);
});

test('a wrong key is told and counted, then goes its own way', () => {
  const call = new TestCall(flow).press('5');
  expect(call.said).toBe('違います。1か*を押してください。');
  expect(call.press('6').said).toBe('間違いが続きました。');
  expect(call.branches).toEqual(['menu:wrongKey']);
});

test('no key within the time is told and counted by itself, then goes its own way', () => {
  const call = new TestCall(flow).press('5').announced();
  expect(call.state.deadlineMs).toBe(call.atMs + 5_000);
  expect(call.silence().said).toBe('押してください。1か*を押してください。');
  expect(call.announced().silence().said).toBe('操作がありません。');
});

test('the time runs only when the menu has been heard', () => {
  const call = new TestCall(flow).send({ type: 'timePassed' }, 9_000);
  expect(call.actions).toEqual([]);
  expect(call.nodeId).toBe('menu');
});

test('the repeat key says the menu again and is no mistake', () => {
  const call = new TestCall(flow).press('#', '#', '#', '5');
  expect(call.said).toBe('違います。1か*を押してください。');
});

test('a choice pressed ahead after the repeat key counts here, and nothing is left for a later menu', () => {
  const ahead = runnableOf({
    hours: { kind: 'openingHours', calendarId: 'city', next: { open: 'first', closed: 'bye' } },
    first: {
      kind: 'menu',
      prompt: say('1かもう一度の0を。'),
      choices: [{ key: '1' }],
      repeatKey: '0',
      next: { 'key:1': 'second', wrongKey: 'bye', noKey: 'bye' },
    },
    second: {
      kind: 'menu',
      prompt: say('1を。'),
      choices: [{ key: '1' }],
      next: { 'key:1': 'hangUp', wrongKey: 'bye', noKey: 'bye' },
    },
    ...ends,
  });
  const open = { type: 'calendarSaid', calendarId: 'city', open: true, reason: '' } as const;
  const call = new TestCall(ahead).press('0', '0', '1').send(open);
  expect(call.branches).toEqual(['hours:open', 'first:key:1']);
  expect(call.said).toBe('1を。');
  expect(call.state.typedAhead).toEqual([]);
  expect(new TestCall(ahead).press('0', '0').send(open).said).toBe('1かもう一度の0を。');
});

test('spoken words choose like their key; the longest fits, the unsure and unknown are asked again', () => {
  const call = new TestCall(flow);
  expect(call.actions.at(-1)).toEqual({
    type: 'listenForSpeech',
    id: 1,
    words: ['保険証', '資格確認書', '保険料'],
  });
  expect(call.send(heard('ええと、保険料 のことで')).branches[0]).toBe('menu:key:*');
  expect(new TestCall(flow).send(heard('保険証', 0.2)).said).toContain('違います。');
  expect(new TestCall(flow).send(heard('保険証と保険料')).said).toContain('違います。');
  expect(new TestCall(flow).send(heard('市民税')).said).toContain('違います。');
});

test('after a mistake, keys pressed ahead no longer count', () => {
  const ahead = runnableOf({
    hello: { kind: 'announcement', prompt: say('こんにちは。'), next: { next: 'hours' } },
    hours: { kind: 'openingHours', calendarId: 'city', next: { open: 'menu', closed: 'bye' } },
    menu: {
      kind: 'menu',
      prompt: say('1を。'),
      choices: [{ key: '1' }],
      next: { 'key:1': 'bye', wrongKey: 'hangUp', noKey: 'bye' },
    },
    ...ends,
  });
  const call = new TestCall(ahead).press('9', '1');
  call.send({ type: 'calendarSaid', calendarId: 'city', open: true, reason: '' });
  expect(call.nodeId).toBe('menu');
  expect(call.state.typedAhead).toEqual([]);
});

test('after a crash of the controller the caller hears the menu again and his mistakes are kept', () => {
  const call = new TestCall(flow).press('5').announced().send({ type: 'resumed' });
  expect(call.said).toBe('1か*を押してください。');
  expect(call.press('5').branches).toEqual(['menu:wrongKey']);
});

const slowerFlow = runnableOf(
  {
    menu: {
      kind: 'menu',
      prompt: say('窓口は1を。'),
      choices: [{ key: '1' }],
      slowerKey: '8',
      wrongKey: { retries: 0 },
      next: { 'key:1': 'hours', wrongKey: 'bye', noKey: 'hangUp' },
    },
    hours: { kind: 'openingHours', calendarId: 'city', next: { open: 'other', closed: 'bye' } },
    other: { kind: 'goToFlow', flowId: 'other' },
    ...ends,
  },
  {
    other: {
      told: { kind: 'announcement', prompt: say('案内です。'), next: { next: 'bye' } },
      bye: ends.bye,
    },
  },
);
const opened = { type: 'calendarSaid', calendarId: 'city', open: true, reason: '' } as const;

test('the key for a slower voice says the menu again slower, is no mistake, and holds in every node and flow to the end', () => {
  const call = new TestCall(slowerFlow);
  expect(call.speeds).toEqual(['usual']);
  expect(call.press('8').said).toBe('窓口は1を。');
  call.press('8', '1').send(opened);
  expect(call.nodeId).toBe('told');
  call.send({ type: 'resumed' });
  expect(call.announced().said).toBe('さようなら');
  expect(call.branches).toEqual(['menu:key:1', 'hours:open', 'other:go', 'told:next']);
  expect(call.speeds).toEqual(['usual', 'slower', 'slower', 'slower', 'slower', 'slower']);
});

test('a choice pressed ahead after the key for a slower voice counts, and what follows is slower', () => {
  const ahead = runnableOf({
    hours: { kind: 'openingHours', calendarId: 'city', next: { open: 'menu', closed: 'bye' } },
    menu: {
      kind: 'menu',
      prompt: say('窓口は1を。'),
      choices: [{ key: '1' }],
      slowerKey: '8',
      next: { 'key:1': 'bye', wrongKey: 'hangUp', noKey: 'hangUp' },
    },
    ...ends,
  });
  const call = new TestCall(ahead).press('8', '1').send(opened);
  expect(call.branches).toEqual(['hours:open', 'menu:key:1']);
  expect(call.speeds).toEqual(['slower']);
});

test('a menu that says nothing of it is heard again by 0, unless 0 means something, and leaves on the second silence', () => {
  const plain = (settings: object) =>
    runnableOf({
      menu: {
        kind: 'menu',
        prompt: say('窓口は1を。'),
        choices: [{ key: '1' }],
        next: { 'key:1': 'hangUp', wrongKey: 'hangUp', noKey: 'bye' },
        ...settings,
      },
      ...ends,
    });
  expect(new TestCall(plain({})).press('0', '0', '0', '0').said).toBe('窓口は1を。');
  const zero = plain({
    choices: [{ key: '0' }],
    next: { 'key:0': 'bye', wrongKey: 'hangUp', noKey: 'bye' },
  });
  expect(new TestCall(zero).press('0').branches).toEqual(['menu:key:0']);
  const silent = new TestCall(plain({})).announced().silence();
  expect(silent.said).toBe('窓口は1を。');
  expect(silent.announced().silence().branches).toEqual(['menu:noKey']);
});
