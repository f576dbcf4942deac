import { TrunkDraftSchema } from '@madoguchi/telephony/trunk';
import { z } from 'zod';

/** The trunk screen's part of the API; apart from the rest, so that only who opens that screen loads it. */
export {
  type CalledNumberSource,
  TRUNK_PROFILES,
  type TrunkDraft,
  type TrunkProfile,
  trunkDraftOfProfile,
} from '@madoguchi/telephony/trunk';

const ProbeWordsSchema = z.object({
  verdict: z.enum(['good', 'warning', 'bad']),
  text: z.string(),
  advice: z.string().nullable(),
});

/** What the other side answered, in words. */
export const TrunkTestResultSchema = z.object({
  trunk: ProbeWordsSchema,
  /** `numberShown`: as staff read it ('0725-00-1001'). */
  accounts: z.array(ProbeWordsSchema.extend({ number: z.string(), numberShown: z.string() })),
});
export type TrunkTestResult = z.infer<typeof TrunkTestResultSchema>;

export const TrunkShownSchema = z.object({
  trunkId: z.string(),
  /** To be sent along with a change: somebody else's change in between is not overwritten. */
  version: z.int(),
  /** Its passwords are null: they are never shown. */
  draft: TrunkDraftSchema,
  /** The numbers of its accounts, in their order, as staff read them. */
  numbersShown: z.array(z.string()),
  /** Numbers whose passwords were lost with their key: until they are entered anew, the trunk takes no calls. */
  passwordsLost: z.array(z.string()),
  changedAt: z.iso.datetime({ offset: true }),
  /** Name of the person; null: as the start laid it. */
  changedBy: z.string().nullable(),
  lastTest: z
    .object({
      at: z.iso.datetime({ offset: true }),
      by: z.string(),
      /** False: the settings were changed since. */
      isOfThisVersion: z.boolean(),
      result: TrunkTestResultSchema,
    })
    .nullable(),
});
export type TrunkShown = z.infer<typeof TrunkShownSchema>;

/** GET /api/trunks: in the order in which they are tried. */
export const TrunkListSchema = z.object({
  trunks: z.array(TrunkShownSchema),
  /** Trunks whose settings this version cannot read: they take no calls. */
  unreadable: z.int(),
});

const LinesInUseSchema = z.object({ received: z.int(), transferred: z.int(), placed: z.int() });
export type LinesInUse = z.infer<typeof LinesInUseSchema>;

/** GET /api/trunk-lines: lines in use now, by trunk id; null where the telephone has not told of late. */
export const TrunkLinesSchema = z.object({ inUse: z.record(z.string(), LinesInUseSchema).nullable() });

/** POST /api/trunks → 201; PUT /api/trunks/:trunkId → 200 */
export const TrunkAddSchema = z.object({ draft: TrunkDraftSchema });
export const TrunkChangeSchema = z.object({ draft: TrunkDraftSchema, version: z.int() });
export const TrunkSavedSchema = z.object({ trunkId: z.string(), version: z.int() });

/** DELETE /api/trunks/:trunkId?version= */
export const TrunkRemovalSchema = z.object({ version: z.coerce.number().int() });

/** PUT /api/trunk-order: all trunks, the first to be tried first. */
export const TrunkOrderSchema = z.object({ trunkIds: z.array(z.string().max(40)).min(1).max(200) });
export const TrunkDoneSchema = z.object({ done: z.literal(true) });

/** POST /api/trunk-tests: tests what is typed. `trunkId` names the trunk whose passwords are meant where none is typed. */
export const TrunkTestOrderSchema = z.object({
  draft: TrunkDraftSchema,
  trunkId: z.string().max(40).nullable(),
});

/** 422: what is wrong with a draft. `path` names the field ('lines.total', 'accounts.0.user'). */
export const TrunkProblemsSchema = z.object({
  code: z.literal('trunkProblems'),
  message: z.string(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type TrunkProblem = z.infer<typeof TrunkProblemsSchema>['problems'][number];
