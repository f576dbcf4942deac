import type { Logger } from 'pino';
import type { Database } from '../../database/index.ts';
import { DEFAULT_OUTCOME_TABLE } from './default-outcome-table.ts';
import { type OutcomeTable, OutcomeTableSchema } from './outcome-of.ts';

/** What the answers of each trunk's network mean, as the telephone keeps it in memory. */
export type OutcomeTables = {
  /** Of a trunk; the default where it has none of its own, or is not known (null). */
  of(trunkId: string | null): OutcomeTable;
  /** Reads all of them anew. Where PostgreSQL is away, what was read last goes on counting. */
  refresh(): Promise<void>;
};

/** Everywhere the default, until `refresh` has read. A table that is not readable (of a newer version) is left out, and the log says so. */
export function createOutcomeTables({
  db,
  log,
}: {
  readonly db: Database;
  readonly log: Pick<Logger, 'error' | 'warn'>;
}): OutcomeTables {
  let tables: ReadonlyMap<string, OutcomeTable> = new Map();
  return {
    of: (trunkId) => (trunkId === null ? undefined : tables.get(trunkId)) ?? DEFAULT_OUTCOME_TABLE,
    async refresh() {
      try {
        const rows = await db.selectFrom('outcome_table').select(['trunk_id', 'rules']).execute();
        tables = new Map(
          rows.flatMap(({ trunk_id: trunkId, rules }) => {
            const read = OutcomeTableSchema.safeParse(rules);
            if (read.success) return [[trunkId, read.data] as const];
            log.error({ trunkId }, 'the table of answers of a trunk cannot be read: the default counts');
            return [];
          }),
        );
      } catch (error) {
        log.warn({ err: error }, 'the tables of answers cannot be read: those read last count');
      }
    },
  };
}
