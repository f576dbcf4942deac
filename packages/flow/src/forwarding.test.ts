import { expect, test } from 'vitest';
import { begin } from './interpreter.ts';
import { outcomeOf } from './state.ts';
import { ends, runnableOf } from './testing/test-bundle.ts';
import { context, TestCall } from './testing/test-call.ts';
import { where } from './where.ts';

const flow = runnableOf({ hello: ends.bye });
const stopped = { forwardedTo: '0725009001' } as const;
const noAnswer = { sipCode: null, q850Cause: null } as const;

test('a call to a stopped number is passed on without an answer, a word or a node', () => {
  const step = begin(flow, { ...context, ...stopped });
  expect(step.actions).toEqual([{ type: 'forward', id: 0, to: '0725009001' }]);
  expect(where(flow, step.state)).toBeNull();
});

test('whatever the other side does, we do nothing of our own', () => {
  const call = new TestCall(flow, stopped);
  for (const event of [
    { type: 'transferRinging', id: 0 },
    { type: 'transferAnswered', id: 0, target: 0 },
    { type: 'resumed' },
    { type: 'keyPressed', key: '1' },
    { type: 'transferEnded', id: 0, by: 'staff' },
  ] as const)
    expect(call.send(event).actions).toEqual([]);
  expect(outcomeOf(call.send({ type: 'hungUp' }).state)).toBe('forwarded');
});

test('a busy tone of the other side is left to the line to relay', () => {
  const busy = { type: 'transferFailed', id: 0, reason: 'busy', sipCode: 486, q850Cause: 17 } as const;
  const call = new TestCall(flow, stopped).send(busy);
  expect(call.actions).toEqual([]);
  expect(outcomeOf(call.send({ type: 'hungUp' }).state)).toBe('forwarded');
});

test('where nothing could be dialled the caller is turned away, and so it is recorded', () => {
  const call = new TestCall(flow, stopped);
  call.send({ type: 'transferFailed', id: 0, reason: 'noLine', ...noAnswer });
  expect(call.actions).toEqual([{ type: 'hangUp', cause: 'busy' }]);
  expect(outcomeOf(call.send({ type: 'hungUp' }).state)).toBe('refused');
});

test('a caller who hangs up before an answer, and a call whose end nobody saw', () => {
  const gone = new TestCall(flow, stopped).send({ type: 'callerHungUp', q850Cause: 16 });
  expect(outcomeOf(gone.state)).toBe('forwarded');
  expect(outcomeOf(new TestCall(flow, stopped).send({ type: 'callLost' }).state)).toBe('unknown');
});

test('a line that tells nothing of the end keeps no call open for ever', () => {
  const call = new TestCall(flow, stopped).silence();
  expect(call.actions).toEqual([{ type: 'hangUp' }]);
  expect(outcomeOf(call.silence().state)).toBe('forwarded');
});
