import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { InboxChange, InboxState } from '../../http/inbox-contract.ts';
import { Refusal } from '../../http/index.ts';
import { changedMeanwhile } from '../changed-meanwhile.ts';
import { itemNotFound } from './read-item.ts';

/**
 * States: `open` → take, handOver → `inProgress` → take, handOver (somebody else) → `inProgress`; `open`, `inProgress` → finish →
 * `done` → reopen → `open`. Saving changes no state.
 */
const FROM: Readonly<Record<InboxChange['deed'], readonly InboxState[]>> = {
  take: ['open', 'inProgress'],
  handOver: ['open', 'inProgress'],
  save: ['open', 'inProgress', 'done'],
  finish: ['open', 'inProgress'],
  reopen: ['done'],
};

/**
 * Does one deed to an item and writes it into the item's history. Call it in the transaction that audits it.
 * @throws Refusal 404; 409 where the clerk looked at an older version; 400 where it is handed to nobody.
 */
export async function changeItem(
  trx: Database,
  {
    itemId,
    change,
    personId,
    now,
  }: {
    readonly itemId: string;
    readonly change: InboxChange;
    readonly personId: string;
    readonly now: number;
  },
): Promise<void> {
  const item = await trx
    .selectFrom('inbox_item')
    .select(['version', 'state'])
    .where('item_id', '=', itemId)
    .forUpdate()
    .executeTakeFirst();
  if (item === undefined) throw itemNotFound();
  if (item.version !== change.version || !FROM[change.deed].includes(item.state)) throw changedMeanwhile();
  if (change.deed === 'handOver') await mustBeAtWork(trx, change.assigneeId);
  const at = new Date(now);
  await trx
    .updateTable('inbox_item')
    .set({
      ...outcomeOf(change, personId),
      ...(change.memo === undefined ? {} : { memo: change.memo }),
      ...(change.dueAt === undefined ? {} : { due_at: new Date(change.dueAt) }),
      changed_at: at,
      version: sql`version + 1`,
    })
    .where('item_id', '=', itemId)
    .execute();
  await trx
    .insertInto('inbox_item_change')
    .values({
      item_id: itemId,
      version: change.version + 1,
      at,
      person_id: personId,
      deed: change.deed,
      to_person_id: change.deed === 'handOver' ? change.assigneeId : null,
    })
    .execute();
}

function outcomeOf(change: InboxChange, personId: string) {
  switch (change.deed) {
    case 'take':
      return { state: 'inProgress', assignee_id: personId } as const;
    case 'handOver':
      return { state: 'inProgress', assignee_id: change.assigneeId } as const;
    case 'finish':
      // Whoever closes what nobody had taken has dealt with it.
      return {
        state: 'done',
        result_memo: change.resultMemo,
        assignee_id: sql<string>`coalesce(assignee_id, ${personId})`,
      } as const;
    case 'reopen':
      return { state: 'open', assignee_id: null } as const;
    case 'save':
      return {};
  }
}

async function mustBeAtWork(trx: Database, personId: string): Promise<void> {
  const person = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .where('suspended', '=', false)
    .executeTakeFirst();
  if (person === undefined) {
    throw new Refusal(400, 'nobody', '引き継ぐ相手が見つかりません。選び直してください。');
  }
}
