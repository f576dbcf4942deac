import { z } from 'zod';

/** How the outbox goes about a gateway that hesitates or does not answer. */
export const SmsSenderSettingsSchema = z.object({
  /** Texts being submitted at the same time, at most. */
  maxSubmitting: z.int().min(1).max(1_000).default(20),
  /** Pause after "come later", doubled each time. */
  retryMinMs: z.int().positive().default(5_000),
  retryMaxMs: z.int().positive().default(60_000),
  /** Of a gateway that asks for so long to come later, a text that waits as long goes to the next, if nothing of it was taken. */
  overflowAfterMs: z.int().positive().default(30_000),
  /** A text that no gateway took within this time of its making is given up. */
  giveUpAfterMs: z.int().positive().default(3_600_000),
  /**
   * A text whose submit had no answer may have arrived. `never` leaves it 'unknown'. `onceAfterNoReceipt` sends it once more when
   * neither a receipt of one of its parts nor an unexplained receipt of the same telephone has come within `minutes`; a citizen may
   * then get it twice.
   */
  resendUnknown: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('never') }),
      z.object({ type: z.literal('onceAfterNoReceipt'), minutes: z.int().min(1).max(10_080) }),
    ])
    .default({ type: 'never' }),
  /** Telephones that one caller may have texted by keying in their numbers, within a day of Japan; those of a withheld number have no such limit. */
  keyedInTelephonesPerDay: z.int().min(1).default(3),
  /** Texts to one telephone by numbers keyed in, whoever called, within a day of Japan. */
  keyedInTextsPerDay: z.int().min(1).default(2),
  /** Looks for new texts even where nobody woke the sender. */
  pollMs: z.int().positive().default(1_000),
  /** Looks after dead senders, overdue texts, stray receipts and the policy above. */
  housekeepingMs: z.int().positive().default(2_000),
});
export type SmsSenderSettings = z.infer<typeof SmsSenderSettingsSchema>;
