import { writeAudit } from '../../accounts/index.ts';
import {
  ResultDeliveryOrderSchema,
  ResultExportListSchema,
  ResultExportOrderSchema,
  ResultExportSchema,
  ResultPreviewOrderSchema,
  ResultPreviewSchema,
} from '../../http/campaign-result-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import { nameOfCampaign } from './campaign-gone.ts';
import { layIntoDropFolder } from './deliver.ts';
import {
  ExportAddressSchema,
  FileAddressSchema,
  noteDelivery,
  readyExport,
  readyFile,
  sendFile,
} from './fetched-file.ts';
import { orderExport } from './order-export.ts';
import { previewExport } from './preview-export.ts';
import { readExport, readExports } from './read-exports.ts';
import { CampaignAddressSchema, type ResultRouteParts } from './route-parts.ts';

/** Files of results: looked at before, made, fetched, delivered. */
export function exportRoutes(parts: ResultRouteParts): Routes {
  const { db, guard, clock, files, change, resultsDir, dropDir } = parts;
  const read = (exportId: string) => readExport(db, exportId, files.isBeingMade);

  return (server) => {
    server.post(
      '/api/campaigns/:campaignId/result-previews',
      {
        schema: {
          params: CampaignAddressSchema,
          body: ResultPreviewOrderSchema,
          response: { 200: ResultPreviewSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'runCampaigns');
        const { campaignId } = request.params;
        const subject = campaignId;
        await writeAudit(db, {
          at: clock.now(),
          userId,
          action: 'resultsPreviewed',
          subject,
          address: request.ip,
        });
        return await previewExport(db, { campaignId, ...request.body });
      },
    );
    server.get(
      '/api/campaigns/:campaignId/result-exports',
      {
        schema: {
          params: CampaignAddressSchema,
          response: { 200: ResultExportListSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        const { campaignId } = request.params;
        await nameOfCampaign(db, campaignId);
        return { exports: await readExports(db, { campaignId }, files.isBeingMade), dropFolder: dropDir };
      },
    );
    server.post(
      '/api/campaigns/:campaignId/result-exports',
      {
        schema: {
          params: CampaignAddressSchema,
          body: ResultExportOrderSchema,
          response: { 201: ResultExportSchema, '4xx': ErrorReplySchema, '5xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { campaignId } = request.params;
        const exportId = await change(request, 'resultsExported', async (trx, deed) => {
          const ordered = await orderExport(trx, { campaignId, ...request.body }, deed);
          const { mappingId, of } = request.body;
          const reason = of.type === 'again' ? of.reason : null;
          return { result: ordered.exportId, subject: campaignId, detail: { ...ordered, mappingId, reason } };
        });
        await files.make(exportId);
        return reply.status(201).send(await read(exportId));
      },
    );
    server.get(
      '/api/result-exports/:exportId',
      {
        schema: {
          params: ExportAddressSchema,
          response: { 200: ResultExportSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await read(request.params.exportId);
      },
    );
    server.post(
      '/api/result-exports/:exportId/files',
      {
        schema: {
          params: ExportAddressSchema,
          response: { 200: ResultExportSchema, '4xx': ErrorReplySchema, '5xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { exportId } = request.params;
        await change(request, 'resultFilesMade', async () => {
          const { state } = await read(exportId);
          if (state === 'ready') throw new Refusal(409, 'isReady', 'ファイルはすでにできています。');
          return { result: null, subject: exportId };
        });
        await files.make(exportId);
        return await read(exportId);
      },
    );
    server.get(
      '/api/result-exports/:exportId/files/:kind',
      { schema: { params: FileAddressSchema } },
      async (request, reply) => {
        await guard.allowed(request, 'runCampaigns');
        const { exportId } = request.params;
        const { file, path } = await readyFile(parts, request.params);
        await change(request, 'resultFileFetched', async (trx, { person, at }) => {
          await noteDelivery(trx, exportId, { kind: 'download', note: file.name, by: { person }, at });
          return { result: null, subject: exportId, detail: { file: file.name, sha256: file.sha256 } };
        });
        return sendFile(reply, file, path);
      },
    );
    server.post(
      '/api/result-exports/:exportId/deliveries',
      {
        schema: {
          params: ExportAddressSchema,
          body: ResultDeliveryOrderSchema,
          response: { 200: ResultExportSchema, '4xx': ErrorReplySchema, '5xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'runCampaigns');
        const { exportId } = request.params;
        const { kind } = request.body;
        const note = request.body.kind === 'handedOver' ? request.body.note : dropDir;
        const { files: own } = await readyExport(parts, exportId);
        const at = clock.now();
        const detail = { kind };
        await writeAudit(db, {
          at,
          userId,
          action: 'resultsDelivered',
          subject: exportId,
          address: request.ip,
          detail,
        });
        if (kind === 'dropFolder') await layIntoDropFolder({ resultsDir, dropDir }, exportId, own);
        await noteDelivery(db, exportId, { kind, note, by: { person: userId }, at: new Date(at) });
        return await read(exportId);
      },
    );
  };
}
