import { z } from 'zod';
import type { Guard } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { CountQuerySchema, CountsSchema, VersionDetailSchema } from '../../http/count-contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import { readCounts } from './read-counts.ts';
import { type KeptVersion, readVersion } from './read-version.ts';

const FlowAddressSchema = z.object({ flowId: z.string().max(64) });
const VersionAddressSchema = FlowAddressSchema.extend({ bundleId: z.string().max(200) });

/** Published versions as they are, and how many calls went where in them. */
export function countRoutes({ db, guard }: { readonly db: Database; readonly guard: Guard }): Routes {
  return (server) => {
    server.get(
      '/api/flows/:flowId/versions/:bundleId',
      {
        schema: {
          params: VersionAddressSchema,
          response: { 200: VersionDetailSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const { flowId, bundleId } = request.params;
        const { versionNo, publishedAt, bundle } = await version(flowId, bundleId);
        const { entryFlowId, flows } = bundle.bundle;
        const isEntry = (id: string) => Number(id === entryFlowId);
        return {
          bundleId,
          versionNo,
          publishedAt: publishedAt.toISOString(),
          entryFlowId,
          flows: Object.values(flows).toSorted((a, b) => isEntry(b.id) - isEntry(a.id)),
        };
      },
    );
    server.get(
      '/api/flows/:flowId/counts',
      {
        schema: {
          params: FlowAddressSchema,
          querystring: CountQuerySchema,
          response: { 200: CountsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const { query } = request;
        if (query.from > query.to) {
          throw new Refusal(400, 'periodBackwards', '期間の初めの日が、終わりの日より後になっています。');
        }
        const { bundle } = await version(request.params.flowId, query.bundleId);
        return await readCounts(db, bundle, query);
      },
    );
  };

  async function version(flowId: string, bundleId: string): Promise<KeptVersion> {
    const kept = await readVersion(db, flowId, bundleId);
    if (kept === null) throw new Refusal(404, 'notFound', 'この版は見つかりません。');
    return kept;
  }
}
