import { z } from 'zod';

/** 電話で試す: drafts that test callers reach by telephone, on numbers under test. */

const TelephoneTrialSchema = z.object({
  bundleId: z.string(),
  flowId: z.string(),
  /** As the flow was named when it was ordered. */
  flowName: z.string(),
  /** The draft is that of this moment. */
  orderedAt: z.iso.datetime({ offset: true }),
  orderedBy: z.object({ personId: z.string(), name: z.string() }),
  /** The draft says something else by now. */
  isDraftNewer: z.boolean(),
});
export type TelephoneTrial = z.infer<typeof TelephoneTrialSchema>;

/** GET /api/flows/:flowId/telephone-trials: the numbers under test, by number, whichever flow is on trial there. */
export const TelephoneTrialListSchema = z.object({
  numbers: z.array(
    z.object({
      phoneNumber: z.string(),
      shown: z.string(),
      name: z.string(),
      /** What test callers reach now; null: the version in force. */
      trial: TelephoneTrialSchema.nullable(),
      /** Takes its place once its sounds lie ready; null: none is on its way. */
      ordered: TelephoneTrialSchema.extend({
        /** Why they cannot be made; null: they are being made. */
        failedBecause: z.string().nullable(),
      }).nullable(),
    }),
  ),
});
export type NumberUnderTest = z.infer<typeof TelephoneTrialListSchema>['numbers'][number];

/** POST /api/flows/:flowId/telephone-trials → 201: of the stored draft, which must still be of this version. */
export const TelephoneTrialOrderSchema = z.object({
  draftVersion: z.int(),
  phoneNumbers: z.array(z.string().max(15)).min(1).max(100),
});
export type TelephoneTrialOrder = z.infer<typeof TelephoneTrialOrderSchema>;
export const TelephoneTrialOrderedSchema = z.object({ bundleId: z.string() });

/** 422: the draft has errors. */
export const DraftErrorsSchema = z.object({
  code: z.literal('hasErrors'),
  message: z.string(),
  errors: z.array(
    z.object({ message: z.string(), mend: z.string(), flowId: z.string(), nodeId: z.string().nullable() }),
  ),
});
export type DraftError = z.infer<typeof DraftErrorsSchema>['errors'][number];

/** DELETE /api/phone-numbers/:phoneNumber/trial: test callers reach the version in force again. */
export const TelephoneTrialEndedSchema = z.object({ done: z.literal(true) });
