import { AnnouncementContentSchema, VoiceIdSchema } from '@madoguchi/flow';
import { z } from 'zod';

/** The part of the API that deals with what callers hear: the library, listening, uploads, readings, the desk telephone. */

const SpeedSchema = z.enum(['usual', 'slower']);
const ReadAsSchema = z.enum(['text', 'digits', 'telephone', 'date', 'time', 'amount', 'number']);
const When = z.iso.datetime({ offset: true });

/** The longest text that is read aloud for listening, in characters. */
export const HEARD_TEXT_MAX_CHARS = 2_000;

/** Something to listen to, as a caller would hear it. */
export const HeardSchema = z.object({
  content: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string().max(HEARD_TEXT_MAX_CHARS) }),
    z.object({ type: z.literal('audio'), audioId: z.string().max(64) }),
  ]),
  speed: SpeedSchema.default('usual'),
  /** Left out: the house's usual one. */
  voice: VoiceIdSchema.optional(),
  /** What to say for `{{values}}`, by name, where the names and the text alone do not tell. */
  examples: z
    .record(z.string().max(40), z.object({ text: z.string().max(200), readAs: ReadAsSchema }))
    .default({}),
});
export type Heard = z.infer<typeof HeardSchema>;

/**
 * POST /api/speech/preview → audio/wav, 8 kHz: the telephone's sound. `trialReading`: heard with this word of the dictionary, in place of a
 * stored one, without storing it. 400 `unspeakable`, `audioMissing`
 * and the like; 429 `tooManyPreviews`.
 */
export const PreviewOrderSchema = HeardSchema.extend({
  trialReading: z.object({ surface: z.string().max(40), reading: z.string().max(80) }).optional(),
});
export type PreviewOrder = z.input<typeof PreviewOrderSchema>;

/**
 * GET /api/voices. `usual`: of flows that choose none, and of all that is said outside of flows. PUT /api/voices/usual → VoiceList: callers hear it
 * once the sounds that it lacks are made (`publishFlows`).
 */
export const VoiceListSchema = z.object({
  voices: z.array(z.object({ id: VoiceIdSchema, name: z.string(), credit: z.string() })),
  usual: VoiceIdSchema,
});
export const UsualVoiceChoiceSchema = z.object({ voice: VoiceIdSchema });
export type VoiceList = z.infer<typeof VoiceListSchema>;

/** Where an announcement is used. */
export const UsageSchema = z.object({
  /** `inForce`: callers of `phoneNumber` hear it. `draft`: not published. */
  kind: z.enum(['inForce', 'draft']),
  flowId: z.string(),
  flowName: z.string(),
  /** The number at which callers hear it, formatted, and staff's name of it; null for a draft. */
  phoneNumberShown: z.string().nullable(),
  phoneNumberName: z.string().nullable(),
  nodes: z.array(z.object({ nodeId: z.string(), title: z.string() })),
  /** Whether it says what the library says now: false where a change waits to be published. */
  isNewest: z.boolean(),
});
export type Usage = z.infer<typeof UsageSchema>;

export const AnnouncementShownSchema = z.object({
  announcementId: z.string(),
  /** To be sent along with a change: somebody else's change in between is not overwritten. */
  version: z.int(),
  name: z.string(),
  content: AnnouncementContentSchema,
  /** Who speaks; of a text the voice that reads it where no flow says otherwise. */
  voiceCredit: z.string(),
  changedAt: When,
  changedBy: z.string(),
  usages: z.array(UsageSchema),
});
export type AnnouncementShown = z.infer<typeof AnnouncementShownSchema>;

/** GET /api/announcements: all, by name. */
export const AnnouncementListSchema = z.object({
  announcements: z.array(AnnouncementShownSchema),
});

/** GET /api/announcements/:announcementId; `history` newest first, the present version too. */
export const AnnouncementDetailSchema = z.object({
  announcement: AnnouncementShownSchema,
  history: z.array(
    AnnouncementShownSchema.pick({
      version: true,
      name: true,
      content: true,
      voiceCredit: true,
      changedAt: true,
      changedBy: true,
    }),
  ),
});
export type AnnouncementDetail = z.infer<typeof AnnouncementDetailSchema>;

export const AnnouncementDraftSchema = z.object({
  name: z.string().trim().min(1).max(60),
  content: AnnouncementContentSchema,
  /** Of a recorded voice; a text has that of the voice that reads it. */
  voiceCredit: z.string().trim().max(200).default(''),
});
export type AnnouncementDraft = z.input<typeof AnnouncementDraftSchema>;

/**
 * POST /api/announcements → 201 AnnouncementShown; PUT /api/announcements/:announcementId → AnnouncementShown. 400 `nothingToSay`,
 * `unknownAudio`, `badValue`; 409 `changedMeanwhile`. DELETE …?version= → AnnouncementDone.
 */
export const AnnouncementChangeSchema = AnnouncementDraftSchema.extend({ version: z.int() });
export const AnnouncementRemovalSchema = z.object({ version: z.coerce.number().int() });
export const AnnouncementDoneSchema = z.object({ done: z.literal(true) });

export const UploadedAudioSchema = z.object({
  audioId: z.string(),
  name: z.string(),
  durationMs: z.int(),
  /** Of speech before it was levelled, dB below full scale. */
  levelDb: z.number(),
  level: z.enum(['low', 'good', 'high']),
  origin: z.enum(['file', 'browser', 'telephone']),
  uploadedAt: When,
  uploadedBy: z.string(),
  /** Some announcement, draft or version needs it. */
  isUsed: z.boolean(),
});
export type UploadedAudio = z.infer<typeof UploadedAudioSchema>;

/** GET /api/audio: newest first. DELETE /api/audio/:audioId → AnnouncementDone; 409 `audioUsed`. */
export const UploadedAudioListSchema = z.object({ audio: z.array(UploadedAudioSchema) });

/**
 * POST /api/audio?name=&origin= with the file itself as application/octet-stream → UploadedAudio. 400 with the reason, in words:
 * `audioUnreadable`, `audioTooLong` and the like; 413.
 */
export const AudioUploadSchema = z.object({
  name: z.string().trim().min(1).max(100),
  origin: z.enum(['file', 'browser']),
});
export const AUDIO_UPLOAD_MAX_BYTES = 50 * 1_024 * 1_024;

/** A flow in force whose callers hear a word otherwise than the dictionary has it now, until it is published anew. */
const HeardOtherwiseSchema = z.object({
  flowId: z.string(),
  flowName: z.string(),
  /** The numbers at which they hear it, formatted. */
  numbersShown: z.array(z.string()),
  /** How they hear it; null: as the voice reads it by itself. */
  reading: z.string().nullable(),
});
export type HeardOtherwise = z.infer<typeof HeardOtherwiseSchema>;

export const ReadingShownSchema = z.object({
  surface: z.string(),
  /** Katakana. */
  reading: z.string(),
  version: z.int(),
  changedAt: When,
  /** Null: as the start laid it. */
  changedBy: z.string().nullable(),
  /** Names of the announcements of the library, and of the flows that callers hear, that contain the word. */
  announcements: z.array(z.string()),
  flows: z.array(z.string()),
  heardOtherwise: z.array(HeardOtherwiseSchema),
});
export type ReadingShown = z.infer<typeof ReadingShownSchema>;

/** GET /api/readings: by surface. `removed`: words that are no longer in it, and that callers still hear read as they were. */
export const ReadingListSchema = z.object({
  readings: z.array(ReadingShownSchema),
  removed: z.array(ReadingShownSchema.pick({ surface: true, heardOtherwise: true })),
});
export type ReadingList = z.infer<typeof ReadingListSchema>;

/**
 * PUT /api/readings → ReadingShown; adds the word, or changes it. `version`: of the reading that is changed, null for a new word.
 * 400 `badReading` with the reason in words; 409 `changedMeanwhile`. DELETE /api/readings?surface=&version= → AnnouncementDone.
 */
export const ReadingChangeSchema = z.object({
  surface: z.string().max(200),
  reading: z.string().max(200),
  version: z.int().nullable(),
});
export const ReadingRemovalSchema = z.object({
  surface: z.string().max(200),
  version: z.coerce.number().int(),
});

export const DeskCallSchema = z.object({
  deskCallId: z.string(),
  kind: z.enum(['listen', 'record']),
  state: z.enum(['ordered', 'ringing', 'listening', 'recording', 'reviewing', 'done', 'failed', 'unknown']),
  reason: z
    .enum([
      'noLine',
      'notDialable',
      'busy',
      'unanswered',
      'notReached',
      'nothingRecorded',
      'soundFailed',
      'stopped',
      'expired',
    ])
    .nullable(),
  /** Of `record`, once it is done. */
  audio: UploadedAudioSchema.nullable(),
});
export type DeskCall = z.infer<typeof DeskCallSchema>;

/** GET /api/desk-calls/own: the clerk's newest. POST /api/desk-calls, POST /api/desk-calls/:deskCallId/stop answer alike. */
export const OwnDeskCallSchema = z.object({ call: DeskCallSchema.nullable() });

/** Refused: 400 `noOwnTelephone`, `noPublicNumber`, `notDialable`; 409 `callOpen`. */
export const DeskCallOrderSchema = z.discriminatedUnion('kind', [
  /** `more`: said one after another in the same call, at the speed and in the voice of the first. */
  z.object({
    kind: z.literal('listen'),
    heard: HeardSchema,
    more: z.array(HeardSchema).max(1_000).default([]),
  }),
  z.object({ kind: z.literal('record') }),
]);
export type DeskCallOrder = z.input<typeof DeskCallOrderSchema>;
