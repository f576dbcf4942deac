import type { Database } from '../../database/index.ts';
import type { CallNote } from '../../http/inbox-contract.ts';
import { namesOf } from '../people.ts';

/** A call that nobody has written anything about yet. */
export const NO_NOTE: CallNote = {
  category: null,
  result: null,
  memo: '',
  takenBy: null,
  changedBy: null,
  changedAt: null,
  version: 0,
};

/** Notes by call id; calls without one are left out. */
export async function readNotes(
  db: Database,
  callIds: readonly string[],
): Promise<ReadonlyMap<string, CallNote>> {
  if (callIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('call_note as n')
    .leftJoin('note_choice as c', 'c.choice_id', 'n.category_id')
    .leftJoin('note_choice as r', 'r.choice_id', 'n.result_id')
    .select([
      'n.call_id',
      'n.category_id',
      'c.label as category_label',
      'n.result_id',
      'r.label as result_label',
      'n.memo',
      'n.taken_by',
      'n.changed_by',
      'n.changed_at',
      'n.version',
    ])
    .where('n.call_id', 'in', callIds)
    .execute();
  const personOf = await namesOf(
    db,
    rows.flatMap((row) => [row.taken_by, row.changed_by]),
  );
  return new Map(
    rows.map((row) => [
      row.call_id,
      {
        category: chosen(row.category_id, row.category_label),
        result: chosen(row.result_id, row.result_label),
        memo: row.memo,
        takenBy: personOf(row.taken_by),
        changedBy: personOf(row.changed_by),
        changedAt: row.changed_at.toISOString(),
        version: row.version,
      },
    ]),
  );
}

function chosen(choiceId: string | null, label: string | null): CallNote['category'] {
  return choiceId === null || label === null ? null : { choiceId, label };
}
