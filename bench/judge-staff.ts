import type { CallPlan } from './call-plan.ts';
import { LEAST_SHARE, LONGEST_PAUSE_MS } from './judge.ts';
import { CONNECT_LIMIT_MS } from './plan-transfer.ts';
import type { StaffLeg } from './staff-messages.ts';

/**
 * Judges the staff's end of a call. A transferred call must have rung one staff telephone, showing the caller's number; whoever answered
 * must have heard this caller and nobody else, without a pause, until the right side hung up. Any other call must have rung nowhere.
 *
 * @param legs of all calls of the round
 * @returns failures as of `judgeCall`
 */
export function judgeStaff(plan: CallPlan, legs: readonly StaffLeg[]): readonly string[] {
  const own = legs.filter(({ from }) => from === plan.from);
  const wanted = plan.sounds.some(({ byStaff }) => byStaff) ? 1 : 0;
  const [leg] = own;
  if (own.length !== wanted) return [`staff rung: ${own.length} times instead of ${wanted}`];
  return leg === undefined ? [] : judgeLeg(plan, leg);
}

function judgeLeg(plan: CallPlan, leg: StaffLeg): readonly string[] {
  const { answeredAtMs, ended, markers, packets, pauses } = leg;
  if (answeredAtMs === null) return ['staff unanswered: the call was taken back'];
  const failures: string[] = [];
  const wantedEnd = plan.hangUpAtMs === null ? 'us' : 'them';
  if (ended.by !== wantedEnd) failures.push(`staff end: by ${ended.by}`);
  const heard = markers.map(({ marker }) => marker).join(' ');
  if (heard !== String(plan.says))
    failures.push(`staff heard: ${heard || 'nothing'} instead of ${plan.says}`);
  const heardMs = markers.reduce((sum, { atMs, untilMs }) => sum + untilMs - atMs, 0);
  const dueMs = (ended.atMs - answeredAtMs - CONNECT_LIMIT_MS) * LEAST_SHARE;
  if (heardMs < dueMs)
    failures.push(`staff length: caller heard for ${heardMs.toFixed(0)} of ${dueMs.toFixed(0)} ms`);
  if (packets.received < packets.expected * LEAST_SHARE)
    failures.push(`staff lost: ${packets.received} of ${packets.expected} packets that were sent`);
  const began = markers[0]?.atMs ?? answeredAtMs;
  const longest = Math.max(
    0,
    ...pauses.filter(({ fromMs }) => fromMs >= began).map(({ lengthMs }) => lengthMs),
  );
  if (longest > LONGEST_PAUSE_MS) failures.push(`staff pause: ${longest.toFixed(0)} ms`);
  return failures;
}
