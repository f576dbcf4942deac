import { expect, test } from 'vitest';
import type { CallContext } from './event.ts';
import { outcomeOf } from './state.ts';
import { ends, runnableOf, say } from './testing/test-bundle.ts';
import { TestCall } from './testing/test-call.ts';
import { where } from './where.ts';

const hello = { kind: 'announcement', title: '挨拶', prompt: say('こんにちは。'), next: { next: 'bye' } };
const flow = runnableOf({ hello, bye: ends.bye });
const emergency = { type: 'text', text: '大雨のため、本日は閉庁しています。' } as const;
const goOn: Partial<CallContext> = { opening: { prompts: [emergency], afterwards: 'goOn' } };
const hangUp: Partial<CallContext> = { opening: { prompts: [emergency], afterwards: 'hangUp' } };

test('an emergency announcement is said before the flow, which then goes on from its beginning', () => {
  const call = new TestCall(flow, goOn);
  expect(call.said).toBe('大雨のため、本日は閉庁しています。');
  expect(where(flow, call.state)).toBeNull();
  expect(call.announced().said).toBe('こんにちは。');
  expect(call.nodeId).toBe('hello');
});

test('no key stops an emergency announcement, and one pressed while it is said counts for nothing later', () => {
  const call = new TestCall(flow, goOn).send({ type: 'keyPressed', key: '1' }, 2_000);
  expect(call.actions).toEqual([]);
  expect(call.state.typedAhead).toEqual([]);
});

test('where the call is to end after it, the caller is hung up on and was told what there is to know', () => {
  const call = new TestCall(flow, hangUp).announced();
  expect(call.actions).toEqual([{ type: 'hangUp' }]);
  expect(outcomeOf(call.send({ type: 'hungUp' }).state)).toBe('announcement');
});

test('a call that should have ended with an announcement which could not be said has failed', () => {
  const call = new TestCall(flow, hangUp);
  call.send({ type: 'actionFailed', id: call.seq, reason: 'announcementFailed' });
  expect(outcomeOf(call.send({ type: 'hungUp' }).state)).toBe('error');
});

test('where the announcement could not be said, or its end was not told, the flow goes on', () => {
  const failed = new TestCall(flow, goOn);
  expect(failed.send({ type: 'actionFailed', id: failed.seq, reason: 'soundMissing' }).said).toBe(
    'こんにちは。',
  );
  expect(new TestCall(flow, goOn).silence().said).toBe('こんにちは。');
});

test('after a restart of the controlling process the announcement is said again', () => {
  const call = new TestCall(flow, goOn).send({ type: 'resumed' });
  expect(call.said).toBe('大雨のため、本日は閉庁しています。');
  expect(call.announced().said).toBe('こんにちは。');
});

test('who hangs up during it has given up', () => {
  const call = new TestCall(flow, hangUp).send({ type: 'callerHungUp', q850Cause: 16 });
  expect(outcomeOf(call.state)).toBe('abandoned');
});
