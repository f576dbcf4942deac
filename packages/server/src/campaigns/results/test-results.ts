import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { AnsweredBy, AttemptOutcome, Channel, ContactResult } from '../words.ts';

/** For tests: a campaign whose calls are over, as dialling leaves it. */

export async function layCampaign(
  db: Database,
  campaignId: string,
  name = '固定資産税のお知らせ',
): Promise<void> {
  const at = new Date('2026-11-24T00:00:00Z');
  const by = 'nobody';
  await db
    .insertInto('campaign')
    .values({
      campaign_id: campaignId,
      name,
      kind: 'dueDateNotice',
      flow_id: null,
      phone_number: null,
      settings: '{}',
      state: 'running',
      ended_because: null,
      bundle_id: null,
      started_at: at,
      ended_at: null,
      created_at: at,
      created_by: by,
      changed_at: at,
      changed_by: by,
    })
    .execute();
}

export type LaidRecipient = {
  readonly rowNo: number;
  readonly addresseeNumber?: string;
  readonly nameKana?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly original?: readonly string[];
  readonly result?: ContactResult;
  readonly promisedOn?: string;
  readonly isReached?: boolean;
};

export async function layRecipient(
  db: Database,
  campaignId: string,
  recipient: LaidRecipient,
): Promise<number> {
  const { rowNo, result, promisedOn, isReached = result !== undefined } = recipient;
  const at = new Date('2026-11-24T02:00:00Z');
  const values = Object.entries(recipient.values ?? {}).map(([name, text]) => [
    name,
    { text, readAs: 'text' },
  ]);
  const { recipient_id } = await db
    .insertInto('campaign_recipient')
    .values({
      campaign_id: campaignId,
      row_no: rowNo,
      addressee_number: recipient.addresseeNumber ?? String(rowNo).padStart(10, '0'),
      telephone: `0900000${String(rowNo).padStart(4, '0')}`,
      telephone_kind: 'mobile',
      name_kana: recipient.nameKana ?? '',
      birth_date: null,
      values: JSON.stringify(Object.fromEntries(values)),
      original: [...(recipient.original ?? [])],
      person_key: Buffer.from(`p${rowNo}`),
      telephone_key: Buffer.from(`t${rowNo}`),
      state: isReached ? 'done' : 'waiting',
      settled_reason: isReached ? 'reached' : null,
      settled_at: isReached ? at : null,
      result: result ?? null,
      result_at: result === undefined ? null : at,
      promised_on: promisedOn ?? null,
    })
    .returning('recipient_id')
    .executeTakeFirstOrThrow();
  return recipient_id;
}

export type LaidAttempt = {
  readonly attemptId?: string;
  readonly channel?: Channel;
  readonly isCallBack?: boolean;
  /** Wall time of the reservation; the answer comes ten seconds later, the end after another minute. */
  readonly at: string;
  /** Null: it goes on. */
  readonly outcome: AttemptOutcome | null;
  readonly answeredBy?: AnsweredBy;
  readonly result?: ContactResult;
  readonly promisedOn?: string;
  readonly sipCode?: number;
  readonly bundleId?: string;
};

export async function layAttempt(
  db: Database,
  campaignId: string,
  recipientId: number,
  attempt: LaidAttempt,
): Promise<string> {
  const { attemptId = `att-${randomUUID()}`, channel = 'call', outcome } = attempt;
  const reserved = Date.parse(attempt.at);
  const isAnswered = outcome === 'answered' || outcome === 'hungUpAtOnce';
  await db
    .insertInto('campaign_attempt')
    .values({
      attempt_id: attemptId,
      campaign_id: campaignId,
      recipient_id: recipientId,
      channel,
      is_call_back: attempt.isCallBack ?? false,
      state: outcome === null ? 'ringing' : outcome === 'unknown' ? 'unknown' : 'ended',
      call_node: 'node1',
      bundle_id: attempt.bundleId ?? null,
      trunk_id: null,
      reserved_at: new Date(reserved),
      dialled_at: new Date(reserved + 1_000),
      ringing_at: null,
      answered_at: isAnswered ? new Date(reserved + 10_000) : null,
      ended_at: outcome === null ? null : new Date(reserved + 70_000),
      outcome,
      sip_code: attempt.sipCode ?? null,
      q850_cause: null,
      sip_call_id: null,
      answered_by: attempt.answeredBy ?? null,
      identity: null,
      result: attempt.result ?? null,
      promised_on: attempt.promisedOn ?? null,
      used_sen: null,
    })
    .execute();
  return attemptId;
}

/** So many recipients with one ended attempt each, in one statement. */
export async function layMany(db: Database, campaignId: string, count: number): Promise<void> {
  await sql`
    with recipient as (
      insert into campaign_recipient (campaign_id, row_no, addressee_number, telephone, telephone_kind, name_kana, values,
        original, person_key, telephone_key, state, settled_reason, settled_at)
      select ${campaignId}, i, lpad(i::text, 15, '0'), '09000000001', 'mobile', 'ヤマダ　タロウ',
        '{"税目コード": {"text": "02", "readAs": "text"}, "期別": {"text": "3", "readAs": "text"}}',
        array[lpad(i::text, 15, '0'), '山田 太郎', '東京都千代田区千代田一丁目一番一号', '12000'],
        int8send(i), '\\x01', 'done', 'reached', '2026-11-24T02:00:00Z'
      from generate_series(1, ${count}::bigint) as i
      returning recipient_id, row_no
    )
    insert into campaign_attempt (attempt_id, campaign_id, recipient_id, channel, state, reserved_at, dialled_at, answered_at,
      ended_at, outcome, answered_by, result)
    select 'att-' || recipient_id, ${campaignId}, recipient_id, 'call', 'ended', t, t, t + interval '9 s', t + interval '40 s',
      'answered', 'human', 'informed'
    from recipient cross join lateral (select '2026-11-24T00:00:00Z'::timestamptz + row_no * interval '100 ms') as at (t)`.execute(
    db,
  );
}
