import { expect, test } from 'vitest';
import { check } from '../check/check.ts';
import type { TransferFailure } from '../event.ts';
import { loadPublished } from '../runnable.ts';
import { bundleOf, ends, runnableOf, say, surroundings } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const targets = [
  { to: '0725-00-2001', ringTimeoutMs: 10_000 },
  { to: '0725-00-2002', ringTimeoutMs: 20_000 },
];
const byes = (...branches: string[]) => Object.fromEntries(branches.map((branch) => [branch, 'bye']));
const waiting = { prompt: say('お待ちください。'), everyMs: 25_000, limitMs: 60_000 };
const staff = (settings: object, ...branches: string[]) => ({
  staff: { kind: 'transfer', targets, ...settings, next: byes('failed', 'ended', ...branches) },
  bye: ends.bye,
});
const flowOf = (settings: object = {}) => runnableOf(staff(settings, 'busy', 'unanswered'));
const waits = (settings: object = {}) => runnableOf(staff({ waiting, ...settings }, 'waitedTooLong'));
const failed = (reason: TransferFailure) => (id: number) =>
  ({ type: 'transferFailed', id, reason, sipCode: null, q850Cause: null }) as const;
const dialled = (call: TestCall) =>
  call.actions.flatMap((action) => (action.type === 'transfer' ? [action.to] : []));

test('in order, the next telephone rings once the one before cannot be had', () => {
  const call = new TestCall(flowOf());
  expect(call.actions).toEqual([
    { type: 'transfer', id: 1, to: '0725002001', ringTimeoutMs: 10_000, record: false },
  ]);
  expect(call.answer(failed('busy')).actions).toEqual([
    { type: 'transfer', id: 2, to: '0725002002', ringTimeoutMs: 20_000, record: false, target: 1 },
  ]);
  expect(call.send({ type: 'transferAnswered', id: 2, target: 1 }).state.served.transfer).toBe(true);
});

test('at once, all telephones ring by one order', () => {
  expect(new TestCall(flowOf({ ringing: 'all' })).actions).toEqual([
    {
      type: 'transfer',
      id: 1,
      to: '0725002001',
      ringTimeoutMs: 10_000,
      record: false,
      alsoRing: [{ target: 1, to: '0725002002', ringTimeoutMs: 20_000 }],
    },
  ]);
});

test.each<[TransferFailure, TransferFailure, string]>([
  ['busy', 'busy', 'busy'],
  ['busy', 'unanswered', 'unanswered'],
  ['unanswered', 'refused', 'unanswered'],
  ['busy', 'unreachable', 'failed'],
  ['refused', 'busy', 'failed'],
])('where one telephone is %s and the other %s the way is %s', (first, second, branch) => {
  const call = new TestCall(flowOf()).answer(failed(first)).answer(failed(second));
  expect(call.branches).toEqual([`staff:${branch}`]);
});

test('a telephone of which nothing is heard is given up, and the next one rings', () => {
  const call = new TestCall(flowOf()).silence();
  expect(call.actions.map(({ type }) => type)).toEqual(['endTransfer', 'transfer']);
  expect(call.atMs).toBe(100 + 10_000 + 20_000);
  expect(dialled(call)).toEqual(['0725002002']);
});

test('staff hear who calls, and a key is asked of them', () => {
  const whisper = say('{{calledName}}への{{callerNumber}}からの電話です。つなぐには1を。');
  const flow = flowOf({ whisper, acceptKey: '1' });
  const [action] = new TestCall(flow, { phoneNumberName: '国保' }).actions;
  expect(action).toMatchObject({ whisper: { acceptKey: '1', acceptTimeoutMs: 15_000 } });
  const parts = action?.type === 'transfer' ? (action.whisper?.parts ?? []) : [];
  expect(parts.map((part) => ('text' in part ? part.text : ''))).toEqual([
    '国保',
    'への',
    '09000001234',
    'からの電話です。つなぐには1を。',
  ]);
});

test('where all are busy the caller is told to wait, and at its end they are rung again under new orders', () => {
  const call = new TestCall(waits()).answer(failed('busy')).answer(failed('busy'));
  expect(call.said).toBe('お待ちください。');
  expect(dialled(call.announced())).toEqual(['0725002001']);
  expect(call.actions).toEqual([expect.objectContaining({ id: call.seq })]);
  // Taken again: not told again yet, and not rung again at once.
  call.answer(failed('busy')).answer(failed('busy'));
  expect(call.actions).toEqual([]);
  const pausedMs = call.atMs;
  expect(dialled(call.silence())).toEqual(['0725002001']);
  expect(call.atMs - pausedMs).toBe(10_000);
});

test('between the announcements he hears the ring tone until the node is left, also after a crash of the controller', () => {
  const tones = (call: TestCall) =>
    call.actions.flatMap((action) => (action.type === 'ringTone' ? [action.on] : []));
  const call = new TestCall(waits()).answer(failed('busy'));
  expect(tones(call)).toEqual([]);
  expect(tones(call.answer(failed('busy')))).toEqual([true]);
  call.announced();
  expect(tones(call.send({ type: 'resumed' }))).toEqual([true]);
  for (let rounds = 0; call.branches.length === 0 && rounds < 20; rounds++) call.silence();
  expect(call.branches).toEqual(['staff:waitedTooLong']);
  expect(tones(call)).toEqual([false]);
});

test('a caller for whom telephones ring on is told to wait while they ring, from one beginning to the next', () => {
  const call = new TestCall(waits({ targets: [{ to: '0725002001', ringTimeoutMs: 120_000 }] }));
  expect(call.silence().said).toBe('お待ちください。');
  expect(call.atMs).toBe(100 + 25_000);
  call.announced();
  expect(call.silence().said).toBe('お待ちください。');
  expect(call.atMs).toBe(100 + 50_000);
  expect(call.state.nodeData).toMatchObject({ stage: 'ringing', id: 1 });
});

test('at the limit what rings is cancelled and the flow goes on', () => {
  const call = new TestCall(waits({ waiting: { ...waiting, limitMs: 20_000 }, targets: [targets[1]] }));
  expect(call.silence().actions[0]).toEqual({ type: 'endTransfer', id: 1 });
  expect(call.atMs).toBe(100 + 20_000);
  expect(call.branches).toEqual(['staff:waitedTooLong']);
});

test('staff who answer while the caller is told to wait cut it short', () => {
  const call = new TestCall(waits({ targets: [{ to: '0725002001', ringTimeoutMs: 120_000 }] })).silence();
  expect(call.send({ type: 'transferAnswered', id: 1 }).actions).toEqual([{ type: 'stopAnnouncing' }]);
  expect(call.state.served.transfer).toBe(true);
});

test('telephones that cannot be reached at all are not waited for', () => {
  const call = new TestCall(waits()).answer(failed('unreachable')).answer(failed('busy'));
  expect(call.branches).toEqual(['staff:failed']);
});

test('a caller who waits goes on waiting where nobody knows what became of a call to staff', () => {
  const call = new TestCall(waits()).answer(failed('unknown')).answer(failed('busy'));
  expect(call.branches).toEqual([]);
  expect(dialled(call.announced())).toEqual(['0725002001']);
});

test('the key to leave counts once the caller was told of it', () => {
  const flow = runnableOf(staff({ waiting: { ...waiting, leaveKey: '9' } }, 'waitedTooLong', 'leaves'));
  const call = new TestCall(flow).press('9');
  expect(call.branches).toEqual([]);
  call.send(failed('busy')(1)).answer(failed('busy'));
  expect(call.said).toBe('お待ちください。');
  expect(call.press('3').branches).toEqual([]);
  expect(call.press('9').branches).toEqual(['staff:leaves']);
});

test('after a crash of the controller the caller is told to wait again; nobody is rung for it', () => {
  const call = new TestCall(waits()).answer(failed('busy')).answer(failed('busy'));
  call.send({ type: 'resumed' });
  expect(call.said).toBe('お待ちください。');
  expect(dialled(call)).toEqual([]);
});

test('having been told to wait is no notice of recording', () => {
  const notice = { announcement: say('録音します。'), givesRecordingNotice: true, record: true };
  const call = new TestCall(waits(notice)).answer((id) => ({ type: 'actionFailed', id, reason: 'no sound' }));
  call.answer(failed('busy')).answer(failed('busy')).announced();
  expect(call.actions).toEqual([expect.objectContaining({ type: 'transfer', record: false })]);
  const told = new TestCall(waits(notice)).announced().answer(failed('busy')).answer(failed('busy'));
  told.answer((id) => ({ type: 'actionFailed', id, reason: 'no sound' }));
  expect(told.actions).toEqual([expect.objectContaining({ type: 'transfer', record: true })]);
});

const problems = (settings: object) =>
  check(bundleOf(staff(settings, 'busy', 'unanswered')), surroundings).map(({ code }) => code);

test.each<[string, object, string[]]>([
  ['two telephones', {}, []],
  ['the same telephone twice', { targets: [targets[0], { to: '0725002001' }] }, ['duplicateTarget']],
  ['a second that is our own', { targets: [targets[0], { to: '0725001001' }] }, ['ownNumber']],
  ['a second that is no number', { targets: [targets[0], { to: '110' }] }, ['notDialable']],
  ['none', { targets: [] }, ['badSettings']],
  [
    'eleven',
    { targets: Array.from({ length: 11 }, (_, n) => ({ to: `07250020${10 + n}` })) },
    ['badSettings'],
  ],
  ['a key that nobody says', { acceptKey: '1' }, ['acceptKeyUnsaid']],
  ['a key that is said', { acceptKey: '1', whisper: say('つなぐには1を。') }, []],
])('the checker on %s', (_name, settings, expected) => {
  expect(problems(settings)).toEqual(expected);
});

test('of several telephones the checker names the one that is wrong', () => {
  const bundle = bundleOf(staff({ targets: [targets[0], { to: '' }] }, 'busy', 'unanswered'));
  expect(check(bundle, surroundings)[0]?.message).toBe('2番目の転送先の電話番号がありません。');
});

test('with waiting, the ways of busy and of no answer are not asked for, that of the limit is', () => {
  expect(problems({ waiting })).toEqual(['missingBranch', 'unusedBranch', 'unusedBranch']);
});

test('waiting that leads back to the transfer by itself is refused', () => {
  const settings = { waiting, next: { ...byes('failed', 'ended'), waitedTooLong: 'staff' } };
  const bundle = bundleOf({ ...staff({}), staff: { ...staff(settings).staff, next: settings.next } });
  expect(check(bundle, surroundings).map(({ code }) => code)).toEqual(['unaskedRepetition']);
});

test('a flow published with a single number is one with one telephone', () => {
  const older = loadPublished(
    bundleOf({ staff: { kind: 'transfer', to: '0725-00-2001', ringTimeoutMs: 7_000, next: {} }, ...ends }),
  );
  expect(new TestCall(older).actions).toEqual([
    { type: 'transfer', id: 1, to: '0725002001', ringTimeoutMs: 7_000, record: false },
  ]);
});
