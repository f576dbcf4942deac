import type { ColumnType, Generated } from 'kysely';

/** Columns as in database/migrations/0028_campaign_results.sql and 0032_result_files.sql, where each is explained. */
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
    repeat_reason: string | null;
    files_until: Date | null;
    files_gone_at: Date | null;
  };
  result_export_attempt: { attempt_id: string; export_id: string; row_no: number };
  result_delivery: {
    delivery_id: Generated<number>;
    export_id: string;
    kind: 'download' | 'dropFolder' | 'handedOver' | 'coreSystem';
    note: Generated<string>;
    at: Date;
    /** One of the two. */
    by_person: string | null;
    by_token: string | null;
  };
  result_token: {
    token_id: string;
    name: string;
    token_sha256: Buffer;
    made_at: Date;
    made_by: string;
    expires_at: Date;
    revoked_at: Date | null;
    revoked_by: string | null;
    last_used_at: Date | null;
  };
}
