import { BundleDraftSchema, PresentFlowSchema } from '@madoguchi/flow';
import { z } from 'zod';
import { CampaignSettingsSchema } from '../campaigns/settings.ts';
import {
  AnsweredBySchema,
  AttemptOutcomeSchema,
  CampaignKindSchema,
  CampaignStateSchema,
  ChannelSchema,
  ContactResultSchema,
  EndedBecauseSchema,
  SettledReasonSchema,
} from '../campaigns/words.ts';
import { BudgetStandingSchema } from './campaign-cost-contract.ts';

/**
 * Planning, 決裁 and running of campaigns 配信: the part of the API that their screens use. Words are those of campaigns/words.ts. Lists, results,
 * cost and suppression have contracts of their own (`campaign-…-contract.ts`). Who sees: `viewCampaigns`; drafts: `editCampaigns`; decides:
 * `approveCampaigns`; starts, pauses, stops, takes recipients off: `runCampaigns`.
 */

export { AFTER_OUTCOME_DEFAULTS } from '../campaigns/pacing/after-outcome-defaults.ts';
export { type CampaignSettings, CampaignSettingsSchema } from '../campaigns/settings.ts';
export type {
  AnsweredBy,
  AttemptOutcome,
  CampaignKind,
  CampaignState,
  Channel,
  Channels,
  ContactResult,
  EndedBecause,
  SettledReason,
} from '../campaigns/words.ts';

const PersonSchema = z.object({ personId: z.string(), name: z.string() });
const MomentSchema = z.iso.datetime({ offset: true });
const ReadAsSchema = z.enum(['text', 'digits', 'telephone', 'date', 'time', 'amount', 'number']);
const NumberShownSchema = z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() });

/** waiting 待ち, inProgress 発信中, done 済み, removed 取りやめ. */
export const RecipientStateSchema = z.enum(['waiting', 'inProgress', 'done', 'removed']);
export type RecipientStateName = z.infer<typeof RecipientStateSchema>;
const RecipientCountsSchema = z.object({
  waiting: z.int(),
  inProgress: z.int(),
  done: z.int(),
  removed: z.int(),
});

/** What staff set before anything is proposed; a choice that is not made yet is null. */
export const CampaignDraftSchema = z.object({
  name: z.string(),
  kind: CampaignKindSchema,
  /** Scenario: a flow of the studio. */
  flowId: z.string().nullable(),
  /** Public number that recipients see, and to which they call back. */
  phoneNumber: z.string().nullable(),
  /** 部署 whose share of the budget pays; '' : none, only the city's budget holds. */
  department: z.string(),
  settings: CampaignSettingsSchema,
});
export type CampaignDraft = z.infer<typeof CampaignDraftSchema>;

// List, add, change

const CampaignSummarySchema = z.object({
  campaignId: z.string(),
  name: z.string(),
  kind: CampaignKindSchema,
  state: CampaignStateSchema,
  endedBecause: EndedBecauseSchema.nullable(),
  number: NumberShownSchema.nullable(),
  /** '' : none. */
  department: z.string(),
  recipients: RecipientCountsSchema,
  /** Attempts by what came of them; those that still go on have none and are not counted. */
  outcomes: z.array(z.object({ outcome: AttemptOutcomeSchema, count: z.int() })),
  /** When it begins by itself (approved), or when calls may be placed next (running, outside of its hours); null: nothing is waited for. */
  nextAt: MomentSchema.nullable(),
  startedAt: MomentSchema.nullable(),
  endedAt: MomentSchema.nullable(),
  createdAt: MomentSchema,
  changedAt: MomentSchema,
  changedBy: PersonSchema,
  /** The person who asks may decide on it now. */
  waitsForMe: z.boolean(),
});
export type CampaignSummary = z.infer<typeof CampaignSummarySchema>;

/** GET /api/campaigns?state=open|ended, newest first; of one department, or of all. */
export const CampaignListQuerySchema = z.object({
  state: z.enum(['open', 'ended']).default('open'),
  department: z.string().min(1).max(50).optional(),
});
export const CampaignListSchema = z.object({
  campaigns: z.array(CampaignSummarySchema),
  /** This month, with what is proposed or approved and has not begun. */
  budget: BudgetStandingSchema,
});

/** GET /api/campaigns/choices: what a draft may choose from. */
export const CampaignChoicesSchema = z.object({
  flows: z.array(
    z.object({
      flowId: z.string(),
      name: z.string(),
      /** Names of the values in its texts that the list has to bring. */
      values: z.array(z.string()),
      /** It asks who is on the line, for which the list has to bring birth dates. */
      asksBirthDate: z.boolean(),
    }),
  ),
  /** `hasFlow`: callers whom no campaign knows hear something. */
  numbers: z.array(NumberShownSchema.extend({ isLive: z.boolean(), hasFlow: z.boolean() })),
  /** Those that have a share of the budget, in the order in which it names them. */
  departments: z.array(z.string()),
});
export type CampaignChoices = z.infer<typeof CampaignChoicesSchema>;

/** POST /api/campaigns → 201 CampaignSaved: an empty draft. */
export const CampaignAddSchema = z.object({ name: z.string().max(200), kind: CampaignKindSchema });
/** POST /api/campaigns/:campaignId/copies → 201 CampaignSaved: a draft with the same settings and no recipients. */
export const CampaignCopySchema = z.object({ name: z.string().max(200) });
/**
 * PUT /api/campaigns/:campaignId → CampaignSaved; 422 CampaignProblems; 409 `changedMeanwhile`, `isProposed` (take the proposal back first).
 * Settings come as they were typed: what is wrong with them is told by field.
 */
export const CampaignChangeSchema = z.object({
  version: z.int(),
  draft: CampaignDraftSchema.extend({
    name: z.string().max(200),
    flowId: z.string().max(64).nullable(),
    phoneNumber: z.string().max(15).nullable(),
    department: z.string().max(50),
    settings: z.record(z.string(), z.unknown()),
  }),
});
export type CampaignChange = z.input<typeof CampaignChangeSchema>;
export const CampaignSavedSchema = z.object({ campaignId: z.string(), version: z.int() });
/** DELETE /api/campaigns/:campaignId?version= → CampaignDone. Drafts only. */
export const CampaignDoneSchema = z.object({ done: z.literal(true) });

/** Where on the screen something is to be mended. */
export const CampaignStepSchema = z.enum(['basics', 'list', 'schedule', 'text', 'cost']);
export type CampaignStep = z.infer<typeof CampaignStepSchema>;
/** `path` names the field of the draft ('name', 'settings.times.from'); '' where it is none. */
const CampaignProblemSchema = z.object({ step: CampaignStepSchema, path: z.string(), message: z.string() });
export type CampaignProblem = z.infer<typeof CampaignProblemSchema>;
/** 422 */
export const CampaignProblemsSchema = z.object({
  code: z.literal('campaignProblems'),
  message: z.string(),
  problems: z.array(CampaignProblemSchema),
});

// One campaign

/** Yen, tax included, rounded up. */
export const CostEstimateSchema = z.object({
  lowYen: z.int(),
  likelyYen: z.int(),
  worstYen: z.int(),
  /** What was assumed, in words. */
  assumptions: z.array(z.string()),
});
export type CostEstimate = z.infer<typeof CostEstimateSchema>;

/**
 * Sounds that are made ahead: the fixed texts of the scenario and the values of all recipients. `notOrdered`: made once a proposal is out.
 * Recipients whose sounds lie ready may be called before all are.
 */
export const SoundsSchema = z.object({
  state: z.enum(['notOrdered', 'waiting', 'making', 'ready', 'failed']),
  /** Recipients whose sounds lie ready, of how many. */
  done: z.int(),
  total: z.int(),
  /** Seconds that the rest takes, by the speed measured so far; null: not measured yet. */
  secondsLeft: z.int().nullable(),
  /** Why they cannot be made, in words. */
  failedBecause: z.string().nullable(),
});
export type CampaignSounds = z.infer<typeof SoundsSchema>;

const ActionSchema = z.enum([
  /** Change the draft, import its list. */
  'change',
  'remove',
  'propose',
  'withdraw',
  'decide',
  'pause',
  'resume',
  'stop',
  'removeRecipients',
]);
export type CampaignAction = z.infer<typeof ActionSchema>;

/** GET /api/campaigns/:campaignId */
export const CampaignDetailSchema = CampaignSummarySchema.extend({
  draft: CampaignDraftSchema,
  version: z.int(),
  flowName: z.string().nullable(),
  createdBy: PersonSchema,
  sounds: SoundsSchema,
  /** Newest proposal, open or settled; null: none yet. */
  proposalId: z.string().nullable(),
  /** What the person who asks may do now. */
  may: z.array(ActionSchema),
});
export type CampaignDetail = z.infer<typeof CampaignDetailSchema>;

/** GET /api/campaigns/:campaignId/progress: every few seconds while it runs. */
export const CampaignProgressSchema = z.object({
  at: MomentSchema,
  state: CampaignStateSchema,
  recipients: RecipientCountsSchema,
  /** Calls and texts that were tried, and those that go on now. */
  attempts: z.object({ tried: z.int(), open: z.int() }),
  outcomes: z.array(z.object({ channel: ChannelSchema, outcome: AttemptOutcomeSchema, count: z.int() })),
  answeredBy: z.array(z.object({ answeredBy: AnsweredBySchema, count: z.int() })),
  /** Recipients by the answer that counts. */
  results: z.array(z.object({ result: ContactResultSchema, count: z.int() })),
  settled: z.array(z.object({ reason: SettledReasonSchema, count: z.int() })),
  /** By hour, oldest first; hours without an attempt are left out. `reached`: recipients settled as reached in this hour. */
  reach: z.array(z.object({ hour: MomentSchema, tried: z.int(), answered: z.int(), reached: z.int() })),
  /** By the pace and the hours; null: nothing is left, or it cannot be told yet. */
  expectedEndAt: MomentSchema.nullable(),
  /** It would not be through on its last day. */
  endsTooLate: z.boolean(),
  sounds: SoundsSchema,
  budget: BudgetStandingSchema,
  /** The month's money does not pay one more call or text: it waits for the next month. Null: it does not wait for money. */
  waitsForBudget: z.object({ until: z.iso.date(), department: z.string() }).nullable(),
});
export type CampaignProgress = z.infer<typeof CampaignProgressSchema>;

/** POST /api/campaigns/:campaignId/state → CampaignSaved. `running`: resume. `ended`: stop for good. 409 `notPossible`; `changedMeanwhile` of a resuming. */
export const CampaignStateChangeSchema = z.object({
  to: z.enum(['running', 'paused', 'ended']),
  version: z.int(),
});

// Recipients

/** No birth date: it is for the identity check only. */
const RecipientSchema = z.object({
  recipientId: z.int(),
  /** Row of the file, as a spreadsheet counts them. */
  rowNo: z.int(),
  addresseeNumber: z.string(),
  telephone: z.string(),
  telephoneShown: z.string(),
  nameKana: z.string(),
  hasBirthDate: z.boolean(),
  state: RecipientStateSchema,
  nextChannel: ChannelSchema,
  /** Not before; null: at once, or never again. */
  nextAt: MomentSchema.nullable(),
  tries: z.int(),
  smsTries: z.int(),
  settledReason: SettledReasonSchema.nullable(),
  settledAt: MomentSchema.nullable(),
  result: ContactResultSchema.nullable(),
  resultAt: MomentSchema.nullable(),
  promisedOn: z.iso.date().nullable(),
});
export type Recipient = z.infer<typeof RecipientSchema>;

/** GET /api/campaigns/:campaignId/recipients, 50 a page in the order of the file. `search`: begin of a 宛名番号, or part of a telephone. */
export const RecipientListQuerySchema = z.object({
  search: z.string().max(40).optional(),
  state: RecipientStateSchema.optional(),
  result: ContactResultSchema.optional(),
  cursor: z.string().max(20).optional(),
});
export const RecipientListSchema = z.object({
  recipients: z.array(RecipientSchema),
  /** All that match, on whatever page. */
  total: z.int(),
  nextCursor: z.string().nullable(),
});
export type RecipientList = z.infer<typeof RecipientListSchema>;

/** GET /api/campaigns/:campaignId/recipients/sample?count=20: so many at random, not taken off. */
export const RecipientSampleQuerySchema = z.object({
  count: z.coerce.number().int().min(1).max(50).default(20),
});
export const RecipientSampleSchema = z.object({ recipients: z.array(RecipientSchema) });

const AttemptSchema = z.object({
  attemptId: z.string(),
  channel: ChannelSchema,
  isCallBack: z.boolean(),
  reservedAt: MomentSchema,
  answeredAt: MomentSchema.nullable(),
  endedAt: MomentSchema.nullable(),
  /** Null: goes on. */
  outcome: AttemptOutcomeSchema.nullable(),
  countsAsTry: z.boolean(),
  sipCode: z.int().nullable(),
  answeredBy: AnsweredBySchema.nullable(),
  identity: z.enum(['matched', 'failed']).nullable(),
  result: ContactResultSchema.nullable(),
  promisedOn: z.iso.date().nullable(),
  /** Id of the call's story (GET /api/calls/:callId), where it was answered. */
  callId: z.string().nullable(),
  /** The text message as it was sent; null for calls. */
  smsText: z.string().nullable(),
});

/** GET /api/campaigns/:campaignId/recipients/:recipientId; each look is audited. */
export const RecipientStorySchema = z.object({
  recipient: RecipientSchema,
  values: z.record(z.string(), z.object({ text: z.string(), readAs: ReadAsSchema })),
  /** Earliest first. */
  attempts: z.array(AttemptSchema),
  /** Why staff took the person off, and who. */
  removal: z.object({ by: PersonSchema, at: MomentSchema, reason: z.string() }).nullable(),
});
export type RecipientStory = z.infer<typeof RecipientStorySchema>;

/** POST /api/campaigns/:campaignId/recipients/:recipientId/removal → CampaignDone: never called again by this campaign. */
export const RecipientRemovalSchema = z.object({ reason: z.string().trim().min(1).max(500) });

/**
 * GET /api/campaigns/:campaignId/recipients/:recipientId/preview: what this person would get; each look is audited. The texts are made of `bundle` and `values` in the
 * browser (`previewOf` of @madoguchi/flow), and listened to by POST /api/speech/preview with `values` as examples. `bundle` is what was
 * proposed, else the draft of now; null: no scenario is chosen.
 */
export const RecipientPreviewSchema = z.object({
  recipient: RecipientSchema,
  values: z.record(z.string(), z.object({ text: z.string(), readAs: ReadAsSchema })),
  bundle: BundleDraftSchema.extend({ flows: z.record(z.string(), PresentFlowSchema) }).nullable(),
  /** How many others of the list are asked for in the same call; 0: the call is for this one alone. */
  sharesCallWith: z.int(),
  /** The text message; null: none is sent, or its telephone takes none. */
  sms: z.object({ text: z.string(), characters: z.int(), parts: z.int() }).nullable(),
  /** Names that its text message wants and the row does not have. */
  missingValues: z.array(z.string()),
});
export type RecipientPreview = z.infer<typeof RecipientPreviewSchema>;

// 決裁

/** What the checker of flows says. */
export const FindingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  mend: z.string(),
  flowId: z.string(),
  nodeId: z.string().nullable(),
});
const BoundTextSchema = z.object({
  flowId: z.string(),
  nodeId: z.string(),
  title: z.string(),
  text: z.string(),
  /** Somebody has listened to it. */
  isHeard: z.boolean(),
});

/** GET /api/campaigns/:campaignId/outlook: how the draft stands before it is proposed. */
export const CampaignOutlookSchema = z.object({
  version: z.int(),
  /** What is still missing or wrong, by step of the screen; empty: it may be proposed. */
  missing: z.array(CampaignProblemSchema),
  /** What the checker says of the scenario. */
  findings: z.array(FindingSchema),
  texts: z.array(BoundTextSchema),
  failedTests: z.array(z.object({ name: z.string(), message: z.string() })),
  /** Names of values in the text message that concern the person: only who decides may allow them. */
  personalInSms: z.array(z.string()),
  recipients: z.int(),
  estimate: CostEstimateSchema.nullable(),
  /** The month in which it begins, with the estimate. */
  budget: BudgetStandingSchema,
  /** Decisions that it will need. */
  steps: z.int(),
});
export type CampaignOutlook = z.infer<typeof CampaignOutlookSchema>;

/** POST /api/campaigns/:campaignId/proposals → 201 CampaignProposed; 422 CampaignProblems; 409 `changedMeanwhile`. */
export const CampaignProposalAddSchema = z.object({
  version: z.int(),
  comment: z.string().trim().min(1).max(1_000),
});
export const CampaignProposedSchema = z.object({ proposalId: z.string() });

/** waiting 決裁待ち, approved 決裁済み, sentBack 差戻し, withdrawn 取下げ, voided 無効: something of what it binds was changed. */
export const CampaignProposalStateSchema = z.enum(['waiting', 'approved', 'sentBack', 'withdrawn', 'voided']);
export type CampaignProposalState = z.infer<typeof CampaignProposalStateSchema>;

/** GET /api/campaign-proposals/:proposalId: the 伺い with everything it binds, for the screen and for print. */
export const CampaignProposalSchema = z.object({
  proposalId: z.string(),
  campaignId: z.string(),
  comment: z.string(),
  draftedBy: PersonSchema,
  draftedAt: MomentSchema,
  state: CampaignProposalStateSchema,
  /** Why it is void, in words. */
  reason: z.string().nullable(),
  /** Decisions wanted, and had. */
  steps: z.int(),
  stepsDone: z.int(),
  /** SHA-256 of everything below. */
  contentSha256: z.string(),
  bound: z.object({
    name: z.string(),
    kind: CampaignKindSchema,
    number: NumberShownSchema,
    settings: CampaignSettingsSchema,
    /** Null: text messages only, and no scenario. */
    flowId: z.string().nullable(),
    flowName: z.string().nullable(),
    /** What people hear who call back; null: the same. */
    callBackFlowName: z.string().nullable(),
    /** Of both. */
    texts: z.array(BoundTextSchema.omit({ isHeard: true })),
    /** Text messages that the scenario sends during a call. */
    textsSent: z.array(BoundTextSchema.omit({ isHeard: true })),
    /** Recipients when it was proposed, and SHA-256 of their rows in order. */
    recipients: z.int(),
    listSha256: z.string(),
    estimate: CostEstimateSchema.nullable(),
    department: z.string(),
  }),
  /** The month in which it begins, as it stands now, with the estimate; null: it is not open any more. */
  budget: BudgetStandingSchema.nullable(),
  /** Taken off since then: no reason to decide anew. */
  removedSince: z.int(),
  personalInSms: z.array(z.string()),
  findings: z.array(FindingSchema),
  decisions: z.array(
    z.object({
      step: z.int(),
      decision: z.enum(['approved', 'sentBack']),
      by: PersonSchema,
      onBehalfOf: z.string().nullable(),
      reason: z.string(),
      smsMayTellPersonal: z.boolean(),
      at: MomentSchema,
    }),
  ),
  settledAt: MomentSchema.nullable(),
  may: z.object({
    decide: z.boolean(),
    /** Why not, where one might expect to. */
    whyNot: z.string().nullable(),
    withdraw: z.boolean(),
  }),
});
export type CampaignProposal = z.infer<typeof CampaignProposalSchema>;

/** POST /api/campaign-proposals/:proposalId/decisions → CampaignDone. 409 `mayNotDecide`, `voided`; 422 `reasonNeeded`, `personalInSms`. */
export const CampaignDecisionSchema = z.object({
  decision: z.enum(['approved', 'sentBack']),
  /** Wanted when sent back or decided on behalf. */
  reason: z.string().trim().max(1_000),
  /** 代決: in whose place. */
  onBehalfOf: z.string().trim().min(1).max(60).nullable(),
  /** Personal values may stand in this campaign's text messages. The last decision counts. */
  smsMayTellPersonal: z.boolean().default(false),
  /** Of what the approver has seen. */
  contentSha256: z.string(),
});
export type CampaignDecision = z.input<typeof CampaignDecisionSchema>;
/** POST /api/campaign-proposals/:proposalId/withdrawal → CampaignDone: by the drafter; the campaign is a draft again. */

// Notice

/** GET /api/campaigns/:campaignId/notice: for 広報 and the home page. 422 `notComplete` where number or days are not chosen yet. */
export const CampaignNoticeSchema = z.object({
  title: z.string(),
  lead: z.string(),
  /** 電話番号, 期間, 時間帯, 内容 */
  facts: z.array(z.object({ label: z.string(), text: z.string() })),
  /** What is never asked. */
  neverAskedTitle: z.string(),
  neverAsked: z.array(z.string()),
  closing: z.string(),
});
export type CampaignNotice = z.infer<typeof CampaignNoticeSchema>;
