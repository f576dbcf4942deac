import { makeRunnable } from '@madoguchi/flow';
import { z } from 'zod';
import { type Guard, writeAudit } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import {
  type Replay,
  ReplayAddedSchema,
  ReplayListSchema,
  ReplayOrderSchema,
  ReplaySchema,
  ReplayTotalsSchema,
  TrialDoneSchema,
} from '../../http/trial-contract.ts';
import { surroundingsOf } from '../surroundings.ts';
import { draftSentOrStored } from '../trial/draft-sent-or-stored.ts';
import { BUNDLE_LIMIT_BYTES } from '../trial/routes.ts';
import type { Replays } from './replays.ts';

const FlowAddressSchema = z.object({ flowId: z.string().max(64) });
const ReplayAddressSchema = FlowAddressSchema.extend({ replayId: z.uuid() });
const reply = <S extends z.ZodType>(schema: S) => ({ 200: schema, '4xx': ErrorReplySchema });
const NumbersSchema = z.array(z.string());
/** Stands for somebody whose account is gone. */
const GONE = '登録のない職員';

/** Past calls through a draft: asked for, watched, cancelled, read. */
export function replayRoutes({
  db,
  guard,
  clock,
  audioIds,
  replays,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
  readonly audioIds: () => Promise<readonly string[]>;
  readonly replays: Replays;
}): Routes {
  return (server) => {
    server.post(
      '/api/flows/:flowId/replays',
      {
        bodyLimit: BUNDLE_LIMIT_BYTES,
        schema: {
          params: FlowAddressSchema,
          body: ReplayOrderSchema,
          response: { 201: ReplayAddedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, answer) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { flowId } = request.params;
        const { from, to, phoneNumbers, bundle } = request.body;
        const draft = await draftSentOrStored(db, flowId, bundle);
        const made = makeRunnable(draft, await surroundingsOf(db, await audioIds()));
        if (!made.ok) {
          throw new Refusal(
            422,
            'hasErrors',
            'フローに直すところが残っているため、試算できません。先に直してください。',
          );
        }
        await writeAudit(db, {
          at: clock.now(),
          userId,
          action: 'callsReplayed',
          subject: flowId,
          address: request.ip,
          detail: { from, to },
        });
        const replayId = await replays.ask({ flowId, from, to, phoneNumbers, draft: made.flow }, userId);
        return answer.status(201).send({ replayId });
      },
    );
    server.get(
      '/api/flows/:flowId/replays',
      { schema: { params: FlowAddressSchema, response: reply(ReplayListSchema) } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const rows = await selectReplays(db)
          .where('r.flow_id', '=', request.params.flowId)
          .orderBy('r.asked_at', 'desc')
          .execute();
        return { replays: rows.map(headOf) };
      },
    );
    server.get(
      '/api/flows/:flowId/replays/:replayId',
      { schema: { params: ReplayAddressSchema, response: reply(ReplaySchema) } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const { flowId, replayId } = request.params;
        const row = await selectReplays(db)
          .select('r.totals')
          .where('r.flow_id', '=', flowId)
          .where('r.replay_id', '=', replayId)
          .executeTakeFirst();
        if (row === undefined)
          throw new Refusal(404, 'notFound', 'この試算は見つかりません。古いものは削除されます。');
        const totals = row.totals === null ? null : ReplayTotalsSchema.parse(row.totals);
        return { ...headOf(row), totals };
      },
    );
    server.delete(
      '/api/flows/:flowId/replays/:replayId',
      { schema: { params: ReplayAddressSchema, response: reply(TrialDoneSchema) } },
      async (request) => {
        await guard.allowed(request, 'editFlows');
        await replays.cancel(request.params.flowId, request.params.replayId);
        return { done: true as const };
      },
    );
  };
}

function selectReplays(db: Database) {
  return db
    .selectFrom('flow_replay as r')
    .leftJoin('person as p', 'p.id', 'r.asked_by')
    .select([
      'r.replay_id',
      'r.from_day',
      'r.to_day',
      'r.phone_numbers',
      'r.state',
      'r.done',
      'r.total',
      'r.is_cut',
      'r.asked_at',
      'r.asked_by',
      'p.name as personName',
    ]);
}

function headOf(
  row: Awaited<ReturnType<ReturnType<typeof selectReplays>['execute']>>[number],
): Omit<Replay, 'totals'> {
  return {
    replayId: row.replay_id,
    from: row.from_day,
    to: row.to_day,
    phoneNumbers: NumbersSchema.parse(row.phone_numbers),
    state: row.state,
    done: row.done,
    total: row.total,
    isCut: row.is_cut,
    askedAt: row.asked_at.toISOString(),
    askedBy: { personId: row.asked_by, name: row.personName ?? GONE },
  };
}
