import { randomUUID } from 'node:crypto';
import { type FlowDraft, renameFlows } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { RESERVED_FLOW_IDS } from '../../http/flow-contract.ts';
import { addFlow } from './change-flow.ts';

/** Of an id; a random ending of eight and a hyphen go behind. */
const LONGEST_BEGINNING_CHARS = 55;

/**
 * Adds flows that belong together, to be called in a transaction. Ids that are taken, also by a flow that was removed, are replaced, and
 * the flows go on leading to each other. @returns the ids, in the order of the flows; null where somebody else took one of them just now:
 * the transaction is to be taken back.
 */
export async function addFlows(
  trx: Database,
  flows: readonly FlowDraft[],
  by: { readonly personId: string | null; readonly at: Date },
): Promise<readonly string[] | null> {
  const ids = flows.map(({ id }) => id);
  const rows = await trx.selectFrom('flow').select('flow_id').where('flow_id', 'in', ids).execute();
  const taken = new Set([...RESERVED_FLOW_IDS, ...rows.map(({ flow_id }) => flow_id)]);
  const added = renameFlows(
    flows,
    new Map(ids.filter((id) => taken.has(id)).map((id) => [id, otherIdFor(id)])),
  );
  for (const draft of added) {
    if (!(await addFlow(trx, draft, by))) return null;
  }
  return added.map(({ id }) => id);
}

function otherIdFor(id: string): string {
  return `${id.slice(0, LONGEST_BEGINNING_CHARS)}-${randomUUID().slice(0, 8)}`;
}

/** JSON.stringify writes \u with these digits for U+0000 and halves of characters only, which PostgreSQL's jsonb refuses. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Whether PostgreSQL can keep all texts in it. */
export function isStorable(value: FlowDraft | readonly object[]): boolean {
  return !UNSTORABLE.test(JSON.stringify(value));
}
