import { nationalDigits } from '@madoguchi/flow';
import type { z } from 'zod';
import { showNumber } from '../calls/reading/index.ts';
import type { Database } from '../database/index.ts';
import { Refusal } from '../http/index.ts';
import type { TestCaller, TestCallerChangeSchema } from '../http/number-contract.ts';
import type { Deed } from './change-number.ts';
import { changedMeanwhile } from './number-problems.ts';

/** All test callers, by number. @param day the Japanese day for which they are judged. */
export async function readTestCallers(db: Database, day: string): Promise<TestCaller[]> {
  const rows = await db.selectFrom('test_caller').selectAll().orderBy('number').execute();
  return rows.map((row) => ({
    number: row.number,
    shown: showNumber(row.number),
    note: row.note,
    fromDay: row.from_day,
    toDay: row.to_day,
    isValidNow: (row.from_day ?? day) <= day && day <= (row.to_day ?? day),
    version: row.version,
  }));
}

/** Adds one, or changes the one of that number. @returns its national digits. @throws Refusal 400, 409 */
export async function saveTestCaller(
  trx: Database,
  { number, note, fromDay, toDay, version }: z.infer<typeof TestCallerChangeSchema>,
  { person, at }: Deed,
): Promise<string> {
  const digits = nationalDigits(number);
  if (digits === null)
    throw new Refusal(400, 'invalidNumber', '電話番号を、市外局番から数字で入力してください。');
  if (fromDay !== null && toDay !== null && toDay < fromDay)
    throw new Refusal(400, 'invalidDays', '終わりの日は、始まりの日より後にしてください。');
  const values = { note: note.trim(), from_day: fromDay, to_day: toDay, changed_at: at, changed_by: person };
  const row =
    version === null
      ? await trx
          .insertInto('test_caller')
          .values({ number: digits, ...values })
          .onConflict((conflict) => conflict.doNothing())
          .returning('number')
          .executeTakeFirst()
      : await trx
          .updateTable('test_caller')
          .set({ ...values, version: version + 1 })
          .where('number', '=', digits)
          .where('version', '=', version)
          .returning('number')
          .executeTakeFirst();
  if (row !== undefined) return row.number;
  if (version === null)
    throw new Refusal(409, 'alreadyThere', 'この番号は、すでに登録されています。一覧から変更してください。');
  throw changedMeanwhile();
}

/** Does nothing where it is gone already. */
export async function removeTestCaller(trx: Database, number: string): Promise<void> {
  await trx.deleteFrom('test_caller').where('number', '=', number).execute();
}
