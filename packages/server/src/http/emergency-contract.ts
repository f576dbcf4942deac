import { z } from 'zod';

/** The part of the API about emergency announcements 緊急アナウンス. */

const MomentSchema = z.iso.datetime({ offset: true });

/** `goOn`: then the number's flow as ever; `hangUp`: then the call ends. */
export const AfterwardsSchema = z.enum(['goOn', 'hangUp']);

/** What staff type: may be wrong. */
export const EmergencyDraftSchema = z.object({
  name: z.string().max(200),
  text: z.string().max(2_000),
  afterwards: AfterwardsSchema,
  /** National digits; null: all numbers. */
  phoneNumbers: z.array(z.string().max(20)).max(200).nullable(),
});
export type EmergencyDraft = z.infer<typeof EmergencyDraftSchema>;

export const EmergencyPeriodSchema = z.object({
  name: z.string(),
  text: z.string(),
  began: MomentSchema,
  beganBy: z.string(),
  beganByTelephone: z.boolean(),
  endsAt: MomentSchema,
  /** Null: it is still on. */
  ended: MomentSchema.nullable(),
  /** Null where it ended by itself, or is on. */
  endedBy: z.string().nullable(),
  endedByTelephone: z.boolean(),
});
export type EmergencyPeriod = z.infer<typeof EmergencyPeriodSchema>;

export const EmergencyMessageSchema = z.object({
  messageId: z.string(),
  draft: EmergencyDraftSchema,
  /** Null: it is off. */
  on: EmergencyPeriodSchema.nullable(),
  changedAt: MomentSchema,
  changedBy: z.string(),
  version: z.int(),
});
export type EmergencyMessage = z.infer<typeof EmergencyMessageSchema>;

/** GET /api/emergency */
export const EmergencyListSchema = z.object({
  messages: z.array(EmergencyMessageSchema),
  numbers: z.array(z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() })),
  /** Earlier times that one was on, the latest first. */
  history: z.array(EmergencyPeriodSchema),
});
export type EmergencyList = z.infer<typeof EmergencyListSchema>;

/** GET /api/emergency/now: what callers hear at this moment, for every screen. */
export const EmergencyNowSchema = z.object({
  on: z.array(
    z.object({
      messageId: z.string(),
      name: z.string(),
      text: z.string(),
      afterwards: AfterwardsSchema,
      /** Names of the numbers; null: all. */
      numberNames: z.array(z.string()).nullable(),
      endsAt: MomentSchema,
    }),
  ),
});
export type EmergencyNow = z.infer<typeof EmergencyNowSchema>;

/** POST /api/emergency → 201; PUT /api/emergency/:messageId. Answered once the sound is made. */
export const EmergencyAddSchema = z.object({ draft: EmergencyDraftSchema });
export const EmergencyChangeSchema = z.object({ draft: EmergencyDraftSchema, version: z.int() });
export const EmergencySavedSchema = z.object({ messageId: z.string(), version: z.int() });
/** DELETE /api/emergency/:messageId?version= */
export const EmergencyRemovalSchema = z.object({ version: z.coerce.number().int() });
/** PUT /api/emergency/:messageId/on; DELETE switches it off. */
export const EmergencyOnSchema = z.object({ endsAt: MomentSchema });
export const EmergencyDoneSchema = z.object({ done: z.literal(true) });

/** 422: what is wrong with what was typed; `path` names the field of the draft. */
export const EmergencyProblemsSchema = z.object({
  code: z.literal('emergencyProblems'),
  message: z.string(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type EmergencyProblem = z.infer<typeof EmergencyProblemsSchema>['problems'][number];

/** GET /api/emergency/telephone: switching by telephone, for those who may switch. */
export const EmergencyTelephoneSchema = z.object({
  /** The number for it; null: none. */
  number: z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() }).nullable(),
  version: z.int(),
  /** Too many calls failed: nobody gets in until then. */
  closedUntil: MomentSchema.nullable(),
  /** The person's own way in; null: no PIN is set. */
  own: z.object({ staffNumber: z.string(), setAt: MomentSchema, isLocked: z.boolean() }).nullable(),
  /** All who have set a PIN and may switch, by name. */
  people: z.array(z.object({ personId: z.string(), name: z.string(), isLocked: z.boolean() })),
});
export type EmergencyTelephone = z.infer<typeof EmergencyTelephoneSchema>;

/** PUT /api/emergency/telephone: null for no number. */
export const EmergencyTelephoneChangeSchema = z.object({
  phoneNumber: z.string().max(20).nullable(),
  version: z.int(),
});
/** PUT /api/emergency/telephone/pin: one's own; DELETE takes it away. 422 with code `pinRefused`. */
export const EmergencyPinChangeSchema = z.object({ pin: z.string().max(40) });
export const EmergencyPinSetSchema = z.object({ staffNumber: z.string() });
