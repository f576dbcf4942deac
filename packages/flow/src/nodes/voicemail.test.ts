import { expect, test } from 'vitest';
import { outcomeOf } from '../state.ts';
import { ends, runnableOf, say } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const flow = runnableOf({
  message: {
    kind: 'voicemail',
    notice: say('録音します。'),
    maxDurationMs: 60_000,
    maxSilenceMs: 4_000,
    endKey: '*',
    next: { recorded: 'bye', empty: 'hangUp' },
  },
  ...ends,
});
const recording = () => new TestCall(flow).announced();
const recorded =
  (durationMs: number, endedBy: 'key' | 'silence' | 'limit' | 'hangUp' | 'fault') => (id: number) =>
    ({ type: 'voicemailRecorded', id, durationMs, endedBy }) as const;

test('the caller is told of the recording before it begins', () => {
  const call = new TestCall(flow);
  expect(call.said).toBe('録音します。');
  expect(call.announced().actions).toEqual([
    { type: 'recordVoicemail', id: 2, maxDurationMs: 60_000, maxSilenceMs: 4_000, endKey: '*' },
  ]);
});

test('a message and an empty one go their ways', () => {
  expect(recording().answer(recorded(5_000, 'key')).branches).toEqual(['message:recorded']);
  expect(recording().answer(recorded(400, 'silence')).branches).toEqual(['message:empty', 'hangUp:end']);
  const failed = recording().answer((id) => ({ type: 'actionFailed', id, reason: 'disk full' }));
  expect(failed.branches[0]).toBe('message:empty');
});

test('a caller who hangs up after speaking has left a message, whichever is reported first', () => {
  const hungUp = { type: 'callerHungUp', q850Cause: 16 } as const;
  expect(outcomeOf(recording().answer(recorded(5_000, 'hangUp')).send(hungUp).state)).toBe('voicemail');
  expect(outcomeOf(recording().send(hungUp, 5_000).state)).toBe('voicemail');
  expect(outcomeOf(recording().send(hungUp, 300).state)).toBe('abandoned');
});

test('a recording of which nothing is heard is stopped, then taken for empty', () => {
  const call = recording().silence();
  expect(call.actions).toEqual([{ type: 'stopVoicemail', id: 2 }]);
  expect(call.silence().branches[0]).toBe('message:empty');
});

test('after a crash of the controller a recording goes on', () => {
  const call = recording();
  const before = call.state;
  expect(call.send({ type: 'resumed' }).state).toBe(before);
});

test('no message is recorded of a caller who could not hear the notice', () => {
  const call = new TestCall(flow).answer((id) => ({ type: 'actionFailed', id, reason: 'no sound' }));
  expect(call.actions).toEqual([]);
  expect(call.answer(recorded(5_000, 'key')).branches).toEqual([]);
  expect(call.silence().branches).toEqual(['message:empty', 'hangUp:end']);
  expect(call.state.served.voicemail).toBe(false);
});

test('a notice that fails stops the recording also where an earlier one was heard', () => {
  const twice = runnableOf({
    staff: {
      kind: 'transfer',
      to: '0725-00-2001',
      record: true,
      announcement: say('録音します。'),
      givesRecordingNotice: true,
      next: { busy: 'message', unanswered: 'message', failed: 'message', ended: 'hangUp' },
    },
    message: {
      kind: 'voicemail',
      notice: say('録音します。'),
      next: { recorded: 'hangUp', empty: 'hangUp' },
    },
    hangUp: ends.hangUp,
  });
  const call = new TestCall(twice).announced();
  call.answer((id) => ({ type: 'transferFailed', id, reason: 'busy', sipCode: 486, q850Cause: 17 }));
  expect(call.said).toBe('録音します。');
  expect(call.answer((id) => ({ type: 'actionFailed', id, reason: 'no sound' })).actions).toEqual([]);
  expect(call.silence().branches).toEqual(['staff:busy', 'message:empty', 'hangUp:end']);
});

test('without a notice that was heard, going round through the recording does not make the call fail', () => {
  const round = runnableOf({
    notice: {
      kind: 'announcement',
      prompt: say('録音します。'),
      interruptible: false,
      givesRecordingNotice: true,
      next: { next: 'message' },
    },
    message: { kind: 'voicemail', notice: null, next: { recorded: 'hangUp', empty: 'message' } },
    hangUp: ends.hangUp,
  });
  const call = new TestCall(round).answer((id) => ({ type: 'actionFailed', id, reason: 'no sound' }));
  expect(call.silence().silence().state.failed).toBe(false);
  expect(call.actions).toEqual([]);
  expect(new TestCall(round).announced().actions).toEqual([
    expect.objectContaining({ type: 'recordVoicemail' }),
  ]);
});
