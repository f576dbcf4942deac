import { z } from 'zod';
import { CallerKindSchema, KeySchema } from '../event.ts';

/** What a staff telephone does when it is rung. `busyThenAnswered`: taken the first time, answered when it is rung again. */
export const TransferOutcomeSchema = z.enum([
  'answered',
  'busy',
  'unanswered',
  'unreachable',
  'busyThenAnswered',
]);
export type TransferOutcome = z.infer<typeof TransferOutcomeSchema>;

/** The world in which a flow is tried: when somebody calls, who it is, and how those outside the flow behave. */
export const TrialSettingSchema = z.object({
  /** Wall time of the call's beginning, ISO 8601 with offset. */
  at: z.iso.datetime({ offset: true }),
  /** National digits of the number that is called. */
  phoneNumber: z.string().max(20),
  phoneNumberName: z.string().max(100).optional(),
  caller: z.object({
    kind: CallerKindSchema,
    /** National digits, or null where the number is not shown. */
    number: z.string().max(20).nullable(),
  }),
  /** Lists on which the caller's number is taken to stand, whatever they hold. */
  onLists: z.array(z.string().max(64)).max(100).default([]),
  transfers: z
    .object({
      usual: TransferOutcomeSchema,
      /** By the national digits of the telephone that is rung. */
      byNumber: z.record(z.string(), TransferOutcomeSchema),
    })
    .default({ usual: 'answered', byNumber: {} }),
  sms: z.enum(['accepted', 'refused', 'unknown']).default('accepted'),
  /** Whether a message can be recorded; what the caller says is an input. */
  recording: z.enum(['works', 'fails']).default('works'),
  /** Whether what is keyed in at an identity check is the recipient's birthday. */
  identity: z.enum(['matches', 'differs']).default('matches'),
  /** What stands for the recipient's values in place of the flow's examples, by name. */
  recipient: z.record(z.string(), z.string().max(1_000)).default({}),
});
export type TrialSetting = z.infer<typeof TrialSettingSchema>;

/**
 * What is done in a trial, one after another. An array of these, a setting and a flow always make the same call.
 *
 * `listen` lets the one thing happen that comes next by itself (an announcement ends, a telephone answers); `listenOut` all of them, until
 * somebody has to do something. `wait`: the caller does nothing until his time is over. `speak`: he leaves a message.
 */
export const TrialInputSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listen') }),
  z.object({ type: z.literal('listenOut') }),
  z.object({ type: z.literal('press'), key: KeySchema }),
  z.object({ type: z.literal('say'), text: z.string().max(100) }),
  z.object({ type: z.literal('wait') }),
  z.object({ type: z.literal('speak') }),
  z.object({ type: z.literal('hangUp') }),
  z.object({ type: z.literal('staffHangUp') }),
]);
export type TrialInput = z.infer<typeof TrialInputSchema>;
