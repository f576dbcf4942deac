import type { Generated } from 'kysely';
import type { InboxDeed, NoteKind } from '../http/inbox-contract.ts';

/** Columns as in database/migrations/0008_call_notes.sql, where each is explained. */
export interface InboxTables {
  note_choice_list: { kind: NoteKind; version: Generated<number> };
  note_choice: {
    choice_id: string;
    kind: NoteKind;
    label: string;
    position: number;
    hidden: Generated<boolean>;
  };
  call_note: {
    call_id: string;
    call_day: string;
    category_id: string | null;
    result_id: string | null;
    memo: Generated<string>;
    taken_by: string | null;
    taken_at: Date | null;
    changed_by: string;
    changed_at: Date;
    version: Generated<number>;
  };
  inbox_item_change: {
    item_id: string;
    version: number;
    at: Date;
    person_id: string;
    deed: InboxDeed;
    to_person_id: string | null;
  };
  complaint_flag: {
    flag_id: Generated<number>;
    number: string;
    flagged: boolean;
    reason: string;
    person_id: string;
    at: Date;
  };
}
