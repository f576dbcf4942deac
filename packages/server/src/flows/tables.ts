import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../database/index.ts';

/** Columns as in database/migrations/0015_flow.sql, 0019_flow_tests.sql, 0020_publishing.sql, 0021_telephone_trial.sql and 0033_own_hosts.sql. */
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
  own_hosts: {
    one_row: Generated<boolean>;
    hosts: string[];
    changed_at: Date;
    changed_by: string | null;
    version: Generated<number>;
  };
  flow_presence: { flow_id: string; window_id: string; person_id: string; seen_at: Date };
  flow_test: {
    test_id: string;
    flow_id: string;
    name: string;
    test: Json;
    changed_at: Date;
    changed_by: string;
  };
  telephone_trial: {
    bundle_id: string;
    ordered_by: string;
    ordered_at: Date;
    failed_because: string | null;
  };
  flow_replay: {
    replay_id: string;
    flow_id: string;
    from_day: string;
    to_day: string;
    phone_numbers: Json;
    state: Generated<'waiting' | 'running' | 'done' | 'cancelled' | 'failed'>;
    done: Generated<number>;
    total: number | null;
    is_cut: Generated<boolean>;
    totals: ColumnType<unknown, string | null, string | null>;
    asked_at: Date;
    asked_by: string;
    settled_at: Date | null;
  };
  proposal: {
    proposal_id: string;
    flow_id: string;
    draft_version: number;
    bundle: Json;
    content_sha256: string;
    comment: string;
    drafted_by: string;
    drafted_at: Date;
    steps: number;
    publish_when: 'approved' | 'at' | 'byHand';
    publish_at: Date | null;
    state: Generated<'waiting' | 'approved' | 'sentBack' | 'withdrawn' | 'published' | 'failed'>;
    sounds_ready_at: Date | null;
    reason: string | null;
    bundle_id: string | null;
    settled_at: Date | null;
  };
  proposal_number: { proposal_id: string; phone_number: string };
  proposal_decision: {
    proposal_id: string;
    step: number;
    decision: 'approved' | 'sentBack';
    decided_by: string;
    on_behalf_of: string | null;
    reason: string;
    content_sha256: string;
    decided_at: Date;
  };
}
