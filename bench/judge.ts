import type { CallPlan } from './call-plan.ts';

/** Least share of the packets that a caller must receive (issue 2, point 10). */
const LEAST_SHARE = 0.99;
const LONGEST_PAUSE_MS = 60;
const PACKET_MS = 20;

export type HeardSound = {
  readonly marker: number;
  /** When its first packet was read. */
  readonly atMs: number;
  readonly untilMs: number;
  /** How much earlier that packet may have come (loop-watch.ts). */
  readonly ownLatenessMs: number;
};

/** What a caller saw of his call; times in ms since the round's beginning. */
export type CallEvidence = {
  readonly answeredAtMs: number | null;
  readonly ended: { readonly atMs: number; readonly by: 'us' | 'them' | 'fault' };
  readonly markers: readonly HeardSound[];
  /** When the first end packet (RFC 4733) of each key went out. */
  readonly keysEndedAtMs: readonly number[];
  readonly packets: { readonly expected: number; readonly received: number };
  /** Pauses over 60 ms between two arrivals, with what of it may be the caller's own lateness (loop-watch.ts). */
  readonly pauses: readonly {
    readonly fromMs: number;
    readonly lengthMs: number;
    readonly ownLatenessMs: number;
  }[];
};

export type Verdict = {
  /** Empty: the call went as it should. Otherwise `kind: detail`, at most one of a kind. */
  readonly failures: readonly string[];
  /** From a key's end packet to reading the first packet of the announcement that it called for; the caller's own lateness included. */
  readonly keyToAnnouncementMs: readonly number[];
};

/**
 * Judges one call from what its caller received: every planned sound in the planned order and in full length, 99 % of the packets, no
 * pause over 60 ms, through the whole steady time, ended by the other side.
 */
export function judgeCall(plan: CallPlan, evidence: CallEvidence): Verdict {
  if (evidence.answeredAtMs === null) return { failures: ['unanswered: no 200'], keyToAnnouncementMs: [] };
  const failures = [
    ...judgeTimes(plan, evidence),
    ...judgeOrder(plan, evidence),
    ...judgeLengths(plan, evidence),
    ...judgePackets(plan, evidence),
    ...judgePauses(plan, evidence),
  ];
  return { failures, keyToAnnouncementMs: keyToAnnouncement(plan, evidence) };
}

function judgeTimes(plan: CallPlan, { answeredAtMs, ended }: CallEvidence): readonly string[] {
  const failures: string[] = [];
  if (ended.by !== 'them') failures.push(`end: by ${ended.by}`);
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
    const heardMs = heard.untilMs - heard.atMs + heard.ownLatenessMs;
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

function judgePauses(plan: CallPlan, { pauses, markers }: CallEvidence): readonly string[] {
  const counted = pauses
    .map(({ fromMs, lengthMs, ownLatenessMs }) => ({ fromMs, ms: lengthMs - ownLatenessMs }))
    .filter(({ ms }) => ms > LONGEST_PAUSE_MS)
    .toSorted((one, other) => other.ms - one.ms);
  const [longest] = counted;
  if (longest === undefined) return [];
  // Where it was tells whose fault it is: between two sounds the controller's, within one the engine's or the machine's.
  const after = markers.filter(({ atMs }) => atMs <= longest.fromMs).at(-1);
  const within = after !== undefined && after.untilMs > longest.fromMs + LONGEST_PAUSE_MS;
  const where = `${within ? 'within' : 'after'} sound ${after?.marker ?? '–'}, ${(longest.fromMs - plan.steadyFromMs).toFixed(0)} ms into the steady time`;
  return [`pause: ${longest.ms.toFixed(0)} ms ${where}`];
}

function keyToAnnouncement(plan: CallPlan, { markers, keysEndedAtMs }: CallEvidence): readonly number[] {
  return plan.sounds.flatMap(({ cutByKey }, at) => {
    if (cutByKey === null) return [];
    const wanted = plan.sounds[at + 1]?.marker;
    const heard = markers[at + 1];
    const keyEnded = keysEndedAtMs[cutByKey];
    if (heard === undefined || heard.marker !== wanted || keyEnded === undefined) return [];
    return [heard.atMs - keyEnded];
  });
}
