import type { Call, RtpReceiver } from '@madoguchi/telephony/telephone';
import { z } from 'zod';

/** A call as its telephone knows it, without what was heard; times in ms since the round's beginning. */
export const CallCourseSchema = z.object({
  answeredAtMs: z.number().nullable(),
  ended: z.object({ atMs: z.number(), by: z.enum(['us', 'them', 'fault']) }),
  /** When the first end packet (RFC 4733) of each key went out, or its SIP INFO. */
  keysEndedAtMs: z.array(z.number()).readonly(),
  /** Where its sound came (sound-ports.ts). */
  soundPort: z.int(),
  /** Where that was agreed to come from; null: nothing was agreed. */
  soundFrom: z.object({ host: z.string(), port: z.int() }).nullable(),
});
export type CallCourse = z.infer<typeof CallCourseSchema>;

export type HeardSound = { readonly marker: number; readonly atMs: number; readonly untilMs: number };

/** What came of a call; times in ms since the round's beginning, of packets when they came (the kernel's). */
export type CallEvidence = Pick<CallCourse, 'answeredAtMs' | 'ended' | 'keysEndedAtMs'> & {
  readonly markers: readonly HeardSound[];
  readonly packets: { readonly expected: number; readonly received: number };
  /** Pauses over 60 ms between two packets. */
  readonly pauses: readonly { readonly fromMs: number; readonly lengthMs: number }[];
};

/**
 * The course of a call that is over.
 *
 * @param originMs when the round began, on the telephone's clock
 */
export async function courseOf(
  call: Call,
  keysEndedAtMs: readonly number[],
  originMs: number,
): Promise<CallCourse> {
  const since = (atMs: number) => call.startedAtMs + atMs - originMs;
  const [outcome, { by, atMs }] = await Promise.all([call.outcome, call.ended]);
  return {
    answeredAtMs: outcome.answered ? since(outcome.atMs) : null,
    ended: { by, atMs: since(atMs) },
    keysEndedAtMs: keysEndedAtMs.map(since),
    soundPort: call.soundPort,
    soundFrom: call.soundGoesTo,
  };
}

/** Course and sound together. */
export function evidenceOf(course: CallCourse, sound: RtpReceiver): CallEvidence {
  const { answeredAtMs, ended, keysEndedAtMs } = course;
  const { expected, received, longPauses } = sound.stats;
  return {
    answeredAtMs,
    ended,
    keysEndedAtMs,
    markers: sound.markers,
    packets: { expected, received },
    pauses: longPauses.map(({ fromMs, toMs }) => ({ fromMs, lengthMs: toMs - fromMs })),
  };
}
