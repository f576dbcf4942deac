import { PresentFlowSchema } from '@madoguchi/flow';
import { z } from 'zod';

/** How many calls went where in a published version: the studio's counts. */

/** GET /api/flows/:flowId/counts: of one version, by the Japanese days on which the calls began, both included. */
export const CountQuerySchema = z.object({
  bundleId: z.string().min(1).max(200),
  from: z.iso.date(),
  to: z.iso.date(),
  /** National digits; left out: all numbers that followed the version. */
  phoneNumber: z.string().max(15).optional(),
});
export type CountQuery = z.infer<typeof CountQuerySchema>;

/** What became of the calls that came to a node. A call that comes to it twice counts twice. */
const PlaceCountSchema = z.object({
  flowId: z.string(),
  nodeId: z.string(),
  /** All that came: those that went on by a branch, and the three below. */
  came: z.int(),
  /** The caller gave up here: hung up before anything was reached. */
  hungUp: z.int(),
  /** Over here otherwise: the caller was served before, or the call broke off. */
  ended: z.int(),
  /** Still here. */
  talking: z.int(),
});
export type PlaceCount = z.infer<typeof PlaceCountSchema>;

const BranchCountSchema = z.object({
  flowId: z.string(),
  nodeId: z.string(),
  branch: z.string(),
  count: z.int(),
});
export type BranchCount = z.infer<typeof BranchCountSchema>;

export const CountsSchema = z.object({
  /** Calls that began; those that were turned away because of busy lines are none. */
  calls: z.int(),
  /** Of them: over, or still ringing, before they were answered. */
  unanswered: z.int(),
  branches: z.array(BranchCountSchema),
  /** Nodes that no call came to are left out. */
  places: z.array(PlaceCountSchema),
  /** Every number with calls in the period, whichever was asked for. */
  numbers: z.array(
    z.object({ phoneNumber: z.string(), shown: z.string(), name: z.string(), calls: z.int() }),
  ),
});
export type Counts = z.infer<typeof CountsSchema>;

/** GET /api/flows/:flowId/versions/:bundleId: a version as it was published. */
export const VersionDetailSchema = z.object({
  bundleId: z.string(),
  versionNo: z.int(),
  publishedAt: z.iso.datetime({ offset: true }),
  entryFlowId: z.string(),
  /** The entry flow first. */
  flows: z.array(PresentFlowSchema),
});
export type VersionDetail = z.infer<typeof VersionDetailSchema>;
