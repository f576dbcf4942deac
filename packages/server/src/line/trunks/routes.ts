import { probeTrunk } from '@madoguchi/telephony/probe';
import type { TrunkDraft } from '@madoguchi/telephony/trunk';
import { z } from 'zod';
import { type AuditAction, type Guard, writeAudit } from '../../accounts/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import {
  TrunkAddSchema,
  TrunkChangeSchema,
  TrunkDoneSchema,
  TrunkLinesSchema,
  TrunkListSchema,
  TrunkOrderSchema,
  TrunkProblemsSchema,
  TrunkRemovalSchema,
  TrunkSavedSchema,
  TrunkTestOrderSchema,
  TrunkTestResultSchema,
} from '../../http/trunk-contract.ts';
import { holdNumbers, passedOnTo } from '../../numbers/index.ts';
import type { Seal } from '../../seal.ts';
import {
  addTrunk,
  changeTrunk,
  holdTrunks,
  newTrunkId,
  orderTrunks,
  type Removal,
  removeTrunk,
} from './change-trunks.ts';
import { type CheckedTrunk, checkTrunk, type TrunkProblem } from './check-trunk.ts';
import { readLineUse } from './line-use.ts';
import { keepTrunkTest, readStoredTrunks } from './read-trunks.ts';
import { changedFields, showTest, showTrunk } from './show-trunk.ts';

const TrunkAddressSchema = z.object({ trunkId: z.string().max(40) });

/** List, add, change, remove, order and test trunks; the `calls` process takes a change over when it is told of it. */
export function trunkRoutes({
  db,
  guard,
  seal,
  localAddress,
  speaksTls,
  portsInUse,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  /** Opens and closes the passwords. */
  readonly seal: Seal;
  /** Address that the telephone binds to: a test leaves by it, as calls do. */
  readonly localAddress: string;
  /** Whether the operator gave a certificate: without one no trunk may use TLS. */
  readonly speaksTls: boolean;
  /** On which this machine listens: no trunk can have one of them for itself. */
  readonly portsInUse: readonly number[];
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  return (server) => {
    server.get(
      '/api/trunks',
      { schema: { response: { 200: TrunkListSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'manageTrunks');
        const { trunks, unreadable } = await readStoredTrunks(db, seal);
        return { trunks: trunks.map((each) => showTrunk(each, showNumber)), unreadable };
      },
    );
    server.get(
      '/api/trunk-lines',
      { schema: { response: { 200: TrunkLinesSchema, '4xx': ErrorReplySchema } } },
      async (request) => {
        await guard.allowed(request, 'manageTrunks');
        return { inUse: await readLineUse(db, clock.now()) };
      },
    );
    server.post(
      '/api/trunks',
      {
        schema: {
          body: TrunkAddSchema,
          response: { 201: TrunkSavedSchema, 422: TrunkProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'manageTrunks');
        const saved = await db.transaction().execute(async (trx) => {
          await holdNumbers(trx);
          await holdTrunks(trx);
          const checked = await check(trx, request.body.draft, null);
          if (!checked.ok) return checked;
          const { trunk } = checked;
          const version = await addTrunk(trx, { trunk, seal, person: userId, at: new Date(clock.now()) });
          await audit(trx, 'trunkAdded', trunk.id, userId, request.ip);
          return { ok: true, trunkId: trunk.id, version } as const;
        });
        if (!saved.ok) return reply.status(422).send(problemsReply(saved.problems));
        return reply.status(201).send({ trunkId: saved.trunkId, version: saved.version });
      },
    );
    server.put(
      '/api/trunks/:trunkId',
      {
        schema: {
          params: TrunkAddressSchema,
          body: TrunkChangeSchema,
          response: { 200: TrunkSavedSchema, 422: TrunkProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'manageTrunks');
        const { trunkId } = request.params;
        const { draft, version } = request.body;
        const saved = await db.transaction().execute(async (trx) => {
          await holdNumbers(trx);
          await holdTrunks(trx);
          const checked = await check(trx, draft, trunkId);
          if (!checked.ok) return checked;
          const { trunk, kept } = checked;
          const at = new Date(clock.now());
          const next = await changeTrunk(trx, { trunk, seal, version, person: userId, at });
          if (next === null) throw changedMeanwhile();
          const fields = changedFields(kept, trunk).join(' ');
          await audit(trx, 'trunkChanged', trunkId, userId, request.ip, { version: next, fields });
          return { ok: true, trunkId, version: next } as const;
        });
        if (!saved.ok) return reply.status(422).send(problemsReply(saved.problems));
        return reply.send({ trunkId, version: saved.version });
      },
    );
    server.delete(
      '/api/trunks/:trunkId',
      {
        schema: {
          params: TrunkAddressSchema,
          querystring: TrunkRemovalSchema,
          response: { 200: TrunkDoneSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'manageTrunks');
        const { trunkId } = request.params;
        await db.transaction().execute(async (trx) => {
          await holdTrunks(trx);
          const refusal = REMOVAL_REFUSALS[await removeTrunk(trx, trunkId, request.query.version)];
          if (refusal !== null) throw refusal();
          await audit(trx, 'trunkRemoved', trunkId, userId, request.ip);
        });
        return { done: true as const };
      },
    );
    server.put(
      '/api/trunk-order',
      {
        schema: { body: TrunkOrderSchema, response: { 200: TrunkDoneSchema, '4xx': ErrorReplySchema } },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'manageTrunks');
        const { trunkIds } = request.body;
        await db.transaction().execute(async (trx) => {
          await holdTrunks(trx);
          if (!(await orderTrunks(trx, trunkIds))) throw changedMeanwhile();
          await audit(trx, 'trunksReordered', trunkIds.join(' '), userId, request.ip);
        });
        return { done: true as const };
      },
    );
    server.post(
      '/api/trunk-tests',
      {
        schema: {
          body: TrunkTestOrderSchema,
          response: { 200: TrunkTestResultSchema, 422: TrunkProblemsSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, reply) => {
        const { userId } = await guard.allowed(request, 'manageTrunks');
        const { draft, trunkId } = request.body;
        const checked = await check(db, draft, trunkId);
        if (!checked.ok) return reply.status(422).send(problemsReply(checked.problems));
        const { trunk, kept, version } = checked;
        await audit(db, 'trunkTested', trunk.id, userId, request.ip);
        const probe = await probeTrunk(trunk, { localAddress, authorities: null });
        // A result of what is only typed says nothing of the trunk as it is stored.
        if (kept !== null && version !== null && changedFields(kept, trunk).length === 0) {
          const at = new Date(clock.now());
          await keepTrunkTest(db, { trunkId: trunk.id, version, probe, person: userId, at });
        }
        return reply.send(showTest(trunk, probe, showNumber));
      },
    );
  };

  /** @param trunkId null for a new one. @throws Refusal 404 */
  async function check(trx: Database, draft: TrunkDraft, trunkId: string | null) {
    const { trunks } = await readStoredTrunks(trx, seal);
    const stored = trunks.find(({ trunk }) => trunk.id === trunkId) ?? null;
    if (stored === null && trunkId !== null) throw gone();
    const kept = stored?.trunk ?? null;
    const checked: CheckedTrunk = checkTrunk(draft, {
      id: trunkId ?? newTrunkId(),
      kept,
      others: trunks.map(({ trunk }) => trunk).filter(({ id }) => id !== trunkId),
      passedOnTo: await passedOnTo(trx),
      speaksTls,
      portsInUse,
    });
    return checked.ok ? { ...checked, kept, version: stored?.version ?? null } : checked;
  }

  function audit(
    trx: Database,
    action: AuditAction,
    subject: string,
    userId: string,
    address: string,
    detail: Readonly<Record<string, string | number>> = {},
  ): Promise<void> {
    return writeAudit(trx, { at: clock.now(), userId, action, subject, address, detail });
  }
}

const REMOVAL_REFUSALS: Readonly<Record<Removal, (() => Refusal) | null>> = {
  removed: null,
  changedMeanwhile,
  unknown: gone,
  last: () =>
    new Refusal(
      409,
      'lastTrunk',
      '最後の回線は削除できません。電話を受けられなくなるためです。先に、代わりの回線を追加してください。',
    ),
};

function changedMeanwhile(): Refusal {
  return new Refusal(
    409,
    'changedMeanwhile',
    'ほかの人が、この間に設定を変更しました。入力した内容はこの画面に残っています。',
  );
}

function gone(): Refusal {
  return new Refusal(404, 'trunkGone', 'この回線は見つかりません。すでに削除されています。');
}

function problemsReply(problems: readonly TrunkProblem[]) {
  return {
    code: 'trunkProblems' as const,
    message: `入力内容に誤りが${problems.length}か所あります。赤い印のところを直してください。`,
    problems: [...problems],
  };
}
