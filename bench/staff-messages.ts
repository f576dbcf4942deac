import { z } from 'zod';

/** What the staff's process is told: a round begins, or it is over and what was seen of it is wanted. */
export const StaffOrderSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('begin'),
    /** When the round begins (monotonic.ts). */
    originMs: z.number(),
    /** After so long those hang up who do so themselves. */
    talkMs: z.number(),
  }),
  z.object({ what: z.literal('tell'), steadyFromMs: z.number(), steadyToMs: z.number() }),
]);
export type StaffOrder = z.infer<typeof StaffOrderSchema>;

export const StaffReadySchema = z.object({ sipPort: z.int() });

/** One call that came to a staff telephone (call-evidence.ts). */
const StaffLegSchema = z.object({
  from: z.string(),
  to: z.string(),
  answeredAtMs: z.number().nullable(),
  ended: z.object({ atMs: z.number(), by: z.enum(['us', 'them', 'fault']) }),
  markers: z.array(
    z.object({ marker: z.int(), atMs: z.number(), untilMs: z.number(), ownLatenessMs: z.number() }),
  ),
  keysEndedAtMs: z.array(z.number()),
  packets: z.object({ expected: z.int(), received: z.int() }),
  pauses: z.array(z.object({ fromMs: z.number(), lengthMs: z.number(), ownLatenessMs: z.number() })),
});
export type StaffLeg = z.infer<typeof StaffLegSchema>;

export const StaffReportSchema = z.object({
  legs: z.array(StaffLegSchema),
  longestStallMs: z.number(),
  stalledPercent: z.number(),
});
export type StaffReport = z.infer<typeof StaffReportSchema>;
