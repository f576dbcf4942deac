import type { ColumnType, Generated } from 'kysely';
import type { SmsState } from './outbox/message-state.ts';
import type { SubmittedPart } from './port.ts';

/** Columns as in database/migrations/0002_sms.sql, 0009_sms_gateways.sql and 0013_keyed_in_sms.sql, where each is explained. */
export interface SmsTables {
  sms_message: {
    id: string;
    origin: string;
    to_number: string;
    text: string;
    is_keyed_in: Generated<boolean>;
    caller_number: string | null;
    state: Generated<SmsState>;
    parts: number;
    attempts: Generated<number>;
    resends: Generated<number>;
    owner: string | null;
    gateway: string | null;
    refused_by: Generated<string[]>;
    reference: number | null;
    submitted_parts: ColumnType<SubmittedPart[], string | undefined, string>;
    gateway_parts: number | null;
    cost_yen: string | null;
    gateway_message_ids: Generated<string[]>;
    refusal_code: number | null;
    last_error_code: number | null;
    created_at: Date;
    waiting_since: Date;
    next_attempt_at: Date;
    next_ask_at: Date | null;
    submitted_at: Date | null;
    settled_at: Date | null;
    finished_at: Date | null;
  };
  sms_part: { message_id: string; attempt: number; part: number; gateway_message_id: string };
  sms_receipt: {
    gateway: string;
    gateway_message_id: string;
    user_reference: number | null;
    state: 'delivered' | 'undeliverable' | 'expired' | 'rejected' | 'unknown';
    from_number: string | null;
    at: Date;
    received_at: Date;
  };
}
