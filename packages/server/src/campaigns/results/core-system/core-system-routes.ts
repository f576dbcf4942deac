import { writeAudit } from '../../../accounts/index.ts';
import {
  CoreSystemExportListSchema,
  CoreSystemQuerySchema,
} from '../../../http/campaign-result-token-contract.ts';
import { ErrorReplySchema } from '../../../http/contract.ts';
import type { Routes } from '../../../http/index.ts';
import { loggable } from '../../../loggable-error.ts';
import { FileAddressSchema, noteDelivery, readyFile, sendFile } from '../fetched-file.ts';
import type { ResultRouteParts } from '../route-parts.ts';
import { CORE_SYSTEM_EXPORTS, listKeptExports } from './kept-exports.ts';
import { createTokenGuard } from './token-guard.ts';

/** What a core system fetches by its key, without anybody at a screen. */
export function coreSystemRoutes(parts: ResultRouteParts): Routes {
  const { db, clock, log } = parts;
  const tokens = createTokenGuard(parts);
  return (server) => {
    server.get(
      CORE_SYSTEM_EXPORTS,
      {
        schema: {
          querystring: CoreSystemQuerySchema,
          response: { 200: CoreSystemExportListSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { tokenId } = await tokens.allowed(request, reply);
        await writeAudit(db, {
          at: clock.now(),
          userId: null,
          action: 'resultsListedByCoreSystem',
          subject: tokenId,
          address: request.ip,
        });
        return await listKeptExports(db, request.query.after);
      },
    );
    server.get(
      `${CORE_SYSTEM_EXPORTS}/:exportId/files/:kind`,
      { schema: { params: FileAddressSchema } },
      async (request, reply) => {
        const { tokenId } = await tokens.allowed(request, reply);
        const { exportId } = request.params;
        const { file, path } = await readyFile(parts, request.params);
        await writeAudit(db, {
          at: clock.now(),
          userId: null,
          action: 'resultFileFetchedByCoreSystem',
          subject: exportId,
          address: request.ip,
          detail: { tokenId, file: file.name, sha256: file.sha256 },
        });
        // Only now has it left: what broke off counts as not fetched, and is fetched again.
        reply.raw.once('finish', () => {
          const at = new Date(clock.now());
          const delivery = { kind: 'coreSystem', note: file.name, by: { token: tokenId }, at } as const;
          noteDelivery(db, exportId, delivery).catch((error: unknown) => {
            log.error(
              { err: loggable(error), exportId },
              'a fetched result file could not be noted as fetched',
            );
          });
        });
        return sendFile(reply, file, path);
      },
    );
  };
}
