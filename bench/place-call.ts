import { setTimeout as pause } from 'node:timers/promises';
import { type PlacedCall, type Telephone, TelephoneError } from '@madoguchi/telephony/telephone';
import type { CallPlan } from './call-plan.ts';
import type { CallEvidence } from './judge.ts';

export type CallSurroundings = {
  readonly telephone: Telephone;
  readonly server: { readonly host: string; readonly port: number };
  /** When the round begins. */
  readonly originMs: number;
  readonly nowMs: () => number;
  /** How late a packet that was read at this moment may have been read (loop-watch.ts). */
  readonly ownLatenessMs: (readAtMs: number) => number;
};

/** What the caller says all the while, so that RTP goes both ways: a tone that is no marker. */
const SPOKEN = { toneHz: 440 } as const;

/** Places one call as planned, presses its keys at their times, and tells what was received. Never takes longer than `giveUpAtMs`. */
export async function placeCall(plan: CallPlan, around: CallSurroundings): Promise<CallEvidence> {
  const { telephone, server, originMs, nowMs } = around;
  const until = async (atMs: number) => await pause(Math.max(0, originMs + atMs - nowMs()));
  await until(plan.placeAtMs);
  const call = await telephone.call({ to: plan.to, from: plan.from, server });
  void call.play(SPOKEN);
  const giveUp = setTimeout(() => void call.hangUp(), originMs + plan.giveUpAtMs - nowMs());
  const since = (atMs: number) => call.startedAtMs + atMs - originMs;
  const keysEndedAtMs: number[] = [];
  const outcome = await call.outcome;
  if (outcome.answered) {
    for (const { key, pressAtMs } of plan.keys) {
      await until(pressAtMs);
      const endedAtMs = await press(call, key);
      if (endedAtMs === null) break;
      keysEndedAtMs.push(since(endedAtMs));
    }
  }
  const { by, atMs } = await call.ended;
  clearTimeout(giveUp);
  const { expected, received, longPauses } = call.rtpStats();
  return {
    answeredAtMs: outcome.answered ? since(outcome.atMs) : null,
    ended: { by, atMs: since(atMs) },
    markers: call.heardMarkers.map((heard) => ({
      marker: heard.marker,
      atMs: since(heard.atMs),
      untilMs: since(heard.untilMs),
      ownLatenessMs: around.ownLatenessMs(call.startedAtMs + heard.atMs),
    })),
    keysEndedAtMs,
    packets: { expected, received },
    pauses: longPauses.map(({ fromMs, toMs }) => ({
      fromMs: since(fromMs),
      lengthMs: toMs - fromMs,
      ownLatenessMs: around.ownLatenessMs(call.startedAtMs + toMs),
    })),
  };
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
