import type { FlowDraft } from '@madoguchi/flow';
import { writeAudit } from '../accounts/index.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import { FlowImportedSchema, FlowImportSchema } from '../http/flow-contract.ts';
import { Refusal, type Routes } from '../http/index.ts';
import { addFlows, isStorable } from './drafts/add-flows.ts';
import type { FlowParts } from './routes.ts';

/** The largest file of flows (LARGEST_FILE_CHARS), with three bytes for each character, and room. */
const IMPORT_LIMIT_BYTES = 16 * 1024 * 1024;

/** Flows that come together: of a template, of a file, a copy. All of them are added, or none. */
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
        const { flows, from } = request.body;
        for (const flow of flows) refuseUnkeepable(flow, flowLimitBytes);
        const at = new Date(clock.now());
        const flowIds = await db.transaction().execute(async (trx) => {
          const added = await addFlows(trx, flows, { personId: userId, at });
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
          return added;
        });
        return reply.status(201).send({ flowIds: [...flowIds] });
      },
    );
  };
}

/** @param limitBytes what a change of one flow may send: a larger one could be added but never saved again. */
function refuseUnkeepable(flow: FlowDraft, limitBytes: number): void {
  if (!isStorable(flow)) {
    throw new Refusal(
      422,
      'unstorableText',
      `フロー「${flow.name}」の文章に、保存できない文字（文字化けなど）が入っています。どのフローも追加していません。`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(flow)) > limitBytes) {
    throw new Refusal(
      413,
      'flowTooLarge',
      `フロー「${flow.name}」が大きすぎます。いくつかのフローに分けてください。どのフローも追加していません。`,
    );
  }
}

function takenMeanwhile(): Refusal {
  return new Refusal(
    409,
    'flowIdTaken',
    'ほかの職員が同時に同じフローを追加しました。どのフローも追加していません。もう一度お試しください。',
  );
}
