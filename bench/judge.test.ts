import { expect, test } from 'vitest';
import type { CallEvidence } from './call-evidence.ts';
import { type CallPlan, planRound } from './call-plan.ts';
import { judgeCall } from './judge.ts';
import { CONNECT_LIMIT_MS } from './plan-transfer.ts';

const ordinary = (() => {
  const [first] = planRound(3, 8_000, 'twoWay').calls;
  if (first === undefined) throw new Error('a round without calls');
  return first;
})();

/** Calls 3 to 5 of a round with transfers are transferred, and staff hang up; of 9 to 11 the callers do. */
function transferred(index: 3 | 9): CallPlan {
  const call = planRound(12, 8_000, 'halfTransferred').calls[index];
  if (call === undefined) throw new Error('a round without that call');
  return call;
}

/** What a caller would see of a call that went as planned. */
function perfect(plan: CallPlan = ordinary): CallEvidence {
  let atMs = 50;
  const keysEndedAtMs: number[] = [];
  const markers = plan.sounds.map(({ marker, lengthMs, cutByKey, byStaff }) => {
    const beganMs = atMs;
    const key = cutByKey === null ? undefined : plan.keys[cutByKey];
    if (key === undefined) {
      atMs += byStaff ? lengthMs + CONNECT_LIMIT_MS : lengthMs;
    } else {
      keysEndedAtMs.push(key.pressAtMs + 80);
      atMs = key.pressAtMs + 85;
    }
    return { marker, atMs: beganMs, untilMs: atMs };
  });
  const packets = Math.round((atMs - 50) / 20);
  return {
    answeredAtMs: 30,
    ended: { atMs: atMs + 10, by: plan.hangUpAtMs === null ? 'them' : 'us' },
    markers,
    keysEndedAtMs,
    packets: { expected: packets, received: packets },
    pauses: [],
  };
}

function changed(
  change: (evidence: CallEvidence) => Partial<CallEvidence>,
  plan: CallPlan = ordinary,
): readonly string[] {
  const evidence = perfect(plan);
  return judgeCall(plan, { ...evidence, ...change(evidence) }).failures;
}

test('a call as planned passes, and its keys are timed from their end to the new announcement', () => {
  const { failures, keyToAnnouncementMs } = judgeCall(ordinary, perfect());
  expect(failures).toEqual([]);
  expect(keyToAnnouncementMs.map(Math.round)).toEqual([5, 5]);
});

test('a call that got the announcement of another key fails', () => {
  const failures = changed(({ markers }) => ({
    markers: markers.map((heard, at) => (at === 2 ? { ...heard, marker: heard.marker + 1 } : heard)),
  }));
  expect(failures).toEqual([expect.stringContaining('wrong sound')]);
});

test('a wrong announcement is not timed as an answer to the key', () => {
  const evidence = perfect();
  const markers = evidence.markers.map((heard, at) => (at === 2 ? { ...heard, marker: 27 } : heard));
  expect(judgeCall(ordinary, { ...evidence, markers }).keyToAnnouncementMs).toHaveLength(1);
});

test('a call that misses an announcement, or got one too many, fails', () => {
  expect(changed(({ markers }) => ({ markers: markers.slice(0, -1) }))).not.toEqual([]);
  expect(
    changed(({ markers }) => ({
      markers: [...markers, { marker: 0, atMs: 0, untilMs: 1 }],
    })),
  ).not.toEqual([]);
});

test('one packet in a hundred may be lost, not two', () => {
  const lose = (share: number) =>
    changed(({ packets }) => ({
      packets: { ...packets, received: Math.floor(packets.expected * (1 - share)) },
    }));
  expect(lose(0.009)).toEqual([]);
  expect(lose(0.02)).not.toEqual([]);
});

test('packets that were never sent are missed too', () => {
  const failures = changed(({ packets: { expected } }) => ({
    packets: { expected: Math.floor(expected * 0.98), received: Math.floor(expected * 0.98) },
  }));
  expect(failures).toEqual([expect.stringContaining('that were due')]);
});

test('an announcement that breaks off fails the call', () => {
  const failures = changed(({ markers }) => ({
    markers: markers.map((heard, at) => (at === 0 ? { ...heard, untilMs: heard.untilMs - 200 } : heard)),
  }));
  expect(failures).toEqual([expect.stringContaining('sound 0 for')]);
});

test('a pause over 60 ms fails the call', () => {
  expect(changed(() => ({ pauses: [{ fromMs: 5_000, lengthMs: 61 }] }))).not.toEqual([]);
});

test('a call that was refused, hung up on by the caller, or over before the others fails', () => {
  expect(changed(() => ({ answeredAtMs: null }))).toEqual(['unanswered: no 200']);
  expect(changed(({ ended }) => ({ ended: { ...ended, by: 'us' } }))).not.toEqual([]);
  expect(changed(({ ended }) => ({ ended: { ...ended, atMs: ordinary.steadyToMs - 1 } }))).not.toEqual([]);
});

test.each([3, 9] as const)(
  'a transferred call as planned passes, and tells how soon staff were heard',
  (index) => {
    const plan = transferred(index);
    const { failures, keyToAnnouncementMs, keyToStaffMs } = judgeCall(plan, perfect(plan));
    expect(failures).toEqual([]);
    expect(keyToAnnouncementMs).toEqual([]);
    expect(keyToStaffMs.map(Math.round)).toEqual([5]);
  },
);

test('a caller who never hears staff, or hears them no longer than for a moment, has failed', () => {
  const plan = transferred(3);
  const silent = changed(({ markers }) => ({ markers: markers.filter((_, at) => at !== 2) }), plan);
  expect(silent).toContainEqual(expect.stringContaining('wrong sound'));
  const cut = changed(
    ({ markers }) => ({
      markers: markers.map((heard, at) => (at === 2 ? { ...heard, untilMs: heard.atMs + 500 } : heard)),
    }),
    plan,
  );
  expect(cut).toContainEqual(expect.stringContaining('sound 12 for'));
});

test('until staff are heard a caller may hear nothing for a while, but not for long, and not afterwards', () => {
  const plan = transferred(3);
  const connected = (waitMs: number) =>
    changed(({ markers, keysEndedAtMs: [keyEnded = 0] }) => {
      const later = markers.map((heard, at) => (at === 2 ? { ...heard, atMs: keyEnded + waitMs } : heard));
      return { markers: later, pauses: [{ fromMs: keyEnded, lengthMs: waitMs }] };
    }, plan);
  expect(connected(900)).toEqual([]);
  expect(connected(1_100)).toContainEqual(expect.stringContaining('connecting'));
  const inTalk = changed(({ markers }) => {
    const fromMs = (markers[2]?.atMs ?? 0) + 1_000;
    return { pauses: [{ fromMs, lengthMs: 80 }] };
  }, plan);
  expect(inTalk).toContainEqual(expect.stringContaining('pause: 80 ms'));
});

test('a caller who is to hang up himself must not be hung up on', () => {
  expect(changed(({ ended }) => ({ ended: { ...ended, by: 'them' } }), transferred(9))).toContain(
    'end: by them',
  );
});
