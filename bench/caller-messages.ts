import { z } from 'zod';
import { CallCourseSchema } from './call-evidence.ts';
import { CallPlanSchema } from './call-plan.ts';

/** What a caller process is told: one round's calls. */
export const CallerOrderSchema = z.object({
  /** When the round begins (monotonic.ts). */
  originMs: z.number(),
  server: z.object({ host: z.string(), port: z.int() }),
  calls: z.array(CallPlanSchema),
});
export type CallerOrder = z.infer<typeof CallerOrderSchema>;

/** What it answers when all of them are over. */
export const CallerReportSchema = z.object({
  calls: z.array(CallCourseSchema.extend({ index: z.int() })),
  /** How late it sent sound at worst, ms. */
  latestSendMs: z.number(),
});
export type CallerReport = z.infer<typeof CallerReportSchema>;
