import type { FlowDraft } from '@madoguchi/flow';
import { writeAudit } from '../accounts/index.ts';
import { takeOverAnnouncements, takeOverReadings, wordsOfFlows } from '../announcements/index.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import {
  FlowExportSchema,
  FlowImportedSchema,
  FlowImportSchema,
  FlowWordsSchema,
} from '../http/flow-contract.ts';
import { Refusal, type Routes } from '../http/index.ts';
import { addFlows, isStorable } from './drafts/add-flows.ts';
import type { FlowParts } from './routes.ts';

/** The largest file of flows (LARGEST_FILE_CHARS), with three bytes for each character, and room. */
const IMPORT_LIMIT_BYTES = 16 * 1024 * 1024;

/** Flows that come together: of a template, of a file, a copy. All of them are added, or none. And what a file needs besides its flows. */
export function flowImportRoutes(
  { db, guard, clock }: Pick<FlowParts, 'db' | 'guard' | 'clock'>,
  flowLimitBytes: number,
): Routes {
  return (server) => {
    server.post(
      '/api/flow-imports',
      {
        bodyLimit: IMPORT_LIMIT_BYTES,
        schema: { body: FlowImportSchema, response: { 201: FlowImportedSchema, '4xx': ErrorReplySchema } },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { flows, from, announcements, readings } = request.body;
        for (const flow of flows) refuseUnkeepable(flow, flowLimitBytes);
        if (!isStorable([announcements, readings])) throw unstorable('アナウンスか読み方');
        const at = new Date(clock.now());
        const deed = { personId: userId, at, address: request.ip };
        const imported = await db.transaction().execute(async (trx) => {
          const tied = await takeOverAnnouncements(trx, { flows, announcements }, deed);
          const added = await addFlows(trx, tied.flows, { personId: userId, at });
          if (added === null) throw takenMeanwhile();
          for (const subject of added) {
            await writeAudit(trx, {
              action: 'flowAdded',
              at: at.getTime(),
              userId,
              subject,
              address: request.ip,
              detail: { from },
            });
          }
          return {
            flowIds: [...added],
            announcements: tied.told,
            readings: await takeOverReadings(trx, readings, deed),
          };
        });
        return reply.status(201).send(imported);
      },
    );
    server.post(
      '/api/flow-exports',
      {
        bodyLimit: IMPORT_LIMIT_BYTES,
        schema: { body: FlowExportSchema, response: { 200: FlowWordsSchema, '4xx': ErrorReplySchema } },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return await wordsOfFlows(db, request.body.flows);
      },
    );
  };
}

/** @param limitBytes what a change of one flow may send: a larger one could be added but never saved again. */
function refuseUnkeepable(flow: FlowDraft, limitBytes: number): void {
  if (!isStorable(flow)) {
    throw unstorable(`フロー「${flow.name}」`);
  }
  if (Buffer.byteLength(JSON.stringify(flow)) > limitBytes) {
    throw new Refusal(
      413,
      'flowTooLarge',
      `フロー「${flow.name}」が大きすぎます。いくつかのフローに分けてください。どのフローも追加していません。`,
    );
  }
}

function unstorable(where: string): Refusal {
  return new Refusal(
    422,
    'unstorableText',
    `${where}の文章に、保存できない文字（文字化けなど）が入っています。どのフローも追加していません。`,
  );
}

function takenMeanwhile(): Refusal {
  return new Refusal(
    409,
    'flowIdTaken',
    'ほかの職員が同時に同じフローを追加しました。どのフローも追加していません。もう一度お試しください。',
  );
}
