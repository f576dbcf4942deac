import { expect, test } from 'vitest';
import { ANSWER_SILENCE_MS } from '../interpreter.ts';
import { ends, runnableOf, say } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const menu = {
  kind: 'menu',
  prompt: say('1か2を押してください。'),
  choices: [{ key: '1' }, { key: '2' }],
  next: { 'key:1': 'bye', 'key:2': 'hangUp', wrongKey: 'bye', noKey: 'bye' },
};
const greeting = (settings: object) => ({
  kind: 'announcement',
  prompt: say('市役所です。'),
  next: { next: 'menu' },
  ...settings,
});
const flowOf = (settings: object) => runnableOf({ greeting: greeting(settings), menu, ...ends });

test('the caller hears the announcement, then the next node', () => {
  const call = new TestCall(flowOf({}));
  expect(call.said).toBe('市役所です。');
  expect(call.announced().said).toBe('1か2を押してください。');
  expect(call.taken).toEqual([{ flowId: 'main', nodeId: 'greeting', branch: 'next' }]);
});

test('a key stops an interruptible announcement and answers the menu that follows', () => {
  const call = new TestCall(flowOf({})).press('1');
  expect(call.actions[0]).toEqual({ type: 'stopAnnouncing' });
  expect(call.said).toBe('さようなら');
  expect(call.branches).toEqual(['greeting:next', 'menu:key:1']);
});

test('keys during an uninterruptible announcement do nothing, also later', () => {
  const call = new TestCall(flowOf({ interruptible: false }));
  call.send({ type: 'keyPressed', key: '1' }, ANSWER_SILENCE_MS);
  expect(call.actions).toEqual([]);
  expect(call.announced().nodeId).toBe('menu');
  expect(call.said).toBe('1か2を押してください。');
});

test('a key in the silence after the answer counts, though nothing stops the announcement that follows', () => {
  const call = new TestCall(flowOf({ interruptible: false }));
  call.send({ type: 'keyPressed', key: '1' }, ANSWER_SILENCE_MS - 1);
  expect(call.actions).toEqual([]);
  expect(call.announced().branches).toEqual(['greeting:next', 'menu:key:1']);
});

test('keys pressed ahead skip interruptible announcements but not the others', () => {
  const flow = runnableOf({
    first: greeting({ next: { next: 'second' } }),
    second: greeting({ next: { next: 'third' } }),
    third: greeting({ interruptible: false, prompt: say('録音します。') }),
    menu,
    ...ends,
  });
  const call = new TestCall(flow).press('2');
  expect(call.said).toBe('録音します。');
  expect(call.announced().branches).toEqual([
    'first:next',
    'second:next',
    'third:next',
    'menu:key:2',
    'hangUp:end',
  ]);
});

test('a sound is announced as a sound; values are said as what they are', () => {
  const audio = new TestCall(flowOf({ prompt: { type: 'audio', audioId: 'melody' } }));
  expect(audio.said).toBe('melody');
  const values = new TestCall(
    flowOf({ prompt: say('{{callerNumber}}から{{today}}{{now}}に。{{calledNumber|digits}}') }),
  );
  expect(values.actions).toEqual([
    {
      type: 'announce',
      id: 1,
      parts: [
        { type: 'value', name: 'callerNumber', text: '09000001234', readAs: 'telephone' },
        { type: 'fixed', text: 'から' },
        { type: 'value', name: 'today', text: '2026-06-01', readAs: 'date' },
        { type: 'value', name: 'now', text: '10:00', readAs: 'time' },
        { type: 'fixed', text: 'に。' },
        { type: 'value', name: 'calledNumber', text: '0725001001', readAs: 'digits' },
      ],
    },
  ]);
});

test('a missing sound does not hold up the call, nor does an end that nobody reports', () => {
  expect(
    new TestCall(flowOf({})).answer((id) => ({ type: 'actionFailed', id, reason: 'no sound' })).nodeId,
  ).toBe('menu');
  const overdue = new TestCall(flowOf({})).silence();
  expect(overdue.nodeId).toBe('menu');
  expect(overdue.actions[0]).toEqual({ type: 'stopAnnouncing' });
});

test('an answer to an older announcement is passed over', () => {
  const call = new TestCall(flowOf({})).announced();
  const before = call.state;
  expect(call.send({ type: 'announced', id: 1 }).state).toBe(before);
});
