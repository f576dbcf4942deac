import { z } from 'zod';

/** Publishing and 決裁: the studio's and the approvers' part of the API. */

const PersonSchema = z.object({ personId: z.string(), name: z.string() });
const MomentSchema = z.iso.datetime({ offset: true });

/** One node as it was and is to be, in words (packages/flow difference). */
const NodeChangeSchema = z.object({
  flowId: z.string(),
  flowName: z.string(),
  nodeId: z.string().nullable(),
  title: z.string(),
  kindLabel: z.string(),
  type: z.enum(['added', 'removed', 'changed']),
  settings: z.array(z.object({ setting: z.string(), before: z.string(), after: z.string() })),
});

/** A word that is read otherwise; null: not in the dictionary of readings. */
const ReadingChangeSchema = z.object({
  surface: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

const ProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  mend: z.string(),
  flowId: z.string(),
  nodeId: z.string().nullable(),
});

/** What callers would hear for the first time. */
const SaidTextSchema = z.object({
  flowId: z.string(),
  nodeId: z.string(),
  title: z.string(),
  prompt: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string() }),
    z.object({ type: z.literal('audio'), audioId: z.string(), transcript: z.string() }),
  ]),
  /** Somebody who may edit flows has listened to it. */
  isHeard: z.boolean(),
});
export type ChangedText = z.infer<typeof SaidTextSchema>;

/** GET /api/flows/:flowId/publishing: how a draft stands to what is in force, before a proposal is made of it. */
export const PublishingOutlookSchema = z.object({
  draftVersion: z.int(),
  changes: z.array(NodeChangeSchema),
  readings: z.array(ReadingChangeSchema),
  problems: z.array(ProblemSchema),
  texts: z.array(SaidTextSchema),
  /** Who speaks; left out: the house's usual voice. */
  voice: z.string().optional(),
  /** Tests of the flow that failed, in words. */
  failedTests: z.array(z.object({ name: z.string(), message: z.string() })),
  numbers: z.array(
    z.object({
      phoneNumber: z.string(),
      shown: z.string(),
      name: z.string(),
      /** Decisions that a proposal of this person for it would need. */
      steps: z.int(),
      /** Its flow is this one. */
      isUsual: z.boolean(),
    }),
  ),
  /** The flow's open proposal; null: none. */
  openProposalId: z.string().nullable(),
});
export type PublishingOutlook = z.infer<typeof PublishingOutlookSchema>;

/** POST /api/flows/:flowId/proposals → 201. Of the draft of exactly this version. */
export const ProposalAddSchema = z.object({
  draftVersion: z.int(),
  comment: z.string().trim().min(1).max(1_000),
  phoneNumbers: z.array(z.string().max(15)).max(100),
  publish: z.discriminatedUnion('when', [
    z.object({ when: z.literal('approved') }),
    z.object({ when: z.literal('byHand') }),
    z.object({ when: z.literal('at'), at: MomentSchema }),
  ]),
});
export type ProposalAdd = z.infer<typeof ProposalAddSchema>;
export const ProposalAddedSchema = z.object({ proposalId: z.string() });

export const ProposalStateSchema = z.enum([
  'waiting',
  'approved',
  'sentBack',
  'withdrawn',
  'published',
  'failed',
]);
export type ProposalState = z.infer<typeof ProposalStateSchema>;

const ProposalSummarySchema = z.object({
  proposalId: z.string(),
  flowId: z.string(),
  flowName: z.string(),
  comment: z.string(),
  draftedBy: PersonSchema,
  draftedAt: MomentSchema,
  state: ProposalStateSchema,
  /** Decisions wanted, and had. */
  steps: z.int(),
  stepsDone: z.int(),
  publishWhen: z.enum(['approved', 'at', 'byHand']),
  publishAt: MomentSchema.nullable(),
  numbers: z.array(z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() })),
});
export type ProposalSummary = z.infer<typeof ProposalSummarySchema>;

/** GET /api/proposals?state=open|settled, newest first. */
export const ProposalListSchema = z.object({ proposals: z.array(ProposalSummarySchema) });

/** GET /api/proposals/:proposalId */
export const ProposalDetailSchema = ProposalSummarySchema.extend({
  contentSha256: z.string(),
  changes: z.array(NodeChangeSchema),
  readings: z.array(ReadingChangeSchema),
  decisions: z.array(
    z.object({
      step: z.int(),
      decision: z.enum(['approved', 'sentBack']),
      by: PersonSchema,
      onBehalfOf: z.string().nullable(),
      reason: z.string(),
      at: MomentSchema,
    }),
  ),
  /** The draft says something else by now, or a word is to be read otherwise; that is not part of this proposal. */
  isDraftNewer: z.boolean(),
  /** Sounds lie ready; until then nothing is put in force. */
  soundsReady: z.boolean(),
  /** Why it failed. */
  reason: z.string().nullable(),
  versionNo: z.int().nullable(),
  settledAt: MomentSchema.nullable(),
  /** What the person who asks may do with it. */
  may: z.object({
    decide: z.boolean(),
    /** Why not, where one might expect to. */
    whyNot: z.string().nullable(),
    withdraw: z.boolean(),
    publish: z.boolean(),
  }),
});
export type ProposalDetail = z.infer<typeof ProposalDetailSchema>;

/** POST /api/proposals/:proposalId/decisions */
export const DecisionSchema = z.object({
  decision: z.enum(['approved', 'sentBack']),
  /** Wanted when sent back or decided on behalf. */
  reason: z.string().trim().max(1_000),
  /** 代決: in whose place. */
  onBehalfOf: z.string().trim().min(1).max(60).nullable(),
  /** Of what the approver has seen. */
  contentSha256: z.string(),
});
export type Decision = z.infer<typeof DecisionSchema>;
export const PublishDoneSchema = z.object({ done: z.literal(true) });

/** GET /api/flows/:flowId/versions, newest first. */
export const VersionListSchema = z.object({
  versions: z.array(
    z.object({
      bundleId: z.string(),
      versionNo: z.int(),
      comment: z.string(),
      publishedAt: MomentSchema,
      publishedBy: PersonSchema.nullable(),
      /** Numbers that follow it now. */
      inForceFor: z.array(z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() })),
      /** Numbers of the flow that do not. */
      couldServe: z.array(z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string() })),
    }),
  ),
});
export type VersionList = z.infer<typeof VersionListSchema>;

/** GET /api/flows/:flowId/difference?older=&newer= : bundle ids; `newer` left out: the draft. */
export const DifferenceSchema = z.object({
  changes: z.array(NodeChangeSchema),
  readings: z.array(ReadingChangeSchema),
});

/** PUT /api/numbers/:phoneNumber/version: an earlier version in force again, at once. */
export const RollbackSchema = z.object({ bundleId: z.string(), from: z.string().nullable() });
