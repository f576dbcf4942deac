import type { Generated } from 'kysely';

/** What follows an emergency announcement: the number's flow, or the end of the call. */
export type Afterwards = 'goOn' | 'hangUp';

/** Columns as in database/migrations/0016_numbers.sql. */
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
  };
}
