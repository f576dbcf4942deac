import { RtpReceiver } from '@madoguchi/telephony/telephone';
import { type CallCourse, type CallEvidence, evidenceOf } from './call-evidence.ts';
import { readCapture } from './read-capture.ts';

/**
 * Hears afterwards what came to each of these calls while it lasted, as their telephones would have heard it.
 *
 * @param originEpochMs when the round began, on the wall clock
 * @returns what gives the evidence of each of them
 */
export async function hearCapture(
  path: string,
  originEpochMs: number,
  courses: readonly CallCourse[],
): Promise<(course: CallCourse) => CallEvidence> {
  const calls = new Map(
    courses.map(({ soundPort, soundFrom, ended }) => {
      const sound = new RtpReceiver(false);
      if (soundFrom !== null) sound.agree({ ...soundFrom, keyPayloadType: null });
      return [soundPort, { sound, endedAtMs: ended.atMs }];
    }),
  );
  if (calls.size < courses.length) throw new Error('two calls of a round have the same sound port');
  await readCapture(path, ({ toPort, from, atEpochMs, payload }) => {
    const call = calls.get(toPort);
    const atMs = atEpochMs - originEpochMs;
    if (call !== undefined && atMs <= call.endedAtMs) call.sound.receive(payload, from, atMs);
  });
  return (course) => evidenceOf(course, calls.get(course.soundPort)?.sound ?? new RtpReceiver(false));
}
