import { mayDial, nationalDigits } from '@madoguchi/flow';
import { sql } from 'kysely';
import type { Database } from '../database/index.ts';
import { Refusal } from '../http/index.ts';
import type { NumberDraft, NumberProblem, NumberState } from '../http/number-contract.ts';
import { checkNumber, stateRefusal } from './check-number.ts';
import { changedMeanwhile, numberGone } from './number-problems.ts';
import { ownNumbers, passedOnTo } from './own-numbers.ts';

/** Who changes something, and when. */
export type Deed = { readonly person: string; readonly at: Date };

export type NumberChange =
  | { readonly ok: true; readonly version: number; readonly changed: readonly string[] }
  | { readonly ok: false; readonly problems: readonly NumberProblem[] };

/**
 * Lets one change of numbers be looked at and written at a time: a number, or an account of a trunk, and a target of another that are
 * right each for itself may lead calls in a circle together. Lasts until the end of the transaction.
 */
export async function holdNumbers(trx: Database): Promise<void> {
  await sql`lock table phone_number in share row exclusive mode`.execute(trx);
}

/** Adds a number, which is being prepared at first. @param written as staff write it. */
export async function addNumber(
  trx: Database,
  written: { readonly phoneNumber: string; readonly name: string },
  { person, at }: Deed,
): Promise<{ ok: true; phoneNumber: string } | { ok: false; problems: readonly NumberProblem[] }> {
  const problem = (path: string, message: string) => ({ ok: false as const, problems: [{ path, message }] });
  const digits = nationalDigits(written.phoneNumber);
  if (digits === null || !mayDial(digits, { tollFree: true }).allowed)
    return problem('phoneNumber', '市民の皆さまがかける番号を、市外局番から数字で入力してください。');
  const name = written.name.trim();
  if (name === '' || name.length > 60) return problem('name', '名前を、60文字以内で入力してください。');
  await holdNumbers(trx);
  const passedOnBy = (await passedOnTo(trx)).get(digits);
  if (passedOnBy !== undefined)
    return problem(
      'phoneNumber',
      `この番号は「${passedOnBy}」の転送先です。ここで受けると、転送した電話が戻ってきてしまいます。先に転送先を変えてください。`,
    );
  const row = await trx
    .insertInto('phone_number')
    .values({ phone_number: digits, name, changed_by: person, changed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning('phone_number')
    .executeTakeFirst();
  return row === undefined
    ? problem('phoneNumber', 'この番号は、すでに登録されています。')
    : { ok: true, phoneNumber: digits };
}

/** Stores what was typed, where nobody else has changed the number since. @throws Refusal 404, 409 */
export async function changeNumber(
  trx: Database,
  { phoneNumber, draft, version }: { phoneNumber: string; draft: NumberDraft; version: number },
  { person, at }: Deed,
): Promise<NumberChange> {
  await holdNumbers(trx);
  const now = await held(trx, phoneNumber);
  if (now.version !== version) throw changedMeanwhile();
  const calendars = await trx.selectFrom('calendar').select('calendar_id').execute();
  const checked = checkNumber(draft, {
    state: now.state,
    ownNumbers: await ownNumbers(trx),
    calendarIds: calendars.map((row) => row.calendar_id),
  });
  if (!checked.ok) return checked;
  const { settings } = checked;
  const changed = Object.entries(settings)
    .filter(([column, value]) => new Map<string, unknown>(Object.entries(now)).get(column) !== value)
    .map(([column]) => column);
  await trx
    .updateTable('phone_number')
    .set({ ...settings, changed_by: person, changed_at: at, version: version + 1 })
    .where('phone_number', '=', phoneNumber)
    .execute();
  return { ok: true, version: version + 1, changed };
}

/** Puts a number in a state. @throws Refusal 404; 409 changed meanwhile, or not possible as the number is set. */
export async function changeState(
  trx: Database,
  { phoneNumber, state, version }: { phoneNumber: string; state: NumberState; version: number },
  { person, at }: Deed,
): Promise<{ readonly version: number; readonly from: NumberState }> {
  const now = await held(trx, phoneNumber);
  if (now.version !== version) throw changedMeanwhile();
  const refusal = stateRefusal(now, state);
  if (refusal !== null) throw new Refusal(409, 'stateNotPossible', refusal);
  await trx
    .updateTable('phone_number')
    .set({ state, changed_by: person, changed_at: at, version: version + 1 })
    .where('phone_number', '=', phoneNumber)
    .execute();
  return { version: version + 1, from: now.state };
}

/**
 * Sets how many decisions a new version of the number needs. Who set it last stays as it was where nothing changes: saving the same once
 * more frees nobody of what he waived (stepsWanted of the flows). @throws Refusal 404; 409 changed meanwhile
 */
export async function changeApproval(
  trx: Database,
  { phoneNumber, steps, version }: { phoneNumber: string; steps: number; version: number },
  { person, at }: Deed,
): Promise<{ readonly version: number; readonly from: number }> {
  const now = await held(trx, phoneNumber);
  if (now.version !== version) throw changedMeanwhile();
  const from = now.approval_steps;
  if (from === steps) return { version, from };
  await trx
    .updateTable('phone_number')
    .set({
      approval_steps: steps,
      approval_set_by: person,
      changed_by: person,
      changed_at: at,
      version: version + 1,
    })
    .where('phone_number', '=', phoneNumber)
    .execute();
  return { version: version + 1, from };
}

/** The number's row, which nobody else changes until the transaction ends. @throws Refusal 404 */
export async function held(trx: Database, phoneNumber: string) {
  const row = await trx
    .selectFrom('phone_number')
    .selectAll()
    .where('phone_number', '=', phoneNumber)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw numberGone();
  return row;
}
