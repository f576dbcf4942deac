import { expect, test } from 'vitest';
import { type CallPlan, planRound } from './call-plan.ts';
import { judgeStaff } from './judge-staff.ts';
import type { StaffLeg } from './staff-messages.ts';

const calls = planRound(12, 8_000, 'halfTransferred').calls;

/** Call 3 is transferred and staff hang up, 9 too and the caller does, 0 is not transferred. */
function callOf(index: 0 | 3 | 9): CallPlan {
  const call = calls[index];
  if (call === undefined) throw new Error('a round without that call');
  return call;
}

/** What staff would see of it if it went as planned. */
function perfect(plan: CallPlan): StaffLeg {
  const answeredAtMs = (plan.keys[0]?.pressAtMs ?? 0) + 120;
  const endedAtMs = answeredAtMs + 5_000;
  return {
    from: plan.from,
    to: '0725000201',
    answeredAtMs,
    ended: { atMs: endedAtMs, by: plan.hangUpAtMs === null ? 'us' : 'them' },
    markers: [{ marker: Number(plan.says), atMs: answeredAtMs + 30, untilMs: endedAtMs - 10 }],
    keysEndedAtMs: [],
    packets: { expected: 248, received: 248 },
    pauses: [],
  };
}

function changed(plan: CallPlan, change: Partial<StaffLeg>): readonly string[] {
  return judgeStaff(plan, [{ ...perfect(plan), ...change }]);
}

test.each([3, 9] as const)(
  'staff who hear their caller until the right side hangs up are content',
  (index) => {
    const plan = callOf(index);
    expect(judgeStaff(plan, [perfect(plan)])).toEqual([]);
  },
);

test('staff who are rung for nobody, not at all, or twice for one caller are not', () => {
  const plan = callOf(3);
  expect(judgeStaff(callOf(0), [perfect(callOf(0))])).toEqual(['staff rung: 1 times instead of 0']);
  expect(judgeStaff(plan, [])).toEqual(['staff rung: 0 times instead of 1']);
  expect(judgeStaff(plan, [perfect(plan), perfect(plan)])).toEqual(['staff rung: 2 times instead of 1']);
});

test('staff who hear another caller, or somebody besides theirs, are not', () => {
  const plan = callOf(3);
  const { markers } = perfect(plan);
  const other = markers.map((heard) => ({ ...heard, marker: Number(callOf(9).says) }));
  expect(changed(plan, { markers: other })).toContainEqual(expect.stringContaining('staff heard'));
  expect(changed(plan, { markers: [...markers, ...other] })).toContainEqual(
    expect.stringContaining('staff heard'),
  );
});

test('staff who hear their caller late, with a break, or with losses are not', () => {
  const plan = callOf(3);
  const { markers, ended, answeredAtMs } = perfect(plan);
  const late = markers.map((heard) => ({ ...heard, atMs: (answeredAtMs ?? 0) + 1_500 }));
  expect(changed(plan, { markers: late })).toContainEqual(expect.stringContaining('staff length'));
  const pause = { fromMs: ended.atMs - 2_000, lengthMs: 80 };
  expect(changed(plan, { pauses: [pause] })).toEqual(['staff pause: 80 ms']);
  expect(changed(plan, { packets: { expected: 248, received: 240 } })).toContainEqual(
    expect.stringContaining('staff lost'),
  );
});

test('a talk that the wrong side ended has failed', () => {
  const plan = callOf(9);
  expect(changed(plan, { ended: { ...perfect(plan).ended, by: 'us' } })).toEqual(['staff end: by us']);
});
