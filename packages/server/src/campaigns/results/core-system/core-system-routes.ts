import { writeAudit } from '../../../accounts/index.ts';
import {
  CoreSystemExportListSchema,
  CoreSystemQuerySchema,
} from '../../../http/campaign-result-token-contract.ts';
import { ErrorReplySchema } from '../../../http/contract.ts';
import type { Routes } from '../../../http/index.ts';
import { FileAddressSchema, noteDelivery, readyFile, sendFile } from '../fetched-file.ts';
import type { ResultRouteParts } from '../route-parts.ts';
import { CORE_SYSTEM_EXPORTS, listKeptExports } from './kept-exports.ts';
import { createTokenGuard } from './token-guard.ts';

/** What a core system fetches by its key, without anybody at a screen. */
export function coreSystemRoutes(parts: ResultRouteParts): Routes {
  const { db, clock } = parts;
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
        const at = clock.now();
        await db.transaction().execute(async (trx) => {
          await noteDelivery(trx, exportId, {
            kind: 'coreSystem',
            note: file.name,
            by: { token: tokenId },
            at: new Date(at),
          });
          await writeAudit(trx, {
            at,
            userId: null,
            action: 'resultFileFetchedByCoreSystem',
            subject: exportId,
            address: request.ip,
            detail: { tokenId, file: file.name, sha256: file.sha256 },
          });
        });
        return sendFile(reply, file, path);
      },
    );
  };
}
