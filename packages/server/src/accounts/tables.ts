import type { ColumnType, Generated } from 'kysely';
import type { Role } from './rights.ts';

/** Columns as in database/migrations/0003_accounts.sql. `person`, `person_*` and `rate_limit` are better-auth's. */
export interface AccountTables {
  person: {
    id: string;
    name: string;
    email: string;
    email_verified: boolean;
    image: string | null;
    role: Role;
    suspended: boolean;
    created_at: Date;
    updated_at: Date;
  };
  person_session: {
    id: string;
    token: string;
    user_id: string;
    expires_at: Date;
    ip_address: string | null;
    user_agent: string | null;
    created_at: Date;
    updated_at: Date;
  };
  person_credential: {
    id: string;
    account_id: string;
    provider_id: string;
    user_id: string;
    password: string | null;
    created_at: Date;
    updated_at: Date;
  };
  rate_limit: { id: string; key: string; count: number; last_request: number };
  sign_in_lock: { email_sha256: string; failures: number; last_attempt_at: Date; locked_until: Date | null };
  audit_log: {
    audit_id: Generated<number>;
    at: Date;
    user_id: string | null;
    action: string;
    subject: string;
    address: string | null;
    detail: ColumnType<unknown, string, never>;
  };
}
