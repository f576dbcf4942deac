import { z } from 'zod';
import { ResultExportSchema } from './campaign-result-contract.ts';

/**
 * 基幹システムの鍵: with it a core system fetches the files of results by itself, and does nothing else. Staff with `manageResultTokens` make and revoke
 * them; each deed and each use is audited.
 */

const MomentSchema = z.iso.datetime({ offset: true });
const PersonSchema = z.object({ personId: z.string(), name: z.string() });

export const ResultTokenSchema = z.object({
  tokenId: z.string(),
  /** What the core system is called. */
  name: z.string(),
  state: z.enum(['usable', 'expired', 'revoked']),
  madeAt: MomentSchema,
  madeBy: PersonSchema,
  expiresAt: MomentSchema,
  revokedAt: MomentSchema.nullable(),
  revokedBy: PersonSchema.nullable(),
  /** Null: never. */
  lastUsedAt: MomentSchema.nullable(),
});
export type ResultToken = z.infer<typeof ResultTokenSchema>;

/** GET /api/result-tokens: newest first. */
export const ResultTokenListSchema = z.object({ tokens: z.array(ResultTokenSchema) });

/** POST /api/result-tokens → 201; 409 `nameTaken`. `token` is told this once and stored nowhere. */
export const ResultTokenOrderSchema = z.object({
  name: z.string().trim().min(1).max(60),
  days: z.int().min(1).max(730),
});
export const ResultTokenMadeSchema = z.object({ tokenId: z.string(), token: z.string() });
/** POST /api/result-tokens/:tokenId/revocation → 200 ResultDone: from then on it is refused. */

// ── What a core system asks, with `authorization: Bearer <token>` ───────────────────────────────────────────────────────────────────────

/**
 * GET /api/core-system/result-exports?after=: exports whose files are kept, oldest first, at most 100; `next` is the address of the next page.
 * 401 `tokenNeeded`, `tokenExpired`, `tokenRevoked`; 429 `tooOften` with `retry-after`.
 */
export const CoreSystemQuerySchema = z.object({ after: z.string().max(300).optional() });
export const CoreSystemExportSchema = ResultExportSchema.pick({
  exportId: true,
  campaignId: true,
  campaignName: true,
  exportNo: true,
  repeats: true,
  repeatReason: true,
  mappingName: true,
  format: true,
  encoding: true,
  madeAt: true,
  attempts: true,
  filesUntil: true,
  files: true,
}).extend({
  /** When a core system last fetched the results themselves; null: not yet. */
  fetchedAt: MomentSchema.nullable(),
});
export const CoreSystemExportListSchema = z.object({
  exports: z.array(CoreSystemExportSchema),
  next: z.string().nullable(),
});
export type CoreSystemExportList = z.infer<typeof CoreSystemExportListSchema>;
/**
 * GET /api/core-system/result-exports/:exportId/files/:kind: the file; `repr-digest` (RFC 9530) is its SHA-256 in base64. 404 `exportNotFound`,
 * 410 `filesGone`.
 */
