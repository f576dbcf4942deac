import { setTimeout as pause } from 'node:timers/promises';
import type { HeardTone, IncomingCall, Telephone } from '@madoguchi/telephony/telephone';
import { CITIZEN_MARKER, STAFF_MARKER } from './scenarios.ts';

/** What a transferred call looked like from the staff telephone; times in ms since it began to ring. */
export type StaffEvidence = {
  readonly dialled: string;
  readonly answeredAtMs: number;
  readonly heard: Int16Array;
  readonly markers: readonly HeardTone[];
  readonly endedAtMs: number;
};

const RING_MS = 1_500;
const TALK_MS = 6_000;

/**
 * A member of staff who picks up after a moment, greets, talks for a while and hangs up. `talks` receives the evidence of each call.
 * @param greeting spoken after picking up, before the marker; null: the telephone sends silence.
 */
export function staffAnswers(
  telephone: Telephone,
  greeting: Int16Array | null,
  talks: (talk: StaffEvidence) => void,
): void {
  telephone.onIncoming(async (call: IncomingCall) => {
    call.ring();
    await pause(RING_MS);
    if ((await Promise.race([call.outcome, null])) !== null) return;
    await call.answer();
    if (greeting !== null) {
      await call.play(greeting);
      void call.play({ marker: STAFF_MARKER });
    }
    await Promise.race([pause(TALK_MS), call.ended]);
    await call.hangUp();
    const end = await call.ended;
    const outcome = await call.outcome;
    talks({
      dialled: call.to.user,
      answeredAtMs: outcome.atMs,
      heard: call.heard(),
      markers: call.heardMarkers.filter(({ marker }) => marker === CITIZEN_MARKER),
      endedAtMs: end.atMs,
    });
  });
}
