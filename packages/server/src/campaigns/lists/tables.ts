import type { ColumnType, Generated } from 'kysely';
import type { Day, Json } from '../../database/tables.ts';
import type { ListPurpose, ListState } from '../../http/campaign-list-contract.ts';

/** Columns as in database/migrations/0024_campaign_lists.sql, where each is explained. */
export interface ListTables {
  list_mapping: {
    mapping_id: string;
    name: string;
    purpose: ListPurpose;
    columns: Json;
    changed_at: Date;
    changed_by: string;
    version: Generated<number>;
  };
  campaign_list: {
    list_id: string;
    campaign_id: string;
    purpose: ListPurpose;
    file_name: string;
    kind: 'csv' | 'xlsx';
    encoding: 'utf-8' | 'cp932' | null;
    state: Generated<ListState>;
    problem: string | null;
    file_bytes: number;
    headers: string[];
    samples: Json;
    columns: ColumnType<unknown, string | null, string | null>;
    bytes_read: Generated<number>;
    rows_read: Generated<number>;
    usable: Generated<number>;
    left_out: Generated<number>;
    warned: Generated<number>;
    sent_at: Date;
    sent_by: string;
    worked_at: Date;
    accepted_at: Date | null;
  };
  campaign_list_row: {
    list_id: string;
    row_no: number;
    left_out: boolean;
    problems: Json;
    addressee_number: string;
    telephone: string;
    telephone_kind: string;
    name_kana: string;
    birth_date: Day | null;
    values: Json;
    original: string[];
    person_key: Buffer;
    telephone_key: Buffer;
    recipient_ids: Generated<number[]>;
  };
}
