import { type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';
import type { ReceiptsOn } from '../contracted-gateway.ts';
import type { DeliveryReceipt } from '../port.ts';

/** For which parts receipts come, by name of gateway. */
export type ReceiptsOnByGateway = Readonly<Record<string, ReceiptsOn>>;

export async function insertReceipt(
  db: QueryExecutorProvider,
  gateway: string,
  receipt: DeliveryReceipt,
  now: Date,
): Promise<void> {
  await sql`
    insert into sms_receipt (gateway, gateway_message_id, user_reference, state, from_number, at, received_at)
    values (${gateway}, ${receipt.gatewayMessageId}, ${receipt.userReference}, ${receipt.state}, ${receipt.from}, ${receipt.at}, ${now})
    on conflict do nothing`.execute(db);
}

/**
 * Parts whose submit had no answer get the id that a receipt bears beside our own number of the part; so does the only part of a text whose
 * sender died, for then nobody knows which parts of a longer one were handed over. The number comes again at one
 * telephone some thousand texts later: a receipt of another time than the submit's is not looked at.
 */
async function findUnansweredParts(db: QueryExecutorProvider, texts: ConcernedTexts): Promise<void> {
  const concerned =
    texts === 'all'
      ? sql`m.state = 'unknown'`
      : 'ids' in texts
        ? sql`m.id = any(${texts.ids})`
        : sql`r.gateway_message_id = ${texts.gatewayMessageId}`;
  await sql`
    insert into sms_part (message_id, attempt, part, gateway_message_id)
    select m.id, m.attempts, s.part, r.gateway_message_id
    from sms_receipt r
    join sms_message m on m.gateway = r.gateway and m.to_number = r.from_number
      and r.received_at between m.submitted_at - interval '5 minutes' and m.submitted_at + interval '7 days'
    cross join lateral (
      select p.part from jsonb_to_recordset(m.submitted_parts) as p (part integer, "gatewayMessageId" text)
      where p."gatewayMessageId" is null
      union all
      select 1 where m.submitted_parts = '[]' and m.state = 'unknown' and m.parts = 1
    ) s
    where r.user_reference = (m.reference * 16 + s.part) % 65536 and ${concerned}
    on conflict do nothing`.execute(db);
}

type ConcernedTexts = { readonly gatewayMessageId: string } | { readonly ids: readonly string[] } | 'all';

/**
 * accepted or unknown → delivered or undeliverable, as far as the receipts say: one failed part fails the text; an 'unknown' text is
 * delivered only when every part is. Parts and receipts are each inserted before this looks, so that of two that come at the same time
 * the later one sees both. Receipts older than the submit belong to an earlier life of a gateway's id.
 */
export async function matchReceipts(
  db: QueryExecutorProvider,
  texts: ConcernedTexts,
  receiptsOn: ReceiptsOnByGateway,
): Promise<void> {
  await findUnansweredParts(db, texts);
  const concerned =
    texts === 'all'
      ? sql`true`
      : 'ids' in texts
        ? sql`m.id = any(${texts.ids})`
        : sql`m.id in (select message_id from sms_part where gateway_message_id = ${texts.gatewayMessageId})`;
  await sql`
    with told as (
      select m.id, m.state, max(r.at) as at,
        bool_or(r.state in ('undeliverable', 'expired', 'rejected')) as failed,
        count(distinct p.part) filter (where r.state = 'delivered') = coalesce(m.gateway_parts, m.parts) as all_delivered,
        bool_or(r.state = 'delivered' and p.part = coalesce(m.gateway_parts, m.parts)) as last_delivered,
        ${JSON.stringify(receiptsOn)}::jsonb ->> m.gateway as receipts_on
      from sms_message m
      join sms_part p on p.message_id = m.id and p.attempt = m.attempts
      join sms_receipt r on r.gateway = m.gateway and r.gateway_message_id = p.gateway_message_id
        and r.received_at >= m.submitted_at - interval '5 minutes'
      where m.state in ('accepted', 'unknown') and ${concerned}
      group by m.id
    )
    update sms_message m
    set state = case when t.failed then 'undeliverable' else 'delivered' end, finished_at = t.at, next_ask_at = null
    from told t
    where m.id = t.id and m.state = t.state and t.receipts_on is distinct from 'none'
      and (t.failed or t.all_delivered
        or (t.state = 'accepted' and t.receipts_on = 'lastPart' and t.last_delivered))`.execute(db);
}

const AskDueSchema = z.object({
  id: z.string(),
  to: z.string(),
  gateway: z.string(),
  gatewayMessageId: z.string().nullable(),
});
export type AskDue = z.infer<typeof AskDueSchema>;

/** Texts of a gateway that is to be asked now what became of them; the next time is set, later the older the text is. */
export async function claimAsks(
  db: QueryExecutorProvider,
  ask: {
    readonly gateway: string;
    readonly everyMs: number;
    readonly forMs: number;
    readonly now: Date;
    readonly limit: number;
  },
): Promise<readonly AskDue[]> {
  const { rows } = await sql`
    update sms_message m
    set next_ask_at = case
      when m.submitted_at + ${ask.forMs}::double precision * interval '1 millisecond' > ${ask.now}::timestamptz then
        ${ask.now}::timestamptz + greatest(${ask.everyMs}::double precision * interval '1 millisecond', (${ask.now}::timestamptz - m.submitted_at) / 2)
      end
    where m.id in (
      select id from sms_message
      where next_ask_at <= ${ask.now} and gateway = ${ask.gateway} and state in ('accepted', 'unknown')
      order by next_ask_at
      limit ${ask.limit}
      for update skip locked)
    returning m.id, m.to_number as "to", m.gateway, m.gateway_message_ids[1] as "gatewayMessageId"`.execute(
    db,
  );
  return z.array(AskDueSchema).parse(rows);
}

/** The id by which a gateway speaks of a text whose submit had no answer. */
export async function insertAskedPart(
  db: QueryExecutorProvider,
  id: string,
  gatewayMessageId: string,
): Promise<void> {
  await sql`
    insert into sms_part (message_id, attempt, part, gateway_message_id)
    select id, attempts, 1, ${gatewayMessageId} from sms_message where id = ${id}
    on conflict do nothing`.execute(db);
}
