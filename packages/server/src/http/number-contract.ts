import { z } from 'zod';

/** The part of the API that the screen of phone numbers uses. Numbers are national digits where not said otherwise. */

/** 準備中, テスト, 本番, 停止. */
export const NumberStateSchema = z.enum(['preparing', 'test', 'live', 'stopped']);
export type NumberState = z.infer<typeof NumberStateSchema>;

const PersonNameSchema = z.string().nullable();
const MomentSchema = z.iso.datetime({ offset: true });

/** What staff type: may be wrong. Blank numbers stand for none. */
export const NumberDraftSchema = z.object({
  name: z.string().max(200),
  /** Japanese day before which callers of a live number hear that it is being prepared. */
  opensOn: z.iso.date().nullable(),
  /** Where every call goes while the number is stopped. */
  forwardTo: z.string().max(40),
  /** Rung by the telephone itself, in opening hours, while this system is away. */
  fallbackNumber: z.string().max(40),
  calendarId: z.string().max(80).nullable(),
  /** What staff telephones show of its calls: as the trunk says, the called number, the caller, or `presentedNumber`. */
  presented: z.enum(['trunk', 'called', 'caller', 'number']),
  presentedNumber: z.string().max(40),
  /** Calls at once; blank: as many as the trunks have. */
  maxCalls: z.string().max(10),
  whenFull: z.enum(['busy', 'announcement']),
  recordingEnabled: z.boolean(),
});
export type NumberDraft = z.infer<typeof NumberDraftSchema>;

/** A planned change of state that is settled. */
export const NumberPlanSchema = z.object({
  planId: z.int(),
  state: NumberStateSchema,
  dueAt: MomentSchema,
  createdBy: PersonNameSchema,
  result: z.enum(['done', 'failed', 'cancelled']),
  /** Why it failed, in words. */
  reason: z.string().nullable(),
});
export type NumberPlan = z.infer<typeof NumberPlanSchema>;

/** Something that is to happen to a number by itself; `at`: when. */
export const PlannedSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('state'),
    planId: z.int(),
    state: NumberStateSchema,
    at: MomentSchema,
    by: PersonNameSchema,
  }),
  /** A proposal 伺い that is not published yet. `at` null: it comes once it is approved, or by hand. */
  z.object({
    type: z.literal('version'),
    proposalId: z.string(),
    flowName: z.string(),
    isApproved: z.boolean(),
    at: MomentSchema.nullable(),
    by: PersonNameSchema,
  }),
  /** The opening day begins. */
  z.object({ type: z.literal('opening'), day: z.iso.date(), at: MomentSchema }),
]);
export type Planned = z.infer<typeof PlannedSchema>;

export const MOST_APPROVAL_STEPS = 3;
const ApprovalStepsSchema = z.int().min(0).max(MOST_APPROVAL_STEPS);

const VersionShownSchema = z.object({
  bundleId: z.string(),
  name: z.string(),
  comment: z.string(),
  publishedAt: MomentSchema,
});

/** A draft that test callers reach by telephone (telephone-trial-contract.ts). */
const TrialShownSchema = z.object({
  bundleId: z.string(),
  flowId: z.string(),
  name: z.string(),
  /** The draft is that of this moment. */
  orderedAt: MomentSchema,
});
export type TrialShown = z.infer<typeof TrialShownSchema>;

export const NumberShownSchema = z.object({
  phoneNumber: z.string(),
  shown: z.string(),
  state: NumberStateSchema,
  /** Its callers reach the switching of emergency announcements by telephone, and nothing else. */
  isForSwitching: z.boolean(),
  draft: NumberDraftSchema,
  /** Version in force; null: no flow is published yet. */
  inForce: VersionShownSchema.nullable(),
  /** What test callers reach while the number is not open to everybody; null: the version in force. */
  trial: TrialShownSchema.nullable(),
  /** What callers are told of recording by the flow in force; empty where it says nothing of it. */
  recordingNotices: z.array(z.string()),
  /** What is still to come, the next one first; what has no time last. */
  planned: z.array(PlannedSchema),
  /** Decisions 決裁 that a new version needs while the number is live, and who set that last; null: nobody, as every number begins. */
  approval: z.object({ steps: ApprovalStepsSchema, setBy: PersonNameSchema }),
  changedAt: MomentSchema,
  changedBy: PersonNameSchema,
  version: z.int(),
});
export type NumberShown = z.infer<typeof NumberShownSchema>;

/** GET /api/phone-numbers */
export const PhoneNumberListSchema = z.object({
  numbers: z.array(NumberShownSchema),
  calendars: z.array(z.object({ calendarId: z.string(), name: z.string() })),
  /** What callers of a number that is being prepared hear. */
  preparingText: z.string(),
});

/** GET /api/phone-numbers/:phoneNumber/plans: those that are settled, the latest first. */
export const NumberPlanListSchema = z.object({ plans: z.array(NumberPlanSchema) });

/** POST /api/phone-numbers → 201; `phoneNumber` as staff write it. */
export const NumberAddSchema = z.object({ phoneNumber: z.string().max(40), name: z.string().max(200) });
/** PUT /api/phone-numbers/:phoneNumber */
export const NumberChangeSchema = z.object({ draft: NumberDraftSchema, version: z.int() });
/** PUT /api/phone-numbers/:phoneNumber/state */
export const NumberStateChangeSchema = z.object({ state: NumberStateSchema, version: z.int() });
/** PUT /api/phone-numbers/:phoneNumber/approval, by those who may `setApproval`. */
export const NumberApprovalChangeSchema = z.object({ steps: ApprovalStepsSchema, version: z.int() });
export const NumberSavedSchema = z.object({ phoneNumber: z.string(), version: z.int() });

/** POST /api/phone-numbers/:phoneNumber/plans → 201 */
export const NumberPlanAddSchema = z.object({ state: NumberStateSchema, dueAt: MomentSchema });
export const NumberPlanSavedSchema = z.object({ planId: z.int() });
export const NumberDoneSchema = z.object({ done: z.literal(true) });

/** 422: what is wrong with what was typed; `path` names the field of the draft. */
export const NumberProblemsSchema = z.object({
  code: z.literal('numberProblems'),
  message: z.string(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type NumberProblem = z.infer<typeof NumberProblemsSchema>['problems'][number];

/** GET /api/test-callers */
export const TestCallerSchema = z.object({
  number: z.string(),
  shown: z.string(),
  note: z.string(),
  fromDay: z.iso.date().nullable(),
  toDay: z.iso.date().nullable(),
  /** False: its days have not begun, or are over. */
  isValidNow: z.boolean(),
  version: z.int(),
});
export type TestCaller = z.infer<typeof TestCallerSchema>;
export const TestCallerListSchema = z.object({ testCallers: z.array(TestCallerSchema) });
/** PUT /api/test-callers: adds one (`version` null), or changes the one of that number. `number` as staff write it. */
export const TestCallerChangeSchema = z.object({
  number: z.string().max(40),
  note: z.string().max(200),
  fromDay: z.iso.date().nullable(),
  toDay: z.iso.date().nullable(),
  version: z.int().nullable(),
});
