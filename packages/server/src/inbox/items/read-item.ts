import { recordingsOf } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { InboxDetail } from '../../http/inbox-contract.ts';
import { Refusal } from '../../http/index.ts';
import { placedCallsWhere } from '../call-out/read-placed-calls.ts';
import { namesOf } from '../people.ts';
import { itemsShown, selectItems } from './item-shown.ts';

export function itemNotFound(): Refusal {
  return new Refusal(404, 'itemNotFound', 'この受付は見つかりません。');
}

/** One item with its voice and its history. @param now ms since the epoch. @throws Refusal 404 */
export async function readItem(db: Database, itemId: string, now: number): Promise<InboxDetail> {
  const rows = await selectItems(db).where('i.item_id', '=', itemId).execute();
  const [item] = await itemsShown(db, rows, now);
  if (item === undefined) throw itemNotFound();
  const recordings = await recordingsOf(db, [item.callId]);
  const changes = await db
    .selectFrom('inbox_item_change')
    .select(['version', 'at', 'person_id', 'deed', 'to_person_id'])
    .where('item_id', '=', itemId)
    .orderBy('version')
    .execute();
  const personOf = await namesOf(
    db,
    changes.flatMap((change) => [change.person_id, change.to_person_id]),
  );
  return {
    item,
    // What staff said to a citizen in the same call is told by the call's story.
    recordings: (recordings.get(item.callId) ?? []).filter(({ kind }) => kind === 'voicemail'),
    changes: changes.flatMap(({ version, at, person_id, deed, to_person_id }) => {
      const person = personOf(person_id);
      return person === null
        ? []
        : [{ version, at: at.toISOString(), person, deed, to: personOf(to_person_id) }];
    }),
    placedCalls: (await placedCallsWhere(db, 'item_id', [itemId], now)).toReversed(),
  };
}
