import { type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';
import type { SubmittedPart } from '../port.ts';

/** The statements that move a text through its life (message-state.ts). Each is one statement, so each is a transaction. */

/** An answer of the gateway, as it is written down. */
export type SmsResult = {
  readonly id: string;
  readonly attempt: number;
  readonly state: 'accepted' | 'refused' | 'unknown' | 'waiting';
  readonly code: number | null;
  readonly nextAttemptAt: Date | null;
  /** All parts that the gateway has or may have, of earlier tries too. */
  readonly submitted: readonly SubmittedPart[];
  /** It said no for good and has nothing of the text, which waits for another gateway. */
  readonly isPassedOn: boolean;
  /** Parts and price at that gateway; the price is null where it has nothing of the text. */
  readonly parts: number;
  readonly costYen: string | null;
  readonly nextAskAt: Date | null;
};

const IdsSchema = z.array(z.object({ id: z.string() }));

const SettledSchema = z.object({
  id: z.string(),
  state: z.enum(['accepted', 'refused', 'unknown', 'waiting']),
  code: z.int().nullable(),
});
/** A text and the state it is in now. */
export type SettledRow = z.infer<typeof SettledSchema>;

/**
 * submitting (or unknown, where another took this sender for dead) → what the gateway said. A text sent again that is refused now
 * stays 'unknown': its first submit may have arrived. A text of which the gateway has nothing belongs to no gateway.
 * @returns the texts that were this sender's to settle
 */
export async function recordResults(
  db: QueryExecutorProvider,
  owner: string,
  results: readonly SmsResult[],
  now: Date,
): Promise<readonly SettledRow[]> {
  const { rows } = await sql`
    with result as (
      select * from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as r (
        id text, attempt integer, state text, code integer, "nextAttemptAt" timestamptz, submitted jsonb,
        "isPassedOn" boolean, parts integer, "costYen" numeric, "nextAskAt" timestamptz)
    ), changed as (
      update sms_message m
      set state = case when r.state = 'refused' and m.resends > 0 then 'unknown' else r.state end,
          refusal_code = case when r.state = 'refused' and m.resends = 0 then r.code end,
          last_error_code = coalesce(r.code, m.last_error_code),
          next_attempt_at = coalesce(r."nextAttemptAt", m.next_attempt_at),
          settled_at = case when r.state <> 'waiting' then ${now}::timestamptz end,
          gateway = case when r.state = 'waiting' and r.submitted = '[]' and m.resends = 0 then null else m.gateway end,
          refused_by = case when r."isPassedOn" then array_append(m.refused_by, m.gateway) else m.refused_by end,
          submitted_parts = r.submitted,
          gateway_parts = case when r.submitted <> '[]' then jsonb_array_length(r.submitted) end,
          gateway_message_ids = array(
            select part ->> 'gatewayMessageId' from jsonb_array_elements(r.submitted) as part
            where part ->> 'gatewayMessageId' <> ''),
          parts = r.parts, cost_yen = r."costYen", next_ask_at = r."nextAskAt"
      from result r
      where m.id = r.id and m.attempts = r.attempt and m.owner = ${owner} and m.state in ('submitting', 'unknown')
      returning m.id, m.state, m.refusal_code, r.attempt, r.submitted
    ), part as (
      insert into sms_part (message_id, attempt, part, gateway_message_id)
      select c.id, c.attempt, p.part, p."gatewayMessageId"
      from changed c, jsonb_to_recordset(c.submitted) as p (part integer, "gatewayMessageId" text)
      where p."gatewayMessageId" <> ''
      on conflict do nothing
    )
    select id, state, refusal_code as code from changed`.execute(db);
  return z.array(SettledSchema).parse(rows);
}

/** submitting → waiting, for claims of a living sender that it knows nothing of: the answer to its claim was lost on the way. */
export async function releaseLostClaims(
  db: QueryExecutorProvider,
  owner: string,
  known: readonly string[],
): Promise<void> {
  await sql`
    update sms_message set state = 'waiting'
    where state = 'submitting' and owner = ${owner} and id <> all(${known}::text[])`.execute(db);
}

/**
 * submitting → unknown, for texts whose sender holds its advisory lock no more. A gateway that can be asked is asked about them at once.
 * @returns their ids
 */
export async function settleDeadOwners(
  db: QueryExecutorProvider,
  owner: string,
  now: Date,
): Promise<readonly string[]> {
  const { rows } = await sql`
    with other as materialized (
      select distinct owner from sms_message where state = 'submitting' and owner <> ${owner}
    ), dead as materialized (
      select owner from other where pg_try_advisory_xact_lock(hashtextextended(owner, 0))
    )
    update sms_message set state = 'unknown', settled_at = ${now}, next_ask_at = ${now}
    where state = 'submitting' and owner in (select owner from dead)
    returning id`.execute(db);
  return IdsSchema.parse(rows).map(({ id }) => id);
}

/** waiting → refused (unknown where a gateway has, or may have, something of it), for texts that wait since before `since`. */
export async function giveUpOverdue(
  db: QueryExecutorProvider,
  since: Date,
  now: Date,
): Promise<readonly SettledRow[]> {
  const { rows } = await sql`
    update sms_message
    set state = case when resends > 0 or submitted_parts <> '[]' then 'unknown' else 'refused' end, settled_at = ${now},
        refusal_code = case when resends = 0 and submitted_parts = '[]' then last_error_code end
    where state = 'waiting' and waiting_since < ${since}
    returning id, state, refusal_code as code`.execute(db);
  return z.array(SettledSchema).parse(rows);
}

/** unknown → waiting, once, for the same gateway, by the policy `onceAfterNoReceipt`. @returns their ids */
export async function resendUnknown(
  db: QueryExecutorProvider,
  settledBefore: Date,
  now: Date,
): Promise<readonly string[]> {
  const { rows } = await sql`
    update sms_message m set state = 'waiting', resends = resends + 1, submitted_parts = '[]',
      waiting_since = ${now}, next_attempt_at = ${now}
    where m.state = 'unknown' and m.resends = 0 and m.settled_at < ${settledBefore}
      and not exists (
        select from sms_receipt r join sms_part p using (gateway_message_id)
        where p.message_id = m.id and r.gateway = m.gateway)
      and not exists (
        select from sms_receipt r
        where r.gateway = m.gateway and r.from_number = m.to_number and r.received_at >= m.submitted_at
          and not exists (
            select from sms_part p join sms_message owner on owner.id = p.message_id
            where p.gateway_message_id = r.gateway_message_id and owner.gateway = r.gateway))
    returning m.id`.execute(db);
  return IdsSchema.parse(rows).map(({ id }) => id);
}

const UnpricedSchema = z.object({ id: z.string(), text: z.string(), gateway: z.string() });

/** 'unknown' texts of dead senders have no price yet, though the gateway may bill them. */
export async function readUnpriced(
  db: QueryExecutorProvider,
  gateways: readonly string[],
): Promise<readonly z.infer<typeof UnpricedSchema>[]> {
  const { rows } = await sql`
    select id, text, gateway from sms_message
    where state = 'unknown' and cost_yen is null and gateway = any(${gateways}::text[])
    limit 500`.execute(db);
  return z.array(UnpricedSchema).parse(rows);
}

export async function recordPrices(
  db: QueryExecutorProvider,
  prices: readonly { readonly id: string; readonly parts: number; readonly costYen: string | null }[],
): Promise<void> {
  await sql`
    update sms_message m set parts = r.parts, cost_yen = r."costYen"
    from jsonb_to_recordset(${JSON.stringify(prices)}::jsonb) as r (id text, parts integer, "costYen" numeric)
    where m.id = r.id and m.cost_yen is null`.execute(db);
}
