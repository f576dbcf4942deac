import { BundleDraftSchema, CalendarSchema, FlowTestSchema, OutcomeSchema } from '@madoguchi/flow';
import { z } from 'zod';

/** Trying drafts and replaying past calls through them; apart from the rest, so that only who does so loads it. */

const PersonSchema = z.object({ personId: z.string(), name: z.string() });
const NamedSchema = z.object({ id: z.string(), name: z.string() });

/** GET /api/trial-house: what a trial in the browser looks at. Lists are named only: who stands on them is nobody's business here. */
export const TrialHouseSchema = z.object({
  calendars: z.array(CalendarSchema),
  /** Name of each 祝日 by its Japanese date. */
  holidays: z.record(z.iso.date(), z.string()),
  lists: z.array(NamedSchema),
  numbers: z.array(z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() })),
});
export type TrialHouse = z.infer<typeof TrialHouseSchema>;

const TestNameSchema = z.string().trim().min(1).max(60);

/** GET /api/flows/:flowId/tests */
export const FlowTestListSchema = z.object({
  tests: z.array(
    z.object({
      testId: z.string(),
      name: z.string(),
      test: FlowTestSchema,
      changedAt: z.iso.datetime({ offset: true }),
      changedBy: PersonSchema,
    }),
  ),
});
export type KeptFlowTest = z.infer<typeof FlowTestListSchema>['tests'][number];

/** POST /api/flows/:flowId/tests → 201; PUT /api/flows/:flowId/tests/:testId; DELETE of the same. */
export const FlowTestAddSchema = z.object({ name: TestNameSchema, test: FlowTestSchema });
export const FlowTestAddedSchema = z.object({ testId: z.string() });
export const TrialDoneSchema = z.object({ done: z.literal(true) });

/** POST /api/flows/:flowId/test-runs. `bundle` null: the draft as it is stored. */
export const TestRunSchema = z.object({ bundle: BundleDraftSchema.nullable() });
export const TestRunResultSchema = z.object({
  results: z.array(
    z.object({
      testId: z.string(),
      name: z.string(),
      passed: z.boolean(),
      /** One sentence or more, for staff; null where it passed. */
      difference: z.string().nullable(),
      at: z.object({ flowId: z.string(), nodeId: z.string() }).nullable(),
    }),
  ),
});
export type TestRunResult = z.infer<typeof TestRunResultSchema>['results'][number];

/** Calls that one replay looks at, the newest of the period. */
export const MOST_REPLAYED_CALLS = 50_000;

/** POST /api/flows/:flowId/replays → 201. Japanese days, both included; `bundle` null: the draft as it is stored. */
export const ReplayOrderSchema = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    phoneNumbers: z.array(z.string().max(20)).min(1).max(200),
    bundle: BundleDraftSchema.nullable(),
  })
  .refine(({ from, to }) => from <= to);
export const ReplayAddedSchema = z.object({ replayId: z.string() });

const DoubtSchema = z.object({
  flowId: z.string(),
  nodeId: z.string(),
  reason: z.enum([
    'meaningChanged',
    'choiceRemoved',
    'newQuestion',
    'moreAsked',
    'pressedAhead',
    'unheard',
    'sealed',
    'transfer',
    'message',
    'calendar',
    'list',
    'record',
    'tooLong',
  ]),
});

/** What `ReplayTally` adds up. */
export const ReplayTotalsSchema = z.object({
  calls: z.int(),
  outcomes: z.array(z.object({ outcome: OutcomeSchema, before: z.int(), after: z.int() })),
  inDoubt: z.int(),
  inDoubtBefore: z.array(z.object({ outcome: OutcomeSchema, calls: z.int() })),
  doubts: z.array(DoubtSchema.extend({ calls: z.int() })),
  assumedSms: z.int(),
  branches: z.array(
    z.object({
      flowId: z.string(),
      nodeId: z.string(),
      branch: z.string(),
      before: z.int(),
      after: z.int(),
    }),
  ),
  changed: z.array(
    z.object({
      callId: z.string(),
      before: OutcomeSchema,
      after: OutcomeSchema.nullable(),
      doubt: DoubtSchema.nullable(),
    }),
  ),
  changedCalls: z.int(),
});
export type ReplayTotalsShown = z.infer<typeof ReplayTotalsSchema>;

const ReplayHeadSchema = z.object({
  replayId: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  phoneNumbers: z.array(z.string()),
  state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
  done: z.int(),
  /** Null: not counted yet. */
  total: z.int().nullable(),
  isCut: z.boolean(),
  askedAt: z.iso.datetime({ offset: true }),
  askedBy: PersonSchema,
});
export type ReplayHead = z.infer<typeof ReplayHeadSchema>;

/** GET /api/flows/:flowId/replays: the newest first. */
export const ReplayListSchema = z.object({ replays: z.array(ReplayHeadSchema) });
/** GET /api/flows/:flowId/replays/:replayId; DELETE of the same cancels one that is not over. */
export const ReplaySchema = ReplayHeadSchema.extend({ totals: ReplayTotalsSchema.nullable() });
export type Replay = z.infer<typeof ReplaySchema>;
