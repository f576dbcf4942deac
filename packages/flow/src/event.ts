import { z } from 'zod';
import { PromptSchema } from './prompt.ts';
import { ReadAsSchema } from './read-as.ts';

/**
 * What happened on a call. A call is a fold over these (docs/architecture.md).
 *
 * Glossary: caller 発信者, key キー, announcement アナウンス, transfer 転送, calendar 開庁時間, list 番号一覧.
 */

/** The twelve keys of a telephone (RFC 4733 events 0–11). */
export const KeySchema = z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']);
export type Key = z.infer<typeof KeySchema>;

/** Kind of the caller's number, from our table of 総務省's numbering plan. */
export const CallerKindSchema = z.enum([
  'mobile',
  'landline',
  'ipPhone',
  'tollFree',
  'withheld',
  'payphone',
  /** 表示圏外: the network cannot tell the number. */
  'unavailable',
  /** 他サービス: another service of the network is in the way. */
  'otherService',
  'other',
]);
export type CallerKind = z.infer<typeof CallerKindSchema>;

/** What a scenario may say of a recipient. No birth date. */
const RecipientSaidSchema = z.record(z.string(), z.object({ text: z.string(), readAs: ReadAsSchema }));

/** Event 0 of every call: all that the conversation may ever need to know of its beginning. */
export const CallContextSchema = z.object({
  /** Also the Asterisk channel id of the caller's leg. */
  callId: z.string().min(1),
  /** The public number that was called, national digits ('0725001001'). */
  phoneNumber: z.string(),
  /** Staff's name of that number; older logs do not tell it. */
  phoneNumberName: z.string().optional(),
  /** National digits, or null where the caller withheld it. */
  callerNumber: z.string().nullable(),
  callerKind: CallerKindSchema,
  /** Version of the flow in force when the call began; calls keep it to their end. */
  bundleId: z.string(),
  /** Wall time of the beginning, ISO 8601 with offset. */
  beganAt: z.iso.datetime({ offset: true }),
  /** Set where the call is turned away unanswered: no line is free, or it is a call of ours that came back. */
  refusal: z.enum(['linesFull', 'loop']).optional(),
  /** 停止: the call is passed on to this number (national digits) without being answered; no flow has a part in it. */
  forwardedTo: z.string().optional(),
  /** 緊急アナウンス: said before the flow begins, to its end whatever is pressed. */
  opening: z
    .object({ prompts: z.array(PromptSchema).min(1), afterwards: z.enum(['goOn', 'hangUp']) })
    .optional(),
  /** Made by a registered test caller 試験発信者. */
  isTest: z.literal(true).optional(),
  /**
   * Of a campaign 配信: the city placed the call, or the person called back. `callerNumber` is then the citizen's number, and
   * `phoneNumber` the public number that he sees.
   */
  placed: z
    .object({
      campaignId: z.string(),
      /** Of several who share a telephone the first: who is on the line is told by `identitySaid`. */
      recipientId: z.int(),
      attemptId: z.string(),
      isCallBack: z.literal(true).optional(),
      /** Who decides allowed the campaign's text messages to tell personal values. */
      smsMayTellPersonal: z.literal(true).optional(),
      /** Variables from the beginning; none where it may be one of several. */
      values: RecipientSaidSchema,
    })
    .optional(),
});
export type CallContext = z.infer<typeof CallContextSchema>;

/** Why a transfer did not come about; classified once, in the line's adapter. */
export const TransferFailureSchema = z.enum([
  'busy',
  'unanswered',
  'refused',
  'unreachable',
  /** No line of ours was free for it. */
  'noLine',
  /** A number that may not be dialled. */
  'notDialable',
  'unknown',
]);
export type TransferFailure = z.infer<typeof TransferFailureSchema>;

/**
 * `id` in announce, SMS, transfer and voicemail events is the sequence number of the event that caused the action,
 * so that an answer to an older action is recognised and passed over.
 */
export const CallEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('began'), context: CallContextSchema }),
  z.object({ type: z.literal('answered') }),
  z.object({ type: z.literal('announced'), id: z.int() }),
  z.object({ type: z.literal('keyPressed'), key: KeySchema }),
  z.object({ type: z.literal('heard'), text: z.string(), confidence: z.number().min(0).max(1) }),
  /** The deadline that the state named has come. */
  z.object({ type: z.literal('timePassed') }),
  z.object({
    type: z.literal('calendarSaid'),
    calendarId: z.string(),
    open: z.boolean(),
    reason: z.string(),
  }),
  z.object({ type: z.literal('listSaid'), listId: z.string(), contains: z.boolean() }),
  /**
   * Whether what was keyed in is the birthday of one person for whom the call was placed. Where it may be one of several, `person` is who is on
   * the line; only from then on may the scenario say anything of anybody.
   */
  z.object({
    type: z.literal('identitySaid'),
    id: z.int(),
    matches: z.boolean(),
    person: z.object({ recipientId: z.int(), values: RecipientSaidSchema }).optional(),
  }),
  z.object({ type: z.literal('smsAccepted'), id: z.int() }),
  z.object({ type: z.literal('smsRefused'), id: z.int(), reason: z.string() }),
  z.object({ type: z.literal('smsUnknown'), id: z.int() }),
  z.object({ type: z.literal('transferRinging'), id: z.int() }),
  z.object({
    type: z.literal('transferAnswered'),
    id: z.int(),
    /** Place of the telephone among the node's targets; older logs know of one only. */
    target: z.int().min(0).optional(),
  }),
  z.object({
    type: z.literal('transferFailed'),
    id: z.int(),
    reason: TransferFailureSchema,
    sipCode: z.int().nullable(),
    q850Cause: z.int().nullable(),
  }),
  z.object({ type: z.literal('transferEnded'), id: z.int(), by: z.enum(['caller', 'staff']) }),
  z.object({
    type: z.literal('voicemailRecorded'),
    id: z.int(),
    durationMs: z.int(),
    endedBy: z.enum(['key', 'silence', 'limit', 'hangUp', 'fault']),
  }),
  /** Something that was asked of the line or of speech could not be done (a missing sound, a full disk). */
  z.object({ type: z.literal('actionFailed'), id: z.int(), reason: z.string() }),
  z.object({ type: z.literal('callerHungUp'), q850Cause: z.int().nullable() }),
  /** Our side has hung up: the last event of a call that the flow ended. */
  z.object({ type: z.literal('hungUp') }),
  /** The engine that carried the call died or forgot it: its end was not seen. */
  z.object({ type: z.literal('callLost') }),
  /** The controlling process came back: the caller hears the current prompt again. */
  z.object({ type: z.literal('resumed') }),
]);
export type CallEvent = z.infer<typeof CallEventSchema>;

/** Raised whenever the shape of an event changes; older ones are brought forward by pure upcasters (upcast.ts). */
export const EVENT_SCHEMA_VERSION = 1;
