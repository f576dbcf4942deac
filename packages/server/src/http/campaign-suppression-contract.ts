import { z } from 'zod';
import { SuppressionReasonSchema, SuppressionSourceSchema } from '../campaigns/words.ts';

/**
 * 発信止め, as schemas that server and browser share (`@madoguchi/server/campaign-suppression-contract`). All of it asks for
 * `suppressRecipients`: the list holds reasons such as DV等支援措置. Others learn of a person only that nobody may call.
 */

export {
  type SuppressionReason,
  SuppressionReasonSchema,
  type SuppressionSource,
} from '../campaigns/words.ts';

/** GET /api/suppressions: the newest first, 100 a page from 0. `addresseeNumber` is a whole 宛名番号. */
export const SuppressionQuerySchema = z.object({
  addresseeNumber: z.string().trim().max(30).optional(),
  reason: SuppressionReasonSchema.optional(),
  /** Also those whose last day is over, and those that were lifted. */
  withEnded: z.stringbool().default(false),
  page: z.coerce.number().int().min(0).max(10_000).default(0),
});

export const SuppressionPhaseSchema = z.enum(['inForce', 'planned', 'over', 'lifted']);
export const SuppressionShownSchema = z.object({
  suppressionId: z.string(),
  addresseeNumber: z.string().nullable(),
  /** As staff write it. */
  telephone: z.string().nullable(),
  reason: SuppressionReasonSchema,
  note: z.string(),
  fromDay: z.iso.date(),
  toDay: z.iso.date().nullable(),
  phase: SuppressionPhaseSchema,
  source: SuppressionSourceSchema,
  addedAt: z.iso.datetime({ offset: true }),
  /** Null: the person, in a call. */
  addedBy: z.string().nullable(),
  liftedAt: z.iso.datetime({ offset: true }).nullable(),
  liftedBy: z.string().nullable(),
});
export type SuppressionShown = z.infer<typeof SuppressionShownSchema>;
export const SuppressionListSchema = z.object({
  suppressions: z.array(SuppressionShownSchema),
  total: z.int(),
  pageSize: z.int(),
});

const termsOfSuppression = {
  reason: SuppressionReasonSchema,
  note: z.string().max(500),
  fromDay: z.iso.date(),
  /** The last day; null: until it is lifted. */
  toDay: z.iso.date().nullable(),
};
/** POST /api/suppressions → 201: one person, by 宛名番号, telephone (as staff write it) or both. 400 says what is wrong. */
export const SuppressionAddSchema = z.object({
  ...termsOfSuppression,
  addresseeNumber: z.string().max(40),
  telephone: z.string().max(40),
});
/** POST /api/suppressions/file → 201: all 宛名番号 of a CSV, or none; 422 'suppressionFile' names the line. `content` is base64. */
export const SuppressionFileSchema = z.object({ ...termsOfSuppression, content: z.base64() });
export const SuppressionAddedSchema = z.object({
  /** Entered now; the others were there already. */
  added: z.int(),
  /** Recipients of campaigns who were waiting, or whose telephone rang, and are called no more. */
  takenOff: z.int(),
  /** Recipients who are talking at this moment. */
  inProgress: z.int(),
});
export type SuppressionAdded = z.infer<typeof SuppressionAddedSchema>;

/** POST /api/suppressions/:suppressionId/lift; 409 'alreadyLifted'. */
export const SuppressionLiftedSchema = z.object({ done: z.literal(true) });
