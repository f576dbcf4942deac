import { z } from 'zod';
import { bringForward } from './bring-forward.ts';
import { MOST_RECIPIENT_VALUES, RecipientValueSchema } from './recipient-values.ts';

/** The language that this package speaks. Raised when a draft of the older one must be rewritten to mean the same. */
export const LANGUAGE_VERSION = 2;

/** Ids of flows, nodes and cases: also keys of records, so names that JavaScript gives a meaning of its own are excluded. */
export const IdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

/** What every node has. `next` names the node that each branch leads to; a draft may leave some out. */
export const nodeFields = {
  /** Staff's name for it. */
  title: z.string().default(''),
  next: z.record(z.string(), IdSchema).default({}),
  /** Where the canvas shows it. */
  at: z.object({ x: z.number(), y: z.number() }).nullable().default(null),
} as const;

/** A node as it lies in a draft: its kind's own schema is applied by the checker, so that half-made work can be kept. */
export const DraftNodeSchema = z.looseObject({ kind: z.string(), ...nodeFields });
export type DraftNode = z.infer<typeof DraftNodeSchema>;

/** A flow in the present language. Unlike FlowDraftSchema it transforms nothing, so it also describes what is sent out. */
export const PresentFlowSchema = z.object({
  languageVersion: z.literal(LANGUAGE_VERSION),
  id: IdSchema,
  name: z.string(),
  startNodeId: z.string(),
  /** Who speaks in the calls that begin with this flow (voices.ts). Left out: the house's usual voice. */
  voice: IdSchema.optional(),
  nodes: z.record(IdSchema, DraftNodeSchema),
  /** What it says of the person whom the city calls; flows for received calls have none. */
  recipientValues: z.array(RecipientValueSchema).max(MOST_RECIPIENT_VALUES).optional(),
});

/**
 * One flow as staff edit it. It may be wrong: only `makeRunnable` makes something of it that a call can follow. One in an older language
 * is read as what it meant then.
 */
export const FlowDraftSchema = z.preprocess(bringForward, PresentFlowSchema);
export type FlowDraft = z.infer<typeof FlowDraftSchema>;

/** How a word is read aloud (読み): `surface` as texts have it, `reading` in katakana. */
export const ReadingSchema = z.object({ surface: z.string(), reading: z.string() });
export type Reading = z.infer<typeof ReadingSchema>;

/** A flow with all the flows that it may go to: what is published together. */
export const BundleDraftSchema = z.object({
  bundleId: z.string().min(1),
  entryFlowId: IdSchema,
  flows: z.record(IdSchema, FlowDraftSchema),
  /** Staff's readings of the words that its texts say, as they are approved with it. Left out by versions of before: those of now. */
  readings: z.array(ReadingSchema).optional(),
});
export type BundleDraft = z.infer<typeof BundleDraftSchema>;
