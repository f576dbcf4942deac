import type { Generated } from 'kysely';
import type { Json } from '../database/index.ts';

/** Columns as in database/migrations/0015_flow.sql. */
export interface FlowTables {
  flow: {
    flow_id: string;
    name: string;
    draft: Json;
    version: Generated<number>;
    changed_at: Generated<Date>;
    changed_by: string | null;
    removed_at: Date | null;
  };
  flow_presence: { flow_id: string; window_id: string; person_id: string; seen_at: Date };
}
