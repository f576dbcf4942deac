import type { CallEvidence } from './call-evidence.ts';
import type { CallPlan } from './call-plan.ts';
import { CONNECT_LIMIT_MS } from './plan-transfer.ts';

/** Least share of the packets that a caller must receive (issue 2, point 10). */
export const LEAST_SHARE = 0.99;
export const LONGEST_PAUSE_MS = 60;
const PACKET_MS = 20;

export type Verdict = {
  /** Empty: the call went as it should. Otherwise `kind: detail`, at most one of a kind. */
  readonly failures: readonly string[];
  /** From a key's end packet to the coming of the first packet of the announcement that it called for. */
  readonly keyToAnnouncementMs: readonly number[];
  /** The same of keys that call for staff: until they are heard. */
  readonly keyToStaffMs: readonly number[];
};

/**
 * Judges one call from what its caller received: every planned sound in the planned order and in full length, 99 % of the packets, no
 * pause over 60 ms, through the whole steady time, ended by whom the plan says. From the key on that calls for staff until they are heard
 * (CONNECT_LIMIT_MS), the caller may hear pauses.
 */
export function judgeCall(plan: CallPlan, evidence: CallEvidence): Verdict {
  if (evidence.answeredAtMs === null) {
    return { failures: ['unanswered: no 200'], keyToAnnouncementMs: [], keyToStaffMs: [] };
  }
  const failures = [
    ...judgeTimes(plan, evidence),
    ...judgeOrder(plan, evidence),
    ...judgeLengths(plan, evidence),
    ...judgePackets(plan, evidence),
    ...judgePauses(plan, evidence),
    ...judgeConnecting(plan, evidence),
  ];
  return {
    failures,
    keyToAnnouncementMs: keyToSound(plan, evidence, 'announcement'),
    keyToStaffMs: keyToSound(plan, evidence, 'staff'),
  };
}

function judgeTimes(plan: CallPlan, { answeredAtMs, ended }: CallEvidence): readonly string[] {
  const failures: string[] = [];
  if (ended.by !== (plan.hangUpAtMs === null ? 'them' : 'us')) failures.push(`end: by ${ended.by}`);
  if ((answeredAtMs ?? Number.POSITIVE_INFINITY) > plan.steadyFromMs)
    failures.push('times: answered too late');
  if (ended.atMs < plan.steadyToMs) failures.push('times: ended too early');
  return failures;
}

function judgeOrder(plan: CallPlan, { markers }: CallEvidence): readonly string[] {
  const wanted = plan.sounds.map(({ marker }) => marker).join(' ');
  const heard = markers.map(({ marker }) => marker).join(' ');
  return wanted === heard ? [] : [`wrong sound: ${heard || 'nothing'} instead of ${wanted}`];
}

/** One packet's place and one pause's may be lost at either end by the arrival times alone. */
function judgeLengths(plan: CallPlan, { markers }: CallEvidence): readonly string[] {
  return plan.sounds.flatMap(({ marker, lengthMs, cutByKey }, at) => {
    const heard = markers[at];
    if (cutByKey !== null || heard?.marker !== marker) return [];
    const heardMs = heard.untilMs - heard.atMs;
    return heardMs >= lengthMs * LEAST_SHARE - LONGEST_PAUSE_MS
      ? []
      : [`length: sound ${marker} for ${heardMs.toFixed(0)} of ${lengthMs} ms`];
  });
}

/** What was sent is known from the sequence numbers, what had to be sent from the plan; both are asked for. */
function judgePackets(plan: CallPlan, evidence: CallEvidence): readonly string[] {
  const { expected, received } = evidence.packets;
  const failures: string[] = [];
  if (received < expected * LEAST_SHARE)
    failures.push(`lost: ${received} of ${expected} packets that were sent`);
  const due = packetsDue(plan, evidence);
  if (received < due * LEAST_SHARE) failures.push(`missing: ${received} of ${due} packets that were due`);
  return failures;
}

/** Whole sounds by their length; those that a key cuts short from their beginning to the key's end. */
function packetsDue(plan: CallPlan, { markers, keysEndedAtMs }: CallEvidence): number {
  const ms = plan.sounds.map(({ lengthMs, cutByKey }, at) => {
    if (cutByKey === null) return lengthMs;
    const began = markers[at]?.atMs;
    const keyEnded = keysEndedAtMs[cutByKey];
    return began === undefined || keyEnded === undefined ? 0 : Math.max(0, keyEnded - began);
  });
  return Math.floor(ms.reduce((sum, each) => sum + each, 0) / PACKET_MS);
}

function judgePauses(plan: CallPlan, evidence: CallEvidence): readonly string[] {
  const { pauses, markers } = evidence;
  const connecting = connectingOf(plan, evidence);
  const counted = pauses
    .filter(({ fromMs, lengthMs }) => fromMs + lengthMs < connecting.fromMs || fromMs > connecting.toMs)
    .filter(({ lengthMs }) => lengthMs > LONGEST_PAUSE_MS)
    .toSorted((one, other) => other.lengthMs - one.lengthMs);
  const [longest] = counted;
  if (longest === undefined) return [];
  // Where it was tells whose fault it is: between two sounds the controller's, within one the engine's or the machine's.
  const after = markers.filter(({ atMs }) => atMs <= longest.fromMs).at(-1);
  const within = after !== undefined && after.untilMs > longest.fromMs + LONGEST_PAUSE_MS;
  const where = `${within ? 'within' : 'after'} sound ${after?.marker ?? '–'}, ${(longest.fromMs - plan.steadyFromMs).toFixed(0)} ms into the steady time`;
  return [`pause: ${longest.lengthMs.toFixed(0)} ms ${where}`];
}

/** From the key that calls for staff until they are heard; nowhere in a call without them. */
function connectingOf(
  plan: CallPlan,
  { markers, keysEndedAtMs }: CallEvidence,
): { readonly fromMs: number; readonly toMs: number } {
  const at = plan.sounds.findIndex(({ byStaff }) => byStaff);
  const key = plan.sounds[at - 1]?.cutByKey ?? -1;
  const fromMs = keysEndedAtMs[key] ?? Number.POSITIVE_INFINITY;
  return { fromMs, toMs: markers[at]?.atMs ?? fromMs };
}

function judgeConnecting(plan: CallPlan, evidence: CallEvidence): readonly string[] {
  return keyToSound(plan, evidence, 'staff')
    .filter((ms) => ms > CONNECT_LIMIT_MS)
    .map((ms) => `connecting: staff heard ${ms.toFixed(0)} ms after the key`);
}

function keyToSound(
  plan: CallPlan,
  { markers, keysEndedAtMs }: CallEvidence,
  by: 'announcement' | 'staff',
): readonly number[] {
  return plan.sounds.flatMap(({ cutByKey }, at) => {
    const wanted = plan.sounds[at + 1];
    if (cutByKey === null || wanted === undefined || wanted.byStaff !== (by === 'staff')) return [];
    const heard = markers[at + 1];
    const keyEnded = keysEndedAtMs[cutByKey];
    if (heard === undefined || heard.marker !== wanted.marker || keyEnded === undefined) return [];
    return [heard.atMs - keyEnded];
  });
}
