import { z } from 'zod';
import { CallCourseSchema, type CallEvidence } from './call-evidence.ts';

/** What the staff's process is told: a round begins, or it is over and what was seen of it is wanted. */
export const StaffOrderSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('begin'),
    /** When the round begins (monotonic.ts). */
    originMs: z.number(),
    /** After so long those hang up who do so themselves. */
    talkMs: z.number(),
  }),
  z.object({ what: z.literal('tell') }),
]);
export type StaffOrder = z.infer<typeof StaffOrderSchema>;

export const StaffReadySchema = z.object({ sipPort: z.int() });

/** One call that came to a staff telephone. */
const StaffCourseSchema = CallCourseSchema.extend({ from: z.string(), to: z.string() });
export type StaffCourse = z.infer<typeof StaffCourseSchema>;
/** What came of it. */
export type StaffLeg = Pick<StaffCourse, 'from' | 'to'> & CallEvidence;

export const StaffReportSchema = z.object({
  legs: z.array(StaffCourseSchema),
  /** How late they sent sound at worst since the bench began, ms. */
  latestSendMs: z.number(),
});
export type StaffReport = z.infer<typeof StaffReportSchema>;
