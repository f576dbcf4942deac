import { expect, test } from 'vitest';
import { begin } from './interpreter.ts';
import { loadPublished } from './runnable.ts';
import { outcomeOf } from './state.ts';
import { bundleOf, ends, runnableOf, say } from './testing/test-bundle.ts';
import { context, TestCall } from './testing/test-call.ts';
import { where } from './where.ts';

const hello = { kind: 'announcement', title: '挨拶', prompt: say('こんにちは。'), next: { next: 'bye' } };
const flow = runnableOf({ hello, bye: ends.bye });
const hungUp = { type: 'hungUp' } as const;
const callerHungUp = { type: 'callerHungUp', q850Cause: 16 } as const;

test('a call is answered first, and nothing is said before it is', () => {
  const step = begin(flow, context);
  expect(step.actions).toEqual([{ type: 'answer' }]);
  expect(step.state.deadlineMs).toBeGreaterThan(0);
  expect(new TestCall(flow).said).toBe('こんにちは。');
});

test('after the farewell the line is hung up, and the call has ended when it is', () => {
  const call = new TestCall(flow).announced().announced();
  expect(call.actions).toEqual([{ type: 'hangUp' }]);
  expect(outcomeOf(call.state)).toBeNull();
  expect(outcomeOf(call.send(hungUp).state)).toBe('announcement');
  expect(call.state.deadlineMs).toBeNull();
});

test('a line that does not hang up keeps no call open for ever', () => {
  expect(outcomeOf(new TestCall(flow).announced().announced().silence().state)).toBe('announcement');
});

test('what came of a call that ends early', () => {
  expect(outcomeOf(new TestCall(flow).send(callerHungUp).state)).toBe('abandoned');
  expect(outcomeOf(new TestCall(flow).announced().send(callerHungUp).state)).toBe('announcement');
  expect(outcomeOf(new TestCall(flow).send({ type: 'callLost' }).state)).toBe('unknown');
  expect(outcomeOf(new TestCall(flow).send(hungUp).state)).toBe('error');
});

test('nothing happens in a call that has ended', () => {
  const call = new TestCall(flow).send(callerHungUp);
  const before = call.state;
  expect(call.press('1').announced().send({ type: 'resumed' }).send({ type: 'callLost' }).state).toBe(before);
});

test('an event that was folded before changes nothing', () => {
  const call = new TestCall(flow);
  const before = call.state;
  call.seq -= 1;
  expect(call.send({ type: 'announced', id: 1 }).state).toBe(before);
});

test('a deadline that comes early, or to a call that has moved on, changes nothing', () => {
  const call = new TestCall(flow);
  const before = call.state;
  expect(call.send({ type: 'timePassed' }, 60_000).state).toBe(before);
});

test('a timer that fires a few milliseconds early counts', () => {
  const call = new TestCall(flow).announced().announced();
  const early = (call.state.deadlineMs ?? 0) - call.atMs - 3;
  expect(outcomeOf(call.send({ type: 'timePassed' }, early).state)).toBe('announcement');
});

test('after a crash of the controller the prompt is said again under a new id, and the older end does not count', () => {
  const call = new TestCall(flow).send({ type: 'resumed' });
  expect(call.actions).toEqual([
    { type: 'stopAnnouncing' },
    { type: 'announce', id: 2, parts: [{ type: 'fixed', text: 'こんにちは。' }] },
  ]);
  expect(call.send({ type: 'announced', id: 1 }).nodeId).toBe('hello');
  expect(call.announced().nodeId).toBe('bye');
});

test('after a crash a call that was being answered or hung up goes on with that', () => {
  const hanging = new TestCall(flow).announced().announced().send({ type: 'resumed' });
  expect(hanging.actions).toEqual([{ type: 'hangUp' }]);
  const call = new TestCall(flow);
  call.step = begin(flow, context);
  expect(call.send({ type: 'resumed' }).actions).toEqual([{ type: 'answer' }]);
});

test('an older bundle that breaks a rule of today is loaded, and ends in an error instead of turning for ever', () => {
  const set = (next: string) => ({ kind: 'setVariable', variable: 'v', value: '{{v}}x', next: { next } });
  const call = new TestCall(
    loadPublished(JSON.parse(JSON.stringify(bundleOf({ a: set('b'), b: set('a') })))),
  );
  expect(call.actions).toEqual([{ type: 'hangUp' }]);
  expect(outcomeOf(call.send(hungUp).state)).toBe('error');
  const open = new TestCall(loadPublished(bundleOf({ hello: { ...hello, next: {} } }))).announced();
  expect(open.actions).toEqual([{ type: 'hangUp' }]);
});

test('a bundle of no known shape is refused', () => {
  expect(() => loadPublished({ flows: 3 })).toThrow(expect.objectContaining({ code: 'bundleUnreadable' }));
  expect(() => loadPublished(bundleOf({ a: { kind: 'teleport' } }))).toThrow(
    expect.objectContaining({ code: 'bundleUnreadable' }),
  );
  expect(() => loadPublished(bundleOf({ a: { kind: 'transfer' } }))).toThrow(
    expect.objectContaining({ code: 'bundleUnreadable' }),
  );
});

test('the live page learns where a call stands, also after its end', () => {
  const call = new TestCall(flow);
  expect(where(flow, call.state)).toEqual({
    flowId: 'main',
    nodeId: 'hello',
    title: '挨拶',
    kind: 'announcement',
    secret: false,
  });
  expect(where(flow, call.send(callerHungUp).state)?.nodeId).toBe('hello');
});

test('today and now are Japanese, at the time of the call at which they are said', () => {
  const late = runnableOf({ hello, bye: { kind: 'end', farewell: say('{{today}}{{now}}') } });
  const call = new TestCall(late, { beganAt: '2026-12-31T14:59:58Z' });
  expect(call.announced().said).toBe('[2027-01-01][00:00]');
});
