import type { Generated } from 'kysely';

/** What follows an emergency announcement: the number's flow, or the end of the call. */
export type Afterwards = 'goOn' | 'hangUp';

/** Columns as in database/migrations/0016_numbers.sql and 0022_emergency_telephone.sql. */
export interface EmergencyTables {
  emergency_message: {
    message_id: string;
    name: string;
    text: string;
    afterwards: Afterwards;
    /** Null: all. */
    phone_numbers: readonly string[] | null;
    changed_at: Date;
    changed_by: string;
    removed_at: Date | null;
    version: Generated<number>;
  };
  emergency_period: {
    period_id: Generated<number>;
    message_id: string;
    name: string;
    text: string;
    afterwards: Afterwards;
    phone_numbers: readonly string[] | null;
    began_at: Date;
    began_by: string;
    ends_at: Date;
    ended_at: Date | null;
    ended_by: string | null;
    began_by_telephone: Generated<boolean>;
    ended_by_telephone: Generated<boolean>;
  };
  /** One row. */
  emergency_telephone: {
    only_row: Generated<boolean>;
    phone_number: string | null;
    closed_until: Date | null;
    changed_at: Date | null;
    changed_by: string | null;
    version: Generated<number>;
  };
  emergency_pin: {
    person_id: string;
    staff_number: string;
    pin_hash: string;
    wrong_in_a_row: Generated<number>;
    locked_at: Date | null;
    set_at: Date;
  };
  emergency_failed_call: { call_id: string; failed_at: Date };
}
