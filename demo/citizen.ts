import { setTimeout as pause } from 'node:timers/promises';
import type { Call, Telephone } from '@madoguchi/telephony/telephone';
import type { ClipListener } from './clip-listener.ts';
import type { ExpectedSounds } from './expected-sounds.ts';
import { CITIZEN_MARKER, type Scenario } from './scenarios.ts';

/** What one call looked like from the citizen's telephone. Times in ms since he began to dial. */
export type CitizenEvidence = {
  readonly sipCallId: string;
  readonly answeredAtMs: number | null;
  readonly pressed: readonly { readonly key: string; readonly atMs: number }[];
  readonly heard: Int16Array;
  readonly markers: readonly { readonly marker: number; readonly atMs: number }[];
  readonly endedBy: 'us' | 'them' | 'fault';
  readonly endedAtMs: number;
};

const LOOK_EVERY_MS = 250;
const RECOGNISED_AFTER_SAMPLES = 1.5 * 8_000;
const TOLERANCE_SAMPLES = 0.1 * 8_000;
/** Longest wait for a sentence, then he hangs up: the longest announcement of the samples is under 30 s. */
const PATIENCE_MS = 40_000;
const LONGEST_CALL_MS = 150_000;

/** Places the scenario's call and behaves as its citizen until one of the two hangs up. */
export async function placeCall(
  telephone: Telephone,
  server: { readonly host: string; readonly port: number },
  scenario: Scenario,
  sounds: ExpectedSounds,
  listener: ClipListener,
): Promise<CitizenEvidence> {
  const call = await telephone.call({ to: scenario.sample.phoneNumber, from: scenario.citizen, server });
  const pressed: { key: string; atMs: number }[] = [];
  const outcome = await call.outcome;
  if (outcome.answered) {
    if (scenario.name === 'transfer') void call.play({ marker: CITIZEN_MARKER });
    void behave(call, scenario, sounds, listener, pressed);
    const tooLong = setTimeout(() => void call.hangUp(), LONGEST_CALL_MS);
    await call.ended;
    clearTimeout(tooLong);
  }
  const end = await call.ended;
  return {
    sipCallId: call.sipCallId,
    answeredAtMs: outcome.answered ? outcome.atMs : null,
    pressed,
    heard: call.heard(),
    markers: call.heardMarkers,
    endedBy: end.by,
    endedAtMs: end.atMs,
  };
}

async function behave(
  call: Call,
  scenario: Scenario,
  sounds: ExpectedSounds,
  listener: ClipListener,
  pressed: { key: string; atMs: number }[],
): Promise<void> {
  let listenedTo = 0;
  for (const { text, press } of scenario.steps) {
    const sentences = await sounds(text);
    const awaited = press === null ? sentences.at(-1) : sentences[0];
    const heardUntil = awaited === undefined ? null : await hears(call, listener, awaited, listenedTo);
    if (heardUntil === null) {
      await call.hangUp();
      return;
    }
    listenedTo = heardUntil;
    if (press === null) continue;
    const { beganAtMs } = await call.press(press);
    pressed.push({ key: press, atMs: beganAtMs });
  }
  if (scenario.endedBy === 'citizen') await call.hangUp();
}

/**
 * Waits until the sound was heard whole, after the sample number `from`.
 * @returns the sample at which it ended; null when the call ends or patience does.
 */
async function hears(
  call: Call,
  listener: ClipListener,
  clip: Int16Array,
  from: number,
): Promise<number | null> {
  let over = false;
  void call.ended.then(() => {
    over = true;
  });
  const giveUpAtMs = call.nowMs + PATIENCE_MS;
  // The beginning is cheap to look for; the whole is looked at once.
  const beginning = clip.subarray(0, RECOGNISED_AFTER_SAMPLES);
  let looked = from;
  while (!over && call.nowMs < giveUpAtMs) {
    await pause(LOOK_EVERY_MS);
    const heard = call.heard();
    if (heard.length - looked < beginning.length) continue;
    const begun = await listener.find(heard.slice(looked), beginning);
    if (!begun.found) {
      // The beginning may lie across the end of what was looked at.
      looked = Math.max(from, heard.length - beginning.length);
      continue;
    }
    const begin = looked + Math.round(begun.atMs * 8);
    if (heard.length < begin + clip.length) continue;
    const whole = await listener.find(heard.slice(begin, begin + clip.length + TOLERANCE_SAMPLES), clip);
    if (whole.found) return begin + clip.length;
    // Another announcement begins with the same words.
    looked = begin + beginning.length;
  }
  return null;
}
