import { type FlowDraft, LANGUAGE_VERSION } from '@madoguchi/flow';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';

/** An empty flow: nothing in it yet, which the checker says. */
export function emptyFlow(flowId: string, name: string): FlowDraft {
  return { languageVersion: LANGUAGE_VERSION, id: flowId, name, startNodeId: '', nodes: {} };
}

/** False where the id is taken, also by a flow that was removed. */
export async function addFlow(
  db: Database,
  draft: FlowDraft,
  by: { readonly personId: string | null; readonly at: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('flow')
    .values({
      flow_id: draft.id,
      name: draft.name,
      draft: JSON.stringify(draft),
      changed_by: by.personId,
      changed_at: by.at,
      removed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Puts a draft in place of the one of `version`. @returns its new version; null where that is no longer the newest. */
export async function changeFlow(
  db: Database,
  change: { readonly draft: FlowDraft; readonly version: number },
  by: { readonly personId: string; readonly at: Date },
): Promise<number | null> {
  const { draft, version } = change;
  const row = await db
    .updateTable('flow')
    .set({
      name: draft.name,
      draft: JSON.stringify(draft),
      version: version + 1,
      changed_by: by.personId,
      changed_at: by.at,
    })
    .where('flow_id', '=', draft.id)
    .where('version', '=', version)
    .where('removed_at', 'is', null)
    .returning('version')
    .executeTakeFirst();
  return row?.version ?? null;
}

/** Numbers and flows that need it keep it. */
export type FlowRemoval = 'removed' | 'changedMeanwhile' | 'belongsToNumber';

/** Takes a flow off the list; its row and its versions stay. */
export async function removeFlow(
  db: Database,
  flowId: string,
  version: number,
  at: Date,
): Promise<FlowRemoval> {
  const number = await db
    .selectFrom('phone_number')
    .select('phone_number')
    .where('flow_id', '=', flowId)
    .executeTakeFirst();
  if (number !== undefined) return 'belongsToNumber';
  const { numUpdatedRows } = await db
    .updateTable('flow')
    .set({ removed_at: at, version: sql`version + 1` })
    .where('flow_id', '=', flowId)
    .where('version', '=', version)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n ? 'removed' : 'changedMeanwhile';
}
