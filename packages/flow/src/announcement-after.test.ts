import { expect, test } from 'vitest';
import { announcementAfter } from './announcement-after.ts';
import { ends, runnableOf, say } from './testing/test-bundle.ts';
import { TestCall } from './testing/test-call.ts';

const announcement = (text: string, next: string) => ({
  kind: 'announcement',
  title: text,
  prompt: say(text),
  next: { next },
});
const menu = {
  kind: 'menu',
  title: '用件',
  prompt: say('御用の方は1を押してください。'),
  choices: [{ key: '1', label: '用件' }],
  next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'bye' },
};
const hours = {
  kind: 'openingHours',
  title: '時間',
  calendarId: 'city',
  next: { open: 'bye', closed: 'bye' },
};

function afterHello(nodes: Record<string, object>): ReturnType<typeof announcementAfter> {
  const call = new TestCall(
    runnableOf({ hello: announcement('こんにちは。', 'second'), ...nodes, bye: ends.bye }),
  );
  const next = announcementAfter(call.flow, call.state);
  // It is what the caller then hears, if he hears anything.
  call.announced();
  if (next !== null) expect(call.actions).toEqual([{ ...next, id: call.seq }]);
  return next;
}

test('an announcement, a menu or a farewell follows by itself', () => {
  expect(afterHello({ second: announcement('ご案内します。', 'bye') })?.parts).toEqual([
    { type: 'fixed', text: 'ご案内します。' },
  ]);
  expect(afterHello({ second: menu })).not.toBeNull();
});

test('nothing is foretold that depends on the hours, on a value, or on the caller', () => {
  expect(afterHello({ second: hours })).toBeNull();
  expect(afterHello({ second: announcement('ただいま{{now}}です。', 'bye') })).toBeNull();
  const asked = new TestCall(
    runnableOf({ hello: announcement('こんにちは。', 'second'), second: menu, bye: ends.bye }),
  );
  asked.announced();
  expect(announcementAfter(asked.flow, asked.state)).toBeNull();
  asked.announced();
  expect(announcementAfter(asked.flow, asked.state)).toBeNull();
});

test('looking ahead changes nothing of the call', () => {
  const call = new TestCall(runnableOf({ hello: announcement('こんにちは。', 'bye'), bye: ends.bye }));
  const before = structuredClone(call.state);
  announcementAfter(call.flow, call.state);
  expect(call.state).toEqual(before);
});
