import type { ColumnType, Generated } from 'kysely';

/** Columns as in database/migrations/0028_campaign_results.sql, where each is explained. */
export interface ResultTables {
  result_mapping: {
    mapping_id: string;
    name: string;
    draft: ColumnType<unknown, string, string>;
    changed_at: Date;
    changed_by: string;
    version: Generated<number>;
  };
  result_export: {
    export_id: string;
    campaign_id: string;
    export_no: number;
    repeats: string | null;
    mapping_name: string;
    mapping: ColumnType<unknown, string, string>;
    state: Generated<'making' | 'ready' | 'failed'>;
    attempts: number;
    made_at: Date;
    made_by: string;
    notes: ColumnType<unknown, string | undefined, string>;
    files: ColumnType<unknown, string | undefined, string>;
  };
  result_export_attempt: { attempt_id: string; export_id: string; row_no: number };
  result_delivery: {
    delivery_id: Generated<number>;
    export_id: string;
    kind: 'download' | 'dropFolder' | 'handedOver';
    note: Generated<string>;
    at: Date;
    by_person: string;
  };
}
