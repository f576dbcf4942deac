import type { ColumnType, Generated } from 'kysely';
import type { Day } from '../database/tables.ts';
import type {
  AnsweredBy,
  AttemptOutcome,
  CampaignKind,
  CampaignState,
  Channel,
  ContactResult,
  EndedBecause,
  RateDestination,
  Rounding,
  SettledReason,
  SuppressionReason,
  SuppressionSource,
} from './words.ts';

/** waiting 待ち → inProgress 発信中 → waiting or done 済み; left out at any time: removed 取りやめ. */
export type RecipientState = 'waiting' | 'inProgress' | 'done' | 'removed';
/** reserved → dialling → ringing → talking → ended, or sent (text messages) → ended; from each of them unknown. */
export type AttemptState = 'reserved' | 'dialling' | 'ringing' | 'talking' | 'sent' | 'ended' | 'unknown';

/** Columns as in database/migrations/0023_campaigns.sql, 0026_campaign_cost.sql and 0027_campaign_planning.sql, where each is explained. */
export interface CampaignTables {
  campaign: {
    campaign_id: string;
    name: string;
    kind: CampaignKind;
    flow_id: string | null;
    phone_number: string | null;
    settings: ColumnType<unknown, string, string>;
    department: Generated<string>;
    state: Generated<CampaignState>;
    ended_because: EndedBecause | null;
    bundle_id: string | null;
    call_back_bundle_id: Generated<string | null>;
    started_at: Date | null;
    ended_at: Date | null;
    created_at: Date;
    created_by: string;
    changed_at: Date;
    changed_by: string;
    version: Generated<number>;
    next_call_at: Generated<Date>;
  };
  campaign_recipient: {
    recipient_id: Generated<number>;
    campaign_id: string;
    row_no: number;
    addressee_number: string;
    telephone: string;
    telephone_kind: string;
    name_kana: Generated<string>;
    birth_date: Day | null;
    values: ColumnType<unknown, string, string>;
    original: string[];
    person_key: Buffer;
    telephone_key: Buffer;
    state: Generated<RecipientState>;
    next_channel: Generated<Channel>;
    next_at: Generated<Date>;
    tries: Generated<number>;
    sms_tries: Generated<number>;
    settled_reason: SettledReason | null;
    settled_at: Date | null;
    result: ContactResult | null;
    result_at: Date | null;
    promised_on: Day | null;
  };
  campaign_attempt: {
    attempt_id: string;
    campaign_id: string;
    recipient_id: number;
    channel: Channel;
    is_call_back: Generated<boolean>;
    state: Generated<AttemptState>;
    call_node: string | null;
    bundle_id: string | null;
    trunk_id: string | null;
    reserved_at: Date;
    dialled_at: Date | null;
    ringing_at: Date | null;
    answered_at: Date | null;
    ended_at: Date | null;
    outcome: AttemptOutcome | null;
    counts_as_try: Generated<boolean>;
    sip_code: number | null;
    q850_cause: number | null;
    early_media: Generated<boolean>;
    sip_call_id: string | null;
    answered_by: AnsweredBy | null;
    identity: 'matched' | 'failed' | null;
    result: ContactResult | null;
    promised_on: Day | null;
    reserved_sen: Generated<number>;
    used_sen: number | null;
    department: Generated<string>;
  };
  campaign_attempt_person: { attempt_id: string; recipient_id: number };
  /** A view. */
  campaign_contact: { attempt_id: string; recipient_id: number };
  outcome_table: {
    trunk_id: string;
    rules: ColumnType<unknown, string, string>;
    changed_at: Date;
    changed_by: string;
    version: Generated<number>;
  };
  contact_cap: {
    one_row: Generated<boolean>;
    caps: ColumnType<unknown, string, string>;
    changed_at: Date;
    changed_by: string | null;
    version: Generated<number>;
  };
  call_rate: {
    destination: RateDestination;
    valid_from: Day;
    unit_seconds: number;
    unit_sen: number;
    fee_sen: number;
    tax_percent: ColumnType<string, number, number>;
    rounding: Rounding;
    changed_at: Date;
    changed_by: string | null;
    version: Generated<number>;
  };
  campaign_budget: {
    one_row: Generated<boolean>;
    budget: ColumnType<unknown, string, string>;
    changed_at: Date;
    changed_by: string | null;
    version: Generated<number>;
  };
  budget_use: {
    month: Day;
    department: string;
    reserved_sen: Generated<number>;
    used_sen: Generated<number>;
  };
  campaign_suppression: {
    suppression_id: string;
    person_key: Buffer | null;
    telephone_key: Buffer | null;
    addressee_number: string | null;
    telephone: string | null;
    reason: SuppressionReason;
    note: Generated<string>;
    from_day: Day;
    to_day: Day | null;
    source: SuppressionSource;
    added_at: Date;
    added_by: string | null;
    lifted_at: Date | null;
    lifted_by: string | null;
  };
  campaign_proposal: {
    proposal_id: string;
    campaign_id: string;
    content: ColumnType<unknown, string, string>;
    content_sha256: string;
    bundle_id: string | null;
    call_back_bundle_id: Generated<string | null>;
    comment: string;
    drafted_by: string;
    drafted_at: Date;
    steps: number;
    state: Generated<'waiting' | 'approved' | 'sentBack' | 'withdrawn' | 'voided'>;
    reason: string | null;
    settled_at: Date | null;
  };
  campaign_decision: {
    proposal_id: string;
    step: number;
    decision: 'approved' | 'sentBack';
    decided_by: string;
    on_behalf_of: string | null;
    reason: string;
    sms_may_tell_personal: boolean;
    content_sha256: string;
    decided_at: Date;
  };
  campaign_removal: { recipient_id: number; removed_by: string; removed_at: Date; reason: string };
  campaign_sounds: {
    campaign_id: string;
    bundle_id: string;
    total: number;
    done: Generated<number>;
    through_row: Generated<number>;
    ms_each: number | null;
    round_begun_at: Date | null;
    ready_at: Date | null;
    failed_because: string | null;
  };
}
