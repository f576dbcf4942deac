import type { CallSummary } from '@madoguchi/server/contract';
import { expect, test } from 'vitest';
import {
  callsInProgress,
  endedCalls,
  NOTHING_YET,
  withCalls,
  withLinkLost,
  withSnapshot,
} from './live-state.ts';

const AT = '2026-04-01T10:00:00+09:00';
const NOW_MS = Date.parse(AT) - 120_000;

function call(callId: string, change: Partial<CallSummary> = {}): CallSummary {
  return {
    callId,
    callDay: '2026-04-01',
    phoneNumber: '0725001001',
    phoneNumberShown: '0725-00-1001',
    phoneNumberName: '資格給付',
    callerNumber: '09000000001',
    callerShown: '090-0000-0001',
    beganAt: AT,
    answeredAt: AT,
    endedAt: null,
    state: 'inProgress',
    outcome: null,
    node: null,
    keys: '',
    path: [],
    hasRecording: false,
    isTest: false,
    isPlaced: false,
    staff: null,
    lastSeq: 3,
    ...change,
  };
}

const ended = (callId: string, endedAt: string) =>
  call(callId, { state: 'ended', endedAt, outcome: 'sms', lastSeq: 9 });

test('a call that ends moves from those in progress to those ended', () => {
  const before = withSnapshot(NOTHING_YET, { calls: [call('a'), call('b')], at: AT }, NOW_MS);
  const after = withCalls(before, { calls: [ended('a', '2026-04-01T10:00:05+09:00')], at: AT }, NOW_MS);
  expect(callsInProgress(after).map(({ callId }) => callId)).toEqual(['b']);
  expect(endedCalls(after, []).map(({ callId }) => callId)).toEqual(['a']);
});

test('older news of a call, come late, does not turn it back', () => {
  const before = withSnapshot(
    NOTHING_YET,
    { calls: [call('a', { keys: '12', lastSeq: 7 })], at: AT },
    NOW_MS,
  );
  const after = withCalls(before, { calls: [call('a', { keys: '1', lastSeq: 5 })], at: AT }, NOW_MS);
  expect(callsInProgress(after)[0]?.keys).toBe('12');
});

test('a call that ended while the stream was away is no longer shown as in progress', () => {
  const before = withLinkLost(withSnapshot(NOTHING_YET, { calls: [call('a'), call('b')], at: AT }, NOW_MS));
  expect(before.link).toBe('reconnecting');
  const after = withSnapshot(before, { calls: [call('b')], at: AT }, NOW_MS);
  expect(after.link).toBe('live');
  expect(callsInProgress(after).map(({ callId }) => callId)).toEqual(['b']);
});

test('an unchanged call stays the same object, so that its row is not drawn again', () => {
  const before = withSnapshot(NOTHING_YET, { calls: [call('a')], at: AT }, NOW_MS);
  const after = withCalls(before, { calls: [call('a'), call('b')], at: AT }, NOW_MS);
  expect(after.calls.get('a')).toBe(before.calls.get('a'));
});

test('calls of the list and of the stream are shown once, last ended first, 20 at most', () => {
  const state = withSnapshot(
    NOTHING_YET,
    { calls: [ended('x', '2026-04-01T10:30:00+09:00')], at: AT },
    NOW_MS,
  );
  const listed = Array.from({ length: 25 }, (_, nth) =>
    ended(`l${nth}`, `2026-04-01T10:${String(nth).padStart(2, '0')}:00+09:00`),
  );
  const shown = endedCalls(state, [...listed, call('x')]);
  expect(shown).toHaveLength(20);
  expect(shown.slice(0, 2).map(({ callId }) => callId)).toEqual(['x', 'l24']);
});

test("running times go by the server's clock, not by a computer that is two minutes slow", () => {
  expect(withSnapshot(NOTHING_YET, { calls: [], at: AT }, NOW_MS).serverAheadMs).toBe(120_000);
});
