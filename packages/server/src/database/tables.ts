import type { ColumnType, Generated } from 'kysely';
import type { AccountTables } from '../accounts/tables.ts';
import type { AnnouncementTables } from '../announcements/tables.ts';
import type { DeskCallTables } from '../calls/desk/tables.ts';
import type { PlacedCallTables } from '../calls/placed/tables.ts';
import type { ListTables } from '../campaigns/lists/tables.ts';
import type { ResultTables } from '../campaigns/results/tables.ts';
import type { CampaignTables } from '../campaigns/tables.ts';
import type { EmergencyTables } from '../emergency/tables.ts';
import type { FlowTables } from '../flows/tables.ts';
import type { InboxTables } from '../inbox/tables.ts';
import type { NumberTables } from '../numbers/tables.ts';
import type { SmsTables } from '../sms/tables.ts';

/** A JSON column: written as text that is JSON, read as something a schema must still look at. */
export type Json = ColumnType<unknown, string, string>;
/** A Japanese business day, 'YYYY-MM-DD'. */
export type Day = string;

/** Columns as in migrations/; a room with many tables of its own keeps their types beside itself. */
export interface Tables
  extends SmsTables,
    AccountTables,
    InboxTables,
    PlacedCallTables,
    DeskCallTables,
    FlowTables,
    AnnouncementTables,
    NumberTables,
    EmergencyTables,
    CampaignTables,
    ListTables,
    ResultTables {
  calendar: {
    calendar_id: string;
    name: string;
    calendar: Json;
    updated_at: Generated<Date>;
    version: Generated<number>;
    changed_by: string | null;
  };
  holiday_file: {
    file_id: Generated<number>;
    file_name: string;
    content: Buffer;
    holidays: Json;
    loaded_at: Date;
    loaded_by: string;
  };
  number_list: { list_id: string; name: string };
  number_list_entry: { list_id: string; number: string };
  reading: {
    surface: string;
    reading: string;
    updated_at: Generated<Date>;
    version: Generated<number>;
    changed_by: string | null;
  };
  flow_bundle: {
    bundle_id: string;
    name: string;
    comment: Generated<string>;
    bundle: Json;
    published_at: Generated<Date>;
    flow_id: string | null;
    version_no: number | null;
    published_by: string | null;
  };
  call_event: {
    call_day: Day;
    call_id: string;
    seq: number;
    at: Date;
    at_ms: number;
    schema_version: number;
    type: string;
    node_id: string | null;
    taken: Json;
    event: Json;
    sealed_with: string | null;
    spoken: ColumnType<unknown, string | undefined, string>;
  };
  call_summary: {
    call_day: Day;
    call_id: string;
    phone_number: string;
    caller_number: string | null;
    caller_kind: string;
    sip_call_id: string | null;
    call_node: string;
    bundle_id: string;
    began_at: Date;
    answered_at: Date | null;
    ended_at: Date | null;
    outcome: string | null;
    node_id: string | null;
    node_title: string | null;
    node_kind: string | null;
    keys: string;
    is_test: Generated<boolean>;
    is_placed: Generated<boolean>;
    path: ColumnType<unknown, string | undefined, string>;
    last_seq: number;
    change_id: number;
  };
  branch_count: {
    call_day: Day;
    hour: number;
    phone_number: string;
    bundle_id: string;
    flow_id: string;
    node_id: string;
    branch: string;
    count: number;
  };
  recording: {
    recording_id: string;
    call_id: string;
    call_day: Day;
    kind: 'transfer' | 'voicemail';
    state: Generated<'recording' | 'ready' | 'failed'>;
    file_name: string;
    duration_ms: number | null;
    began_at: Date;
  };
  inbox_item: {
    item_id: string;
    kind: 'voicemail' | 'callBack' | 'noMoreCalls';
    call_id: string;
    call_day: Day;
    phone_number: string;
    call_back_number: string | null;
    wished_time: string | null;
    state: Generated<'open' | 'inProgress' | 'done'>;
    assignee_id: string | null;
    due_at: Date;
    memo: Generated<string>;
    result_memo: Generated<string>;
    created_at: Date;
    changed_at: Date;
    version: Generated<number>;
  };
  trunk: {
    trunk_id: string;
    position: number;
    settings: Json;
    changed_by: string | null;
    changed_at: Generated<Date>;
    version: Generated<number>;
  };
  call_answer: {
    call_day: Day;
    call_id: string;
    seq: number;
    bundle_id: string;
    flow_id: string;
    node_id: string;
    question_id: string;
    key: string | null;
    label: string | null;
  };
  trunk_test: {
    trunk_id: string;
    version: number;
    tested_at: Date;
    tested_by: string;
    results: Json;
  };
  line_use: { call_node: string; trunks: Json; said_at: Date };
  component_state: { component: string; state: 'up' | 'down'; said_at: Date };
  schema_migration: { name: string; sha256: string; applied_at: Generated<Date> };
}
