import { z } from 'zod';
import { CallSummarySchema, RecordingSchema, SmsShownSchema } from './contract.ts';

/**
 * The part of the admin page's API about what staff do by hand: inbox, notes on calls, citizens. Apart from contract.ts, so that
 * only the screens that need it fetch it (`@madoguchi/server/inbox-contract`).
 */

const InstantSchema = z.iso.datetime({ offset: true });
const MEMO_LONGEST = 2_000;
const MemoSchema = z.string().max(MEMO_LONGEST);
/** Something was said: blanks do not count. */
const SaidSchema = z.string().trim().min(1).max(MEMO_LONGEST);

export const PersonShownSchema = z.object({ personId: z.string(), name: z.string() });
export type PersonShown = z.infer<typeof PersonShownSchema>;

/** GET /api/inbox/people: to whom an item can be handed over. */
export const PeopleSchema = z.object({ people: z.array(PersonShownSchema) });

/** 未対応, 対応中, 済 */
export const InboxStateSchema = z.enum(['open', 'inProgress', 'done']);
export type InboxState = z.infer<typeof InboxStateSchema>;

export const InboxItemSchema = z.object({
  itemId: z.string(),
  /** noMoreCalls: said in a call about arrears that the city placed. */
  kind: z.enum(['voicemail', 'callBack', 'noMoreCalls']),
  callId: z.string(),
  phoneNumber: z.string(),
  phoneNumberShown: z.string(),
  phoneNumberName: z.string().nullable(),
  callBackNumber: z.string().nullable(),
  /** '番号なし' where the citizen left none. */
  callBackShown: z.string(),
  /** In words, as the citizen chose it. */
  wishedTime: z.string().nullable(),
  state: InboxStateSchema,
  assignee: PersonShownSchema.nullable(),
  dueAt: InstantSchema,
  /** Past its due time by the server's clock, and not done. */
  isOverdue: z.boolean(),
  memo: z.string(),
  resultMemo: z.string(),
  createdAt: InstantSchema,
  changedAt: InstantSchema,
  version: z.int(),
});
export type InboxItem = z.infer<typeof InboxItemSchema>;

/** GET /api/inbox: 50 a page; what is not done by its due time, what is done by when it was done, newest first. */
export const InboxListQuerySchema = z.object({
  state: z.enum(['notDone', ...InboxStateSchema.options]).default('notDone'),
  /** Number that the citizen called. */
  phoneNumber: z.string().max(20).optional(),
  /** Part of the number to call back, as staff write it. */
  number: z.string().max(20).optional(),
  mine: z.stringbool().optional(),
  overdue: z.stringbool().optional(),
  cursor: z.string().max(300).optional(),
});
export const InboxListSchema = z.object({
  items: z.array(InboxItemSchema),
  nextCursor: z.string().nullable(),
});

/** A call that staff placed by one click. */
export const PlacedCallSchema = z.object({
  placedCallId: z.string(),
  person: PersonShownSchema,
  citizenNumber: z.string(),
  citizenShown: z.string(),
  state: z.enum(['ordered', 'ringingStaff', 'ringingCitizen', 'talking', 'ended', 'failed', 'unknown']),
  /** Set where it failed. `expired`: the telephone did not take it in time, nothing has rung. */
  reason: z
    .enum([
      'noLine',
      'notDialable',
      'staffBusy',
      'staffUnanswered',
      'staffFailed',
      'staffHungUp',
      'citizenBusy',
      'citizenUnanswered',
      'citizenFailed',
      'stopped',
      'expired',
    ])
    .nullable(),
  at: InstantSchema,
  /** Of the talk, so far or in all; null where there was none, or nobody knows its end. */
  talkMs: z.number().nullable(),
});
export type PlacedCall = z.infer<typeof PlacedCallSchema>;

const OwnTelephoneSchema = z.object({ number: z.string(), shown: z.string() });
/** GET /api/placed-calls/own: the clerk's telephone, which rings first, and the clerk's newest call. */
export const OwnPlacedCallSchema = z.object({
  telephone: OwnTelephoneSchema.nullable(),
  call: PlacedCallSchema.nullable(),
});
export type OwnPlacedCall = z.infer<typeof OwnPlacedCallSchema>;
/** POST /api/own-telephone → OwnPlacedCallSchema; 400 `notDialable` */
export const OwnTelephoneChangeSchema = z.object({ number: z.string().max(30) });
/**
 * POST /api/placed-calls → OwnPlacedCallSchema. Of an inbox item its number is called, otherwise `number`. Refused: 400 `noOwnTelephone`,
 * `noNumber`, `notDialable`, `noPublicNumber`; 409 `callOpen` while another call of the clerk is not over.
 */
export const PlacedCallOrderSchema = z.union([
  z.strictObject({ itemId: z.string().max(200) }),
  z.strictObject({ number: z.string().max(30) }),
]);
export type PlacedCallOrder = z.infer<typeof PlacedCallOrderSchema>;
/** POST /api/placed-calls/:placedCallId/stop → OwnPlacedCallSchema */

export const InboxDeedSchema = z.enum(['take', 'handOver', 'save', 'finish', 'reopen']);
export type InboxDeed = z.infer<typeof InboxDeedSchema>;

/** GET /api/inbox/:itemId */
export const InboxDetailSchema = z.object({
  item: InboxItemSchema,
  recordings: z.array(RecordingSchema),
  /** Oldest first. */
  changes: z.array(
    z.object({
      version: z.int(),
      at: InstantSchema,
      person: PersonShownSchema,
      deed: InboxDeedSchema,
      to: PersonShownSchema.nullable(),
    }),
  ),
  /** Oldest first. */
  placedCalls: z.array(PlacedCallSchema),
});
export type InboxDetail = z.infer<typeof InboxDetailSchema>;

const ItemEdits = {
  /** The version that the clerk looked at; 409 `changedMeanwhile` where it is no longer the newest. */
  version: z.int(),
  /** Saved along with the deed, so that nothing typed is left behind. */
  memo: MemoSchema.optional(),
  dueAt: InstantSchema.optional(),
};
/** POST /api/inbox/:itemId: one deed, together with what was edited → InboxDetailSchema */
export const InboxChangeSchema = z.discriminatedUnion('deed', [
  z.object({ deed: z.literal('take'), ...ItemEdits }),
  z.object({ deed: z.literal('handOver'), assigneeId: z.string(), ...ItemEdits }),
  z.object({ deed: z.literal('save'), ...ItemEdits }),
  z.object({ deed: z.literal('finish'), resultMemo: SaidSchema, ...ItemEdits }),
  z.object({ deed: z.literal('reopen'), ...ItemEdits }),
]);
export type InboxChange = z.infer<typeof InboxChangeSchema>;

/** 用件区分, 結果 */
export const NoteKindSchema = z.enum(['category', 'result']);
export type NoteKind = z.infer<typeof NoteKindSchema>;

const NoteChoiceSchema = z.object({ choiceId: z.string(), label: z.string(), hidden: z.boolean() });
const NoteChoiceListSchema = z.object({ version: z.int(), choices: z.array(NoteChoiceSchema) });
export type NoteChoiceList = z.infer<typeof NoteChoiceListSchema>;

/** GET /api/note-choices */
export const NoteChoicesSchema = z.object({ category: NoteChoiceListSchema, result: NoteChoiceListSchema });
export type NoteChoices = z.infer<typeof NoteChoicesSchema>;

/** POST /api/note-choices: a list in its new order; a choice that is left out stays, hidden. → NoteChoicesSchema */
export const NoteChoicesChangeSchema = z.object({
  kind: NoteKindSchema,
  version: z.int(),
  choices: z
    .array(
      z.object({
        /** null: a new one. */
        choiceId: z.string().nullable(),
        label: z.string().trim().min(1).max(40),
        hidden: z.boolean(),
      }),
    )
    .min(1)
    .max(60),
});

const ChosenSchema = z.object({ choiceId: z.string(), label: z.string() });
/** GET /api/calls/:callId/note. `version` 0: nobody has written anything yet. */
export const CallNoteSchema = z.object({
  category: ChosenSchema.nullable(),
  result: ChosenSchema.nullable(),
  memo: z.string(),
  /** Who says that they took the call. */
  takenBy: PersonShownSchema.nullable(),
  changedBy: PersonShownSchema.nullable(),
  changedAt: InstantSchema.nullable(),
  version: z.int(),
});
export type CallNote = z.infer<typeof CallNoteSchema>;

/** POST /api/calls/:callId/note → CallNoteSchema */
export const CallNoteChangeSchema = z.object({
  version: z.int(),
  categoryId: z.string().nullable(),
  resultId: z.string().nullable(),
  memo: MemoSchema,
});
export type CallNoteChange = z.infer<typeof CallNoteChangeSchema>;

/** POST /api/calls/:callId/taken: 'I took it' → CallNoteSchema */
export const CallTakenSchema = z.object({ version: z.int() });

export const ComplaintSchema = z.object({ reason: z.string(), person: PersonShownSchema, at: InstantSchema });
export type Complaint = z.infer<typeof ComplaintSchema>;

/** GET /api/calls/:callId/background: what staff want to know while their telephone rings. */
export const CallBackgroundSchema = z.object({
  /** '携帯電話'; null for a caller without number. */
  numberKind: z.string().nullable(),
  complaint: ComplaintSchema.nullable(),
  /** The last five calls of the same number before this one, newest first. */
  earlier: z.array(z.object({ call: CallSummarySchema, note: CallNoteSchema.nullable() })),
  /** What is not done yet for this number. */
  inboxItems: z.array(InboxItemSchema),
});
export type CallBackground = z.infer<typeof CallBackgroundSchema>;

/** GET /api/complaints: numbers whose flag is set; every screen marks them. */
export const ComplaintNumbersSchema = z.object({ numbers: z.array(z.string()) });
/** POST /api/complaints → ComplaintNumbersSchema; 409 `alreadySo` where somebody was quicker. */
export const ComplaintChangeSchema = z.object({
  number: z.string().max(20),
  flagged: z.boolean(),
  reason: SaidSchema,
});

/** GET /api/citizens?number=&cursor= : all that is known of one number, newest first, 30 a page. Every look is audited. */
export const CitizenQuerySchema = z.object({
  number: z.string().max(30),
  cursor: z.string().max(300).optional(),
});
export const CitizenEntrySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id: z.string(),
    at: InstantSchema,
    call: CallSummarySchema,
    note: CallNoteSchema.nullable(),
    recordings: z.array(RecordingSchema),
  }),
  z.object({ type: z.literal('sms'), id: z.string(), at: InstantSchema, sms: SmsShownSchema }),
  z.object({ type: z.literal('inbox'), id: z.string(), at: InstantSchema, item: InboxItemSchema }),
  z.object({
    type: z.literal('complaint'),
    id: z.string(),
    at: InstantSchema,
    flagged: z.boolean(),
    reason: z.string(),
    person: PersonShownSchema,
  }),
  z.object({
    type: z.literal('placedCall'),
    id: z.string(),
    at: InstantSchema,
    placedCall: PlacedCallSchema,
  }),
]);
export type CitizenEntry = z.infer<typeof CitizenEntrySchema>;
export const CitizenSchema = z.object({
  number: z.string(),
  numberShown: z.string(),
  numberKind: z.string(),
  complaint: ComplaintSchema.nullable(),
  entries: z.array(CitizenEntrySchema),
  nextCursor: z.string().nullable(),
});
export type Citizen = z.infer<typeof CitizenSchema>;
