import { expect, test } from 'vitest';
import type { TransferFailure } from '../event.ts';
import { loadPublished } from '../runnable.ts';
import { outcomeOf } from '../state.ts';
import { bundleOf, ends, runnableOf, say } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const flow = runnableOf({
  staff: {
    kind: 'transfer',
    to: '0725-00-2001',
    ringTimeoutMs: 20_000,
    record: true,
    announcement: say('録音します。'),
    givesRecordingNotice: true,
    next: { busy: 'bye', unanswered: 'bye', failed: 'bye', ended: 'bye' },
  },
  bye: ends.bye,
});
const ringing = () => new TestCall(flow).announced();
const failed = (reason: TransferFailure) => (id: number) =>
  ({ type: 'transferFailed', id, reason, sipCode: null, q850Cause: null }) as const;
const answered = (call: TestCall) => call.answer((id) => ({ type: 'transferAnswered', id }));

test('the caller hears the announcement to its end before staff are called', () => {
  const call = new TestCall(flow).press('1', '2');
  expect(call.actions).toEqual([]);
  expect(call.announced().actions).toEqual([
    { type: 'transfer', id: call.seq, to: '0725002001', ringTimeoutMs: 20_000, record: true },
  ]);
});

test.each<[TransferFailure, string]>([
  ['busy', 'busy'],
  ['unanswered', 'unanswered'],
  ['refused', 'failed'],
  ['unreachable', 'failed'],
  ['unknown', 'failed'],
])('a transfer that comes to nothing has its way: %s', (reason, branch) => {
  expect(ringing().answer(failed(reason)).branches).toEqual([`staff:${branch}`]);
});

test('when staff hang up first the call goes on; when the caller does it ends', () => {
  const call = answered(ringing());
  const id = call.seq - 1;
  expect(call.send({ type: 'transferEnded', id, by: 'staff' }, 60_000).branches).toEqual(['staff:ended']);
  const other = answered(ringing());
  other.send({ type: 'transferEnded', id: other.seq - 1, by: 'caller' }, 60_000);
  expect(other.branches).toEqual([]);
  expect(outcomeOf(other.send({ type: 'callerHungUp', q850Cause: 16 }).state)).toBe('transfer');
  expect(other.branches).toEqual(['staff:ended']);
  const firstReport = answered(ringing()).send({ type: 'callerHungUp', q850Cause: 16 });
  expect(outcomeOf(firstReport.state)).toBe('transfer');
  expect(firstReport.branches).toEqual(['staff:ended']);
});

test('a transfer of which nothing is heard is taken down and has failed', () => {
  const call = ringing();
  const id = call.seq;
  expect(call.silence().actions[0]).toEqual({ type: 'endTransfer', id });
  expect(call.branches).toEqual(['staff:failed']);
  expect(call.send({ type: 'transferAnswered', id }).state.served.transfer).toBe(false);
});

test('after a crash of the controller an open transfer stays as it is, an announcement is heard again', () => {
  const call = ringing();
  const before = call.state;
  expect(call.send({ type: 'resumed' }).state).toBe(before);
  expect(new TestCall(flow).send({ type: 'resumed' }).said).toBe('録音します。');
});

test('a caller who hangs up while it rings has abandoned', () => {
  expect(outcomeOf(ringing().send({ type: 'callerHungUp', q850Cause: 16 }).state)).toBe('abandoned');
});

test('keys during the talk are staff’s and the caller’s affair', () => {
  const call = answered(ringing());
  const before = call.state;
  expect(call.press('1', '#').state).toBe(before);
});

const actionFailed = (id: number) => ({ type: 'actionFailed', id, reason: 'no sound' }) as const;

test('a caller who could not hear the notice is connected, but not recorded', () => {
  const failedNotice = new TestCall(flow).answer(actionFailed);
  expect(failedNotice.actions).toEqual([expect.objectContaining({ type: 'transfer', record: false })]);
  const endless = new TestCall(flow).silence();
  expect(endless.actions.at(-1)).toEqual(expect.objectContaining({ type: 'transfer', record: false }));
});

const toldBefore = (settings: object) => ({
  notice: {
    kind: 'announcement',
    prompt: say('録音します。'),
    givesRecordingNotice: true,
    next: { next: 'staff' },
    ...settings,
  },
  staff: {
    kind: 'transfer',
    to: '0725-00-2001',
    record: true,
    next: { busy: 'bye', unanswered: 'bye', failed: 'bye', ended: 'bye' },
  },
  bye: ends.bye,
});

test('a notice in an earlier announcement counts once it was heard to its end', () => {
  const earlier = runnableOf(toldBefore({ interruptible: false }));
  const recorded = (record: boolean) => [expect.objectContaining({ type: 'transfer', record })];
  expect(new TestCall(earlier).announced().actions).toEqual(recorded(true));
  expect(new TestCall(earlier).answer(actionFailed).actions).toEqual(recorded(false));
  expect(new TestCall(earlier).send({ type: 'resumed' }).announced().actions).toEqual(recorded(true));
});

test('in an older version whose notice can be cut short, a caller who did so is not recorded', () => {
  const call = new TestCall(loadPublished(bundleOf(toldBefore({ interruptible: true })))).press('1');
  expect(call.actions.at(-1)).toEqual(expect.objectContaining({ type: 'transfer', record: false }));
});
