import { type FlowDraft, FlowDraftSchema, type Library, withLibrary } from '@madoguchi/flow';
import { readLibrary } from '../../announcements/index.ts';
import type { Database } from '../../database/index.ts';

/** A flow as it lies in the database. */
export type KeptFlow = {
  readonly draft: FlowDraft;
  readonly version: number;
  readonly changedAt: Date;
  readonly changedBy: { readonly personId: string; readonly name: string } | null;
};

/** Stands for somebody whose account is gone: what they did stays. */
const GONE = '登録のない職員';

/**
 * All flows that are not removed, by name. Drafts of an older language are read as what they meant; prompts that are tied to the
 * announcement library say what it says now.
 */
export async function readFlows(db: Database): Promise<readonly KeptFlow[]> {
  const [rows, library] = await Promise.all([
    flows(db).orderBy('f.name').orderBy('f.flow_id').execute(),
    readLibrary(db),
  ]);
  return rows.map((row) => keptFlow(row, library));
}

/** One flow; null where there is none, or it was removed. */
export async function readFlow(db: Database, flowId: string): Promise<KeptFlow | null> {
  const row = await flows(db).where('f.flow_id', '=', flowId).executeTakeFirst();
  return row === undefined ? null : keptFlow(row, await readLibrary(db));
}

function flows(db: Database) {
  return db
    .selectFrom('flow as f')
    .leftJoin('person as p', 'p.id', 'f.changed_by')
    .select([
      'f.draft',
      'f.version',
      'f.changed_at as changedAt',
      'f.changed_by as personId',
      'p.name as personName',
    ])
    .where('f.removed_at', 'is', null);
}

type FlowRow = {
  readonly draft: unknown;
  readonly version: number;
  readonly changedAt: Date;
  readonly personId: string | null;
  readonly personName: string | null;
};

function keptFlow(row: FlowRow, library: Library): KeptFlow {
  const { draft, version, changedAt, personId, personName } = row;
  const changedBy = personId === null ? null : { personId, name: personName ?? GONE };
  return { draft: withLibrary(FlowDraftSchema.parse(draft), library), version, changedAt, changedBy };
}
