import { setTimeout as pause } from 'node:timers/promises';
import type { Call } from '@madoguchi/telephony/telephone';
import { MARKER_MS } from './house-under-test.ts';

/** A machine that does other things as well may be this late; it catches hanging only. */
export const HEARING_LIMIT_MS = 30_000;

/** Resolves `extraMs` after the end of a marker's announcement, as a caller who listens and then acts. */
export async function afterMarker(call: Call, marker: number, extraMs = 0, sinceMs = 0): Promise<void> {
  const { atMs } = await call.waitForTone({ marker }, { timeoutMs: HEARING_LIMIT_MS, sinceMs });
  await pauseUntil(call, atMs + MARKER_MS + extraMs);
}

/** Resolves at a time of the call's own clock. */
export async function pauseUntil(call: Call, atMs: number): Promise<void> {
  await pause(Math.max(0, atMs - call.nowMs));
}

/** The announced markers of a call, each once, in the order heard: the way that the call took. */
export function wayOf(call: Call): readonly number[] {
  return call.heardMarkers.map(({ marker }) => marker);
}

/** All that the caller heard, once the counter has hung up. */
export async function soundOfCall(call: Call): Promise<Int16Array> {
  const { by } = await call.ended;
  if (by !== 'them') throw new Error(`the call was ended by ${by}`);
  return call.heard();
}
