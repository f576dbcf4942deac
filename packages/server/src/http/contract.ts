import { z } from 'zod';

/**
 * The admin page's API, as schemas that server and browser share. Depends on nothing but Zod, so that the browser may import it
 * (`@madoguchi/server/contract`). Telephone numbers are national digits, with `…Shown` beside them formatted for reading.
 */

/** One call as the live page and the call list show it. */
export const CallSummarySchema = z.object({
  callId: z.string(),
  /** Japanese business day on which the call began, 'YYYY-MM-DD'. */
  callDay: z.iso.date(),
  phoneNumber: z.string(),
  phoneNumberShown: z.string(),
  /** Staff's name of the called number ('資格給付'); null where the number is not registered. */
  phoneNumberName: z.string().nullable(),
  callerNumber: z.string().nullable(),
  /** '非通知' and the like where there is no number. */
  callerShown: z.string(),
  beganAt: z.iso.datetime({ offset: true }),
  answeredAt: z.iso.datetime({ offset: true }).nullable(),
  endedAt: z.iso.datetime({ offset: true }).nullable(),
  state: z.enum(['inProgress', 'ended']),
  /** How it ended; null while in progress. */
  outcome: z
    .enum([
      'announcement',
      'sms',
      'transfer',
      'callBack',
      'voicemail',
      'abandoned',
      'refused',
      'forwarded',
      'unknown',
      'error',
    ])
    .nullable(),
  /** Where the call is (or was last). */
  node: z.object({ nodeId: z.string(), title: z.string(), kind: z.string() }).nullable(),
  /** Keys pressed so far, in order. */
  keys: z.string(),
  /** Titles of the nodes passed so far, in order; absent where they were not looked up. */
  path: z.array(z.string()),
  hasRecording: z.boolean(),
  /** Made by a registered test caller. */
  isTest: z.boolean(),
  /** 架電: a campaign placed it; the caller number is then that of the citizen who was called. */
  isPlaced: z.boolean(),
  /** How far a transfer to staff has come just now; null where none is under way. */
  staff: z.enum(['ringing', 'talking']).nullable(),
  /** Sequence number of the last event, so that a reader can tell newer from older. */
  lastSeq: z.int(),
});
export type CallSummary = z.infer<typeof CallSummarySchema>;

/** Server-sent events of GET /api/live (event names `snapshot` and `calls`; comment line every 15 s as heartbeat). */
export const LiveSnapshotSchema = z.object({
  calls: z.array(CallSummarySchema),
  at: z.iso.datetime({ offset: true }),
});
export const LiveCallsSchema = LiveSnapshotSchema;

/** GET /api/calls?number=&from=YYYY-MM-DD&to=YYYY-MM-DD&phoneNumber=&cursor= ; newest first, 50 a page. */
export const CallListQuerySchema = z.object({
  /** Part of the caller number, digits only after removing hyphens and spaces. */
  number: z.string().max(20).optional(),
  phoneNumber: z.string().max(20).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  outcome: z.string().optional(),
  cursor: z.string().optional(),
});
export const CallListSchema = z.object({
  calls: z.array(CallSummarySchema),
  nextCursor: z.string().nullable(),
});

/** One line of a call's story, in order, already worded in Japanese. */
export const StoryStepSchema = z.object({
  seq: z.int(),
  /** ms since the call began. */
  atMs: z.int(),
  at: z.iso.datetime({ offset: true }),
  /** Event type, for the picture beside the line. */
  type: z.string(),
  /** '「1」が押されました' */
  text: z.string(),
  nodeTitle: z.string().nullable(),
});

export const RecordingSchema = z.object({
  recordingId: z.string(),
  kind: z.enum(['transfer', 'voicemail']),
  state: z.enum(['recording', 'ready', 'failed']),
  durationMs: z.int().nullable(),
  /** Path of the sound, served with byte ranges (RFC 9110 §14). */
  audioUrl: z.string(),
});

export const SmsShownSchema = z.object({
  id: z.string(),
  to: z.string(),
  toShown: z.string(),
  text: z.string(),
  state: z.enum(['waiting', 'submitting', 'accepted', 'refused', 'unknown', 'delivered', 'undeliverable']),
  parts: z.int().nullable(),
  /** Yen as decimal digits ('26.4'); null where no price is known or no gateway has the text. */
  costYen: z.string().nullable(),
  createdAt: z.iso.datetime({ offset: true }),
  settledAt: z.iso.datetime({ offset: true }).nullable(),
});
export type SmsShown = z.infer<typeof SmsShownSchema>;

/** GET /api/calls/:callId */
export const CallStorySchema = z.object({
  call: CallSummarySchema,
  steps: z.array(StoryStepSchema),
  recordings: z.array(RecordingSchema),
  sms: z.array(SmsShownSchema),
});
export type CallStory = z.infer<typeof CallStorySchema>;

/** GET /api/numbers */
export const NumberListSchema = z.object({
  numbers: z.array(
    z.object({
      phoneNumber: z.string(),
      shown: z.string(),
      name: z.string(),
      state: z.string(),
      flowName: z.string().nullable(),
    }),
  ),
});

/** POST /api/sms/test → 202 */
export const SmsTestRequestSchema = z.object({
  to: z.string().min(1).max(20),
  text: z.string().min(1).max(660),
});
export const SmsTestReplySchema = z.object({ id: z.string() });
/**
 * GET /api/sms/terms: how the gateways cut and price texts, the preferred one first, so that staff see it while they write. The first band
 * that holds a text, by UTF-16 units or by parts, gives its price in yen.
 */
export const SmsTermsSchema = z.object({
  gateways: z.array(
    z.object({
      partUnits: z.int().positive(),
      price: z.array(
        z.object({ uptoChars: z.int().nullable(), uptoParts: z.int().nullable(), yen: z.string() }),
      ),
    }),
  ),
});
export type SmsTerms = z.infer<typeof SmsTermsSchema>;
/** GET /api/sms/recent: what was sent lately, newest first. */
export const SmsRecentSchema = z.object({ messages: z.array(SmsShownSchema) });
/** GET /api/sms/received: what the local SMSC simulator received; `available` false where a real gateway is used. */
export const SmsReceivedSchema = z.object({
  available: z.boolean(),
  messages: z.array(
    z.object({
      to: z.string(),
      text: z.string(),
      parts: z.int(),
      receivedAt: z.iso.datetime({ offset: true }),
    }),
  ),
});

/** GET /api/inbox/counts: for the mark in the menu, on every screen. */
export const InboxCountsSchema = z.object({ open: z.int(), inProgress: z.int(), overdue: z.int() });
export type InboxCounts = z.infer<typeof InboxCountsSchema>;

/** GET /api/me: who is signed in; 401 with ErrorReplySchema otherwise. */
export const MeSchema = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  /** What the person may do (accounts/rights.ts): a screen offers only that. */
  rights: z.array(z.string()),
});

/** GET /api/health: state of what the product stands on, for the page's head line. */
export const HealthSchema = z.object({
  telephone: z.enum(['up', 'down', 'unknown']),
  sms: z.enum(['up', 'down', 'unknown']),
  database: z.enum(['up', 'down']),
  /** `full`: calls go on, recordings and messages are not kept. */
  recordingSpace: z.enum(['enough', 'low', 'full', 'unknown']),
});

/** Every error reply: `code` for programs, `message` in Japanese for people. */
export const ErrorReplySchema = z.object({ code: z.string(), message: z.string() });
