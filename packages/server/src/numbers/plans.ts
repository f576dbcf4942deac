import { writeAudit } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { Refusal } from '../http/index.ts';
import type { NumberState } from '../http/number-contract.ts';
import { type Deed, held } from './change-number.ts';
import { stateRefusal } from './check-number.ts';

const FURTHEST_MS = 2 * 366 * 86_400_000;

/** Plans a change of state. @throws Refusal 404; 409 for a time that is over or too far, or a state that is not possible as things are. */
export async function planState(
  trx: Database,
  { phoneNumber, state, dueAt }: { phoneNumber: string; state: NumberState; dueAt: Date },
  { person, at }: Deed,
): Promise<number> {
  const number = await held(trx, phoneNumber);
  if (dueAt <= at || dueAt.getTime() > at.getTime() + FURTHEST_MS)
    throw new Refusal(409, 'planTime', '日時は、いまより後で、2年以内にしてください。');
  const refusal = stateRefusal(number, state);
  if (refusal !== null) throw new Refusal(409, 'stateNotPossible', refusal);
  const row = await trx
    .insertInto('number_plan')
    .values({
      phone_number: phoneNumber,
      due_at: dueAt,
      kind: 'state',
      state,
      created_at: at,
      created_by: person,
    })
    .returning('plan_id')
    .executeTakeFirstOrThrow();
  return row.plan_id;
}

/** @throws Refusal 409 where it is settled already. */
export async function cancelPlan(
  trx: Database,
  { phoneNumber, planId }: { phoneNumber: string; planId: number },
  { person, at }: Deed,
): Promise<void> {
  const row = await trx
    .updateTable('number_plan')
    .set({ result: 'cancelled', settled_at: at, settled_by: person })
    .where('plan_id', '=', planId)
    .where('phone_number', '=', phoneNumber)
    .where('result', 'is', null)
    .returning('plan_id')
    .executeTakeFirst();
  if (row === undefined)
    throw new Refusal(409, 'planSettled', 'この予定は、すでに実行されたか、取り消されています。');
}

/**
 * Carries out every plan whose time has come, in the order of their times, each in a transaction of its own with its audit entry: once,
 * however many processes look. What cannot be done any more is marked as failed with the reason.
 */
export async function carryOutPlans(db: Database, clock: Pick<Clock, 'now'>): Promise<void> {
  while (await carryOutNext(db, new Date(clock.now()))) {
    // The next one.
  }
}

async function carryOutNext(db: Database, at: Date): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const plan = await trx
      .selectFrom('number_plan')
      .selectAll()
      .where('result', 'is', null)
      .where('kind', '=', 'state')
      .where('due_at', '<=', at)
      .orderBy('due_at')
      .orderBy('plan_id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (plan === undefined || plan.state === null) return false;
    const { phone_number: phoneNumber, state, plan_id: planId } = plan;
    const number = await held(trx, phoneNumber);
    const reason = stateRefusal(number, state);
    const result = reason === null ? 'done' : 'failed';
    await writeAudit(trx, {
      at: at.getTime(),
      userId: plan.created_by,
      action: 'numberPlanCarriedOut',
      subject: phoneNumber,
      address: null,
      detail: { planId, from: number.state, to: state, result },
    });
    if (reason === null) {
      await trx
        .updateTable('phone_number')
        .set({ state, changed_by: plan.created_by, changed_at: at, version: number.version + 1 })
        .where('phone_number', '=', phoneNumber)
        .execute();
    }
    await trx
      .updateTable('number_plan')
      .set({ result, reason, settled_at: at })
      .where('plan_id', '=', planId)
      .execute();
    return true;
  });
}
