import { type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';
import type { DeliveryReceipt } from '../port.ts';
import type { SmsSenderSettings } from './settings.ts';

/** The statements that move a text through its life (message-state.ts). Each is one statement, so each is a transaction. */

const ClaimedSchema = z.object({ id: z.string(), to: z.string(), text: z.string(), attempt: z.int() });
export type ClaimedSms = z.infer<typeof ClaimedSchema>;

/** An answer of the gateway, as it is written down. */
export type SmsResult = {
  readonly id: string;
  readonly attempt: number;
  readonly state: 'accepted' | 'refused' | 'unknown' | 'waiting';
  readonly code: number | null;
  readonly nextAttemptAt: Date | null;
  readonly gatewayMessageIds: readonly string[];
};

const IdsSchema = z.array(z.object({ id: z.string() }));

const SettledSchema = z.object({
  id: z.string(),
  state: z.enum(['accepted', 'refused', 'unknown', 'waiting']),
  code: z.int().nullable(),
});
/** A text and the state it is in now. */
export type SettledRow = z.infer<typeof SettledSchema>;

/** waiting → submitting. When this returns, the claim is committed. */
export async function claimWaiting(
  db: QueryExecutorProvider,
  claim: { readonly owner: string; readonly now: Date; readonly limit: number },
): Promise<readonly ClaimedSms[]> {
  const { rows } = await sql`
    update sms_message
    set state = 'submitting', owner = ${claim.owner}, attempts = attempts + 1, submitted_at = ${claim.now}
    where id in (
      select id from sms_message
      where state = 'waiting' and next_attempt_at <= ${claim.now}
      order by next_attempt_at, created_at, id
      limit ${claim.limit}
      for update skip locked)
    returning id, to_number as "to", text, attempts as attempt`.execute(db);
  return z.array(ClaimedSchema).parse(rows);
}

/**
 * submitting (or unknown, where another took this sender for dead) → what the gateway said. A text sent again that is refused now
 * stays 'unknown': its first submit may have arrived.
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
        id text, attempt integer, state text, code integer, "nextAttemptAt" timestamptz, "gatewayMessageIds" jsonb)
    ), changed as (
      update sms_message m
      set state = case when r.state = 'refused' and m.resends > 0 then 'unknown' else r.state end,
          refusal_code = case when r.state = 'refused' and m.resends = 0 then r.code end,
          last_error_code = coalesce(r.code, m.last_error_code),
          next_attempt_at = coalesce(r."nextAttemptAt", m.next_attempt_at),
          settled_at = case when r.state <> 'waiting' then ${now}::timestamptz end,
          gateway_message_ids = array(select jsonb_array_elements_text(r."gatewayMessageIds"))
      from result r
      where m.id = r.id and m.attempts = r.attempt and m.owner = ${owner} and m.state in ('submitting', 'unknown')
      returning m.id, m.state, m.refusal_code, r.attempt, r."gatewayMessageIds" as ids
    ), part as (
      insert into sms_part (message_id, attempt, part, gateway_message_id)
      select c.id, c.attempt, p.part, p.gateway_message_id
      from changed c, jsonb_array_elements_text(c.ids) with ordinality as p (gateway_message_id, part)
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

/** submitting → unknown, for texts whose sender holds its advisory lock no more. @returns their ids */
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
    update sms_message set state = 'unknown', settled_at = ${now}
    where state = 'submitting' and owner in (select owner from dead)
    returning id`.execute(db);
  return IdsSchema.parse(rows).map(({ id }) => id);
}

/** waiting → refused (unknown where it was sent before), for texts that wait since before `since`. */
export async function giveUpOverdue(
  db: QueryExecutorProvider,
  since: Date,
  now: Date,
): Promise<readonly SettledRow[]> {
  const { rows } = await sql`
    update sms_message
    set state = case when resends > 0 then 'unknown' else 'refused' end, settled_at = ${now},
        refusal_code = case when resends = 0 then last_error_code end
    where state = 'waiting' and waiting_since < ${since}
    returning id, state, refusal_code as code`.execute(db);
  return z.array(SettledSchema).parse(rows);
}

/** unknown → waiting, once, by the policy `onceAfterNoReceipt`. @returns their ids */
export async function resendUnknown(
  db: QueryExecutorProvider,
  settledBefore: Date,
  now: Date,
): Promise<readonly string[]> {
  const { rows } = await sql`
    update sms_message m set state = 'waiting', resends = resends + 1,
      waiting_since = ${now}, next_attempt_at = ${now}
    where m.state = 'unknown' and m.resends = 0 and m.settled_at < ${settledBefore}
      and not exists (
        select from sms_receipt r join sms_part p using (gateway_message_id) where p.message_id = m.id)
      and not exists (
        select from sms_receipt r
        where r.from_number = m.to_number and r.received_at >= m.submitted_at
          and not exists (select from sms_part p where p.gateway_message_id = r.gateway_message_id))
    returning m.id`.execute(db);
  return IdsSchema.parse(rows).map(({ id }) => id);
}

export async function insertReceipt(
  db: QueryExecutorProvider,
  receipt: DeliveryReceipt,
  now: Date,
): Promise<void> {
  await sql`
    insert into sms_receipt (gateway_message_id, state, from_number, at, received_at)
    values (${receipt.gatewayMessageId}, ${receipt.state}, ${receipt.from}, ${receipt.at}, ${now})
    on conflict do nothing`.execute(db);
}

/**
 * accepted → delivered or undeliverable, unknown → undeliverable, as far as the receipts say. Parts and receipts are each inserted
 * before this looks, so that of two that come at the same time the later one sees both. Receipts older than the submit belong
 * to an earlier life of a gateway's id.
 */
export async function matchReceipts(
  db: QueryExecutorProvider,
  texts: { readonly gatewayMessageId: string } | { readonly ids: readonly string[] } | 'all',
  receiptsOn: SmsSenderSettings['receiptsOn'],
): Promise<void> {
  if (receiptsOn === 'none') return;
  const concerned =
    texts === 'all'
      ? sql`true`
      : 'ids' in texts
        ? sql`m.id = any(${texts.ids})`
        : sql`m.id in (select message_id from sms_part where gateway_message_id = ${texts.gatewayMessageId})`;
  const complete = receiptsOn === 'everyPart' ? sql`t.parts_delivered = t.parts` : sql`t.last_delivered`;
  await sql`
    with told as (
      select m.id, m.state, m.parts, max(r.at) as at,
        bool_or(r.state in ('undeliverable', 'expired', 'rejected')) as failed,
        count(distinct p.part) filter (where r.state = 'delivered') as parts_delivered,
        bool_or(r.state = 'delivered' and p.part = m.parts) as last_delivered
      from sms_message m
      join sms_part p on p.message_id = m.id and p.attempt = m.attempts
      join sms_receipt r on r.gateway_message_id = p.gateway_message_id
        and r.received_at >= m.submitted_at - interval '5 minutes'
      where m.state in ('accepted', 'unknown') and ${concerned}
      group by m.id
    )
    update sms_message m
    set state = case when t.failed then 'undeliverable' else 'delivered' end, finished_at = t.at
    from told t
    where m.id = t.id and m.state = t.state and (t.failed or (t.state = 'accepted' and ${complete}))`.execute(
    db,
  );
}
