import { z } from 'zod';
import { type AuditEntry, type Guard, writeAudit } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { ErrorReplySchema } from '../http/contract.ts';
import {
  FlowAddedSchema,
  FlowAddSchema,
  FlowBehindSchema,
  FlowChangeSchema,
  FlowDetailSchema,
  FlowDoneSchema,
  FlowListSchema,
  FlowRemovalSchema,
  FlowSavedSchema,
  PresenceSchema,
  PresentSchema,
  type StoredFlow,
} from '../http/flow-contract.ts';
import { Refusal, type Routes } from '../http/index.ts';
import { addFlow, changeFlow, emptyFlow, removeFlow } from './drafts/change-flow.ts';
import { listFlows } from './drafts/list-flows.ts';
import { bePresent } from './drafts/presence.ts';
import { type KeptFlow, readFlow, readFlows } from './drafts/read-flows.ts';
import { flowImportRoutes } from './import-routes.ts';
import { namedSurroundings } from './surroundings.ts';

/** 300 nodes with long texts, and room. */
const DRAFT_LIMIT_BYTES = 4 * 1024 * 1024;
const AddressSchema = z.object({ flowId: z.string().max(64) });

export type FlowParts = {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
  /** Uploaded sounds that an announcement may name. */
  readonly audioIds: () => Promise<readonly string[]>;
};

/** Flows as staff edit them. Nothing here reaches a caller: that is what publishing is for. */
export function flowRoutes({ db, guard, clock, audioIds }: FlowParts): Routes {
  return (server) => {
    flowImportRoutes({ db, guard, clock }, DRAFT_LIMIT_BYTES)(server);
    server.get(
      '/api/flows',
      { schema: { response: { 200: FlowListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        return { flows: await listFlows(db) };
      },
    );
    server.get(
      '/api/flows/:flowId',
      {
        schema: { params: AddressSchema, response: { 200: FlowDetailSchema, '4xx': ErrorReplySchema } },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const flows = await readFlows(db);
        const flow = flows.find(({ draft }) => draft.id === request.params.flowId);
        if (flow === undefined) throw noFlow();
        return {
          flow: shown(flow),
          others: flows.filter((other) => other !== flow).map(({ draft }) => draft),
          surroundings: await namedSurroundings(db, await audioIds()),
        };
      },
    );
    server.post(
      '/api/flows',
      {
        bodyLimit: DRAFT_LIMIT_BYTES,
        schema: { body: FlowAddSchema, response: { 201: FlowAddedSchema, '4xx': ErrorReplySchema } },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { flowId, name, draft } = request.body;
        const added = { ...(draft ?? emptyFlow(flowId, name)), id: flowId, name };
        const at = new Date(clock.now());
        const isNew = await db.transaction().execute(async (trx) => {
          if (!(await addFlow(trx, added, { personId: userId, at }))) return false;
          await writeAudit(trx, auditEntry('flowAdded', flowId, userId, request.ip, at));
          return true;
        });
        if (!isNew) {
          throw new Refusal(
            409,
            'flowIdTaken',
            'この記号のフローは、すでにあります。別の記号にしてください。',
          );
        }
        return reply.status(201).send({ flowId });
      },
    );
    server.put(
      '/api/flows/:flowId',
      {
        bodyLimit: DRAFT_LIMIT_BYTES,
        schema: {
          params: AddressSchema,
          body: FlowChangeSchema,
          response: { 200: FlowSavedSchema, 409: FlowBehindSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { draft, version } = request.body;
        const { flowId } = request.params;
        if (draft.id !== flowId) throw new Refusal(400, 'otherFlow', '別のフローの内容です。');
        const by = { personId: userId, at: new Date(clock.now()) };
        const next = await changeFlow(db, { draft, version }, by);
        if (next !== null) return { version: next };
        const newest = await readFlow(db, flowId);
        if (newest === null) throw noFlow();
        return reply.status(409).send({
          code: 'changedMeanwhile',
          message: 'ほかの職員が先に保存しました。入力した内容は消えていません。',
          newest: shown(newest),
        });
      },
    );
    server.delete(
      '/api/flows/:flowId',
      {
        schema: {
          params: AddressSchema,
          querystring: FlowRemovalSchema,
          response: { 200: FlowDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { flowId } = request.params;
        const at = new Date(clock.now());
        await db.transaction().execute(async (trx) => {
          const refusal = REMOVAL_REFUSALS[await removeFlow(trx, flowId, request.query.version, at)];
          if (refusal !== null) throw new Refusal(409, refusal.code, refusal.message);
          await writeAudit(trx, auditEntry('flowRemoved', flowId, userId, request.ip, at));
        });
        return { done: true as const };
      },
    );
    server.put(
      '/api/flows/:flowId/presence',
      {
        schema: {
          params: AddressSchema,
          body: PresenceSchema,
          response: { 200: PresentSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'viewFlows');
        const { flowId } = request.params;
        const flow = await readFlow(db, flowId);
        if (flow === null) throw noFlow();
        const window = { flowId, windowId: request.body.windowId, personId: userId };
        return { others: await bePresent(db, window, clock.now()), version: flow.version };
      },
    );
  };
}

const REMOVAL_REFUSALS = {
  removed: null,
  changedMeanwhile: {
    code: 'changedMeanwhile',
    message: 'ほかの職員が先に変更したか、削除しています。一覧を開き直してください。',
  },
  belongsToNumber: {
    code: 'belongsToNumber',
    message: 'このフローは電話番号に使われているため、削除できません。先に電話番号の設定で外してください。',
  },
} as const;

function noFlow(): Refusal {
  return new Refusal(404, 'notFound', 'このフローは見つかりません。削除された可能性があります。');
}

function shown({ draft, version, changedAt, changedBy }: KeptFlow): StoredFlow {
  return { draft, version, changedAt: changedAt.toISOString(), changedBy };
}

function auditEntry(
  action: 'flowAdded' | 'flowRemoved',
  flowId: string,
  userId: string,
  address: string,
  at: Date,
): AuditEntry {
  return { action, at: at.getTime(), userId, subject: flowId, address };
}
