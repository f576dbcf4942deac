import { z } from 'zod';

/** What the citizens' process is told: to tell all that came to their telephones so far. */
export const CitizenOrderSchema = z.object({ what: z.literal('tell') });
export type CitizenOrder = z.infer<typeof CitizenOrderSchema>;

export const CitizensReadySchema = z.object({ sipPort: z.int() });

/** One INVITE as the citizen's telephone received it; a repeated one (RFC 3261 17.1.1.2) is no other. Times are of monotonic.ts, ms. */
export const ReceivedCallSchema = z.object({
  to: z.string(),
  sipCallId: z.string(),
  atMs: z.number(),
  answeredAtMs: z.number().nullable(),
  /** The first sound packet; null: nothing was heard. */
  heardAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
});
export type ReceivedCall = z.infer<typeof ReceivedCallSchema>;

export const CitizensReportSchema = z.object({
  calls: z.array(ReceivedCallSchema),
  /** How late they sent sound at worst, ms: above some 20 their process was short of processor time. */
  latestSendMs: z.number(),
});
export type CitizensReport = z.infer<typeof CitizensReportSchema>;
