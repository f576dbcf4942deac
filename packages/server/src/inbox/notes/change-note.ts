import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { CallNoteChange, NoteKind } from '../../http/inbox-contract.ts';
import { Refusal } from '../../http/index.ts';
import { changedMeanwhile } from '../changed-meanwhile.ts';

type Written = {
  readonly category_id?: string | null;
  readonly result_id?: string | null;
  readonly memo?: string;
  readonly taken_by?: string;
  readonly taken_at?: Date;
};

type ByWhom = { readonly callId: string; readonly personId: string; readonly now: number };

/** Saves a note as it was typed. @throws Refusal 404, 409 (an older version was looked at), 400 (a choice of another list). */
export async function saveNote(db: Database, note: CallNoteChange, by: ByWhom): Promise<void> {
  await mustBeChoice(db, 'category', note.categoryId);
  await mustBeChoice(db, 'result', note.resultId);
  await write(db, note.version, by, {
    category_id: note.categoryId,
    result_id: note.resultId,
    memo: note.memo,
  });
}

/** 'I took this call.' @throws Refusal 404, 409 */
export async function takeCall(db: Database, version: number, by: ByWhom): Promise<void> {
  await write(db, version, by, { taken_by: by.personId, taken_at: new Date(by.now) });
}

/** Version 0 means: there is no note yet. The condition stands in the statement, so that of two clerks at once one is refused. */
async function write(
  db: Database,
  version: number,
  { callId, personId, now }: ByWhom,
  written: Written,
): Promise<void> {
  const stamp = { changed_by: personId, changed_at: new Date(now) };
  if (version > 0) {
    const { numUpdatedRows } = await db
      .updateTable('call_note')
      .set({ ...written, ...stamp, version: sql`version + 1` })
      .where('call_id', '=', callId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw changedMeanwhile();
    return;
  }
  const call = await db
    .selectFrom('call_summary')
    .select('call_day')
    .where('call_id', '=', callId)
    .executeTakeFirst();
  if (call === undefined) throw new Refusal(404, 'callNotFound', 'この通話の記録は見つかりません。');
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('call_note')
    .values({ call_id: callId, call_day: call.call_day, ...written, ...stamp })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) throw changedMeanwhile();
}

async function mustBeChoice(db: Database, kind: NoteKind, choiceId: string | null): Promise<void> {
  if (choiceId === null) return;
  const choice = await db
    .selectFrom('note_choice')
    .select('choice_id')
    .where('choice_id', '=', choiceId)
    .where('kind', '=', kind)
    .executeTakeFirst();
  if (choice === undefined) {
    throw new Refusal(400, 'unknownChoice', '選んだ項目が見つかりません。選び直してください。');
  }
}
