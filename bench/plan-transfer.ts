import type { CallPlan, PlannedSound, SoundLengths } from './call-plan.ts';

/**
 * The staff telephone's numbers (nobody has them) with the keys of the first menu that lead there: one hangs up after `talkMs`, the other
 * leaves that to the caller.
 */
export const STAFF = {
  hangsUp: { number: '0725000201', key: '4' },
  staysOn: { number: '0725000202', key: '5' },
} as const;
/** What staff say: no announcement's marker. */
export const STAFF_MARKER = 12;
const FIRST_CALLER_MARKER = 13;
const CALLER_MARKERS = 15;
const CALLS_PER_TURN = 12;
const FAREWELL_MARKER = 11;
/** From the key's end until staff are heard: dialling, their answer, the beginning of the recording. */
export const CONNECT_LIMIT_MS = 1_000;

/** How long staff talk who hang up themselves, ms. */
export function talkMsOf(steadyMs: number): number {
  return (steadyMs * 2) / 3;
}

/**
 * A transferred call: greeting, menu, key in the first quarter of the steady time, talk. By turns staff hang up after two thirds of the
 * steady time, and the caller hears the farewell; or the caller hangs up after the steady time.
 */
export function planTransfer(parts: {
  readonly index: number;
  /** 0 ≤ … < 1. */
  readonly spread: number;
  readonly steadyFromMs: number;
  readonly steadyToMs: number;
  readonly lengths: SoundLengths;
  readonly beginning: readonly PlannedSound[];
}): Pick<CallPlan, 'says' | 'keys' | 'sounds' | 'hangUpAtMs'> {
  const { index, spread, steadyFromMs, steadyToMs, lengths, beginning } = parts;
  const steadyMs = steadyToMs - steadyFromMs;
  const staffHangUp = index % CALLS_PER_TURN < CALLS_PER_TURN / 2;
  const pressAtMs = steadyFromMs + (spread * steadyMs) / 4;
  const hangUpAtMs = staffHangUp ? null : steadyToMs + 500 + spread * 1_000;
  const talkMs = hangUpAtMs === null ? talkMsOf(steadyMs) : hangUpAtMs - pressAtMs;
  const talk = {
    marker: STAFF_MARKER,
    lengthMs: talkMs - CONNECT_LIMIT_MS,
    cutByKey: null,
    byStaff: true,
  };
  const farewell = {
    marker: FAREWELL_MARKER,
    lengthMs: lengths.farewellMs,
    cutByKey: null,
    byStaff: false,
  };
  return {
    says: FIRST_CALLER_MARKER + (index % CALLER_MARKERS),
    keys: [{ key: staffHangUp ? STAFF.hangsUp.key : STAFF.staysOn.key, pressAtMs }],
    sounds: [...beginning, talk, ...(staffHangUp ? [farewell] : [])],
    hangUpAtMs,
  };
}
