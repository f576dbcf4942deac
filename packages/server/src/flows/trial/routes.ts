import { z } from 'zod';
import { type AuditAction, type Guard, writeAudit } from '../../accounts/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import {
  FlowTestAddedSchema,
  FlowTestAddSchema,
  FlowTestListSchema,
  TestRunResultSchema,
  TestRunSchema,
  TrialDoneSchema,
  TrialHouseSchema,
} from '../../http/trial-contract.ts';
import { draftSentOrStored } from './draft-sent-or-stored.ts';
import { readHouse } from './house.ts';
import { addTest, changeTest, MOST_TESTS, readTests, removeTest } from './keep-tests.ts';
import { runTests } from './run-tests.ts';

/** A bundle of several flows of 300 nodes with long texts, and room. */
export const BUNDLE_LIMIT_BYTES = 16 * 1024 * 1024;
const FlowAddressSchema = z.object({ flowId: z.string().max(64) });
const TestAddressSchema = FlowAddressSchema.extend({ testId: z.uuid() });
const reply = <S extends z.ZodType>(schema: S) => ({ 200: schema, '4xx': ErrorReplySchema });

/** What trials look at, and the runs of them that are kept as tests of a flow. */
export function trialRoutes({
  db,
  guard,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  return (server) => {
    server.get('/api/trial-house', { schema: { response: reply(TrialHouseSchema) } }, async (request) => {
      await guard.allowed(request, 'viewFlows');
      const [house, lists, numbers] = await Promise.all([
        readHouse(db, { lists: false }),
        db.selectFrom('number_list').select(['list_id as id', 'name']).orderBy('name').execute(),
        db.selectFrom('phone_number').select(['phone_number', 'name']).orderBy('phone_number').execute(),
      ]);
      return {
        calendars: [...house.calendars],
        holidays: Object.fromEntries(house.holidays),
        lists,
        numbers: numbers.map(({ phone_number, name }) => ({
          phoneNumber: phone_number,
          shown: showNumber(phone_number),
          name,
        })),
      };
    });
    server.get(
      '/api/flows/:flowId/tests',
      { schema: { params: FlowAddressSchema, response: reply(FlowTestListSchema) } },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const tests = await readTests(db, request.params.flowId);
        return { tests: tests.map((each) => ({ ...each, changedAt: each.changedAt.toISOString() })) };
      },
    );
    server.post(
      '/api/flows/:flowId/tests',
      {
        bodyLimit: BUNDLE_LIMIT_BYTES,
        schema: {
          params: FlowAddressSchema,
          body: FlowTestAddSchema,
          response: { 201: FlowTestAddedSchema, '4xx': ErrorReplySchema },
        },
      },
      async (request, answer) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const { flowId } = request.params;
        const by = { personId: userId, at: new Date(clock.now()) };
        const testId = await db.transaction().execute(async (trx) => {
          const added = await addTest(trx, flowId, request.body, by);
          if (added !== null) await audit(trx, 'flowTestSaved', added, userId, request.ip);
          return added;
        });
        if (testId === null) {
          throw new Refusal(
            409,
            'tooManyTests',
            `一つのフローに保存できる確認は${MOST_TESTS}件までです。使わない確認を削除してください。`,
          );
        }
        return answer.status(201).send({ testId });
      },
    );
    server.put(
      '/api/flows/:flowId/tests/:testId',
      {
        bodyLimit: BUNDLE_LIMIT_BYTES,
        schema: { params: TestAddressSchema, body: FlowTestAddSchema, response: reply(TrialDoneSchema) },
      },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        const by = { personId: userId, at: new Date(clock.now()) };
        await db.transaction().execute(async (trx) => {
          if (!(await changeTest(trx, request.params, request.body, by))) throw gone();
          await audit(trx, 'flowTestSaved', request.params.testId, userId, request.ip);
        });
        return { done: true as const };
      },
    );
    server.delete(
      '/api/flows/:flowId/tests/:testId',
      { schema: { params: TestAddressSchema, response: reply(TrialDoneSchema) } },
      async (request) => {
        const { userId } = await guard.allowed(request, 'editFlows');
        await db.transaction().execute(async (trx) => {
          if (!(await removeTest(trx, request.params))) throw gone();
          await audit(trx, 'flowTestRemoved', request.params.testId, userId, request.ip);
        });
        return { done: true as const };
      },
    );
    server.post(
      '/api/flows/:flowId/test-runs',
      {
        bodyLimit: BUNDLE_LIMIT_BYTES,
        schema: { params: FlowAddressSchema, body: TestRunSchema, response: reply(TestRunResultSchema) },
      },
      async (request) => {
        await guard.allowed(request, 'viewFlows');
        const { flowId } = request.params;
        const bundle = await draftSentOrStored(db, flowId, request.body.bundle);
        const ran = await runTests(db, flowId, bundle);
        return {
          results: ran.map(({ test: { testId, name }, result }) => ({
            testId,
            name,
            passed: result.passed,
            difference: result.passed ? null : result.difference,
            at: result.passed ? null : result.at,
          })),
        };
      },
    );
  };

  function audit(
    trx: Database,
    action: AuditAction,
    subject: string,
    userId: string,
    address: string,
  ): Promise<void> {
    return writeAudit(trx, { at: clock.now(), userId, action, subject, address });
  }
}

function gone(): Refusal {
  return new Refusal(404, 'testGone', 'この確認は見つかりません。すでに削除されています。');
}
