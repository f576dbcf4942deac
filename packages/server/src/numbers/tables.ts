import type { Generated } from 'kysely';
import type { Day } from '../database/tables.ts';

export type NumberState = 'preparing' | 'test' | 'live' | 'stopped';

/** Columns as in database/migrations/0016_numbers.sql and 0021_telephone_trial.sql. */
export interface NumberTables {
  phone_number: {
    phone_number: string;
    name: string;
    state: Generated<NumberState>;
    bundle_id: string | null;
    trial_bundle_id: string | null;
    ordered_trial_id: string | null;
    fallback_number: string | null;
    calendar_id: string | null;
    recording_enabled: Generated<boolean>;
    opens_on: Day | null;
    forward_to: string | null;
    presented: string | null;
    max_calls: number | null;
    when_full: Generated<'busy' | 'announcement'>;
    flow_id: string | null;
    approval_steps: Generated<number>;
    approval_set_by: string | null;
    created_at: Generated<Date>;
    changed_at: Generated<Date>;
    changed_by: string | null;
    version: Generated<number>;
  };
  number_plan: {
    plan_id: Generated<number>;
    phone_number: string;
    due_at: Date;
    kind: 'state';
    state: NumberState | null;
    created_at: Date;
    created_by: string;
    result: 'done' | 'failed' | 'cancelled' | null;
    reason: string | null;
    settled_at: Date | null;
    settled_by: string | null;
  };
  test_caller: {
    number: string;
    note: string;
    from_day: Day | null;
    to_day: Day | null;
    changed_at: Date;
    changed_by: string;
    version: Generated<number>;
  };
}
