import { setTimeout as pause } from 'node:timers/promises';
import { type PlacedCall, type Telephone, TelephoneError } from '@madoguchi/telephony/telephone';
import { type CallCourse, courseOf } from './call-evidence.ts';
import type { CallPlan } from './call-plan.ts';

export type CallSurroundings = {
  readonly telephone: Telephone;
  readonly server: { readonly host: string; readonly port: number };
  /** When the round begins. */
  readonly originMs: number;
  readonly nowMs: () => number;
};

/** A tone that is no marker. */
const TONE = { toneHz: 440 } as const;

/** Places one call as planned, presses its keys at their times, and tells how it went. Never takes longer than `giveUpAtMs`. */
export async function placeCall(plan: CallPlan, around: CallSurroundings): Promise<CallCourse> {
  const { telephone, server, originMs, nowMs } = around;
  const until = async (atMs: number) => await pause(Math.max(0, originMs + atMs - nowMs()));
  await until(plan.placeAtMs);
  const { to, from, says } = plan;
  const call = await telephone.call({ to, from, server, noRtp: says === null });
  // All the while, so that RTP goes both ways.
  if (says !== null) void call.play(says === 'tone' ? TONE : { marker: says });
  const hangUpAtMs = Math.min(plan.hangUpAtMs ?? Number.POSITIVE_INFINITY, plan.giveUpAtMs);
  const hangUp = setTimeout(() => void call.hangUp(), originMs + hangUpAtMs - nowMs());
  const keysEndedAtMs: number[] = [];
  const outcome = await call.outcome;
  if (outcome.answered) {
    for (const { key, pressAtMs } of plan.keys) {
      await until(pressAtMs);
      const endedAtMs = says === null ? await report(call, key) : await press(call, key);
      if (endedAtMs === null) break;
      keysEndedAtMs.push(endedAtMs);
    }
  }
  await call.ended;
  clearTimeout(hangUp);
  return await courseOf(call, keysEndedAtMs, originMs);
}

/** When its first end packet went; null where the call was over before. */
async function press(call: PlacedCall, key: string): Promise<number | null> {
  try {
    return (await call.press(key)).endedAtMs;
  } catch (error) {
    if (error instanceof TelephoneError && error.code === 'KEY_NOT_SENT') return null;
    throw error;
  }
}

/** When its SIP INFO went; null where the call was over before, or nobody took it. */
async function report(call: PlacedCall, key: string): Promise<number | null> {
  const sentAtMs = call.nowMs;
  try {
    return (await call.reportKey(key)) === 200 ? sentAtMs : null;
  } catch (error) {
    if (error instanceof TelephoneError && error.code === 'KEY_NOT_SENT') return null;
    throw error;
  }
}
