import type { Generated } from 'kysely';
import type { PlacedCallFailure } from '../../line/index.ts';

/** A call that staff place: `ordered` → `ringingStaff` → `ringingCitizen` → `talking` → `ended`; from each of them `failed` or `unknown`. */
export type PlacedCallState =
  | 'ordered'
  | 'ringingStaff'
  | 'ringingCitizen'
  | 'talking'
  | 'ended'
  | 'failed'
  | 'unknown';

/** `expired`: no telephone process took it in time; nothing has rung. */
export type PlacedCallReason = PlacedCallFailure | 'expired';

export const OPEN_STATES = ['ordered', 'ringingStaff', 'ringingCitizen', 'talking'] as const;

/** Columns as in database/migrations/0011_placed_call.sql, where each is explained. */
export interface PlacedCallTables {
  person_telephone: { person_id: string; number: string; changed_at: Date };
  placed_call: {
    placed_call_id: string;
    item_id: string | null;
    person_id: string;
    staff_number: string;
    citizen_number: string;
    presented_number: string;
    state: Generated<PlacedCallState>;
    reason: PlacedCallReason | null;
    created_at: Date;
    call_node: string | null;
    connected_at: Date | null;
    ended_at: Date | null;
    stop_asked_at: Date | null;
  };
}
