import { type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';
import { SubmittedPartsSchema } from './message-state.ts';
import { isOverLimit, type KeyedInLimits } from './over-limit.ts';

const ClaimedSchema = z.object({
  id: z.string(),
  to: z.string(),
  text: z.string(),
  attempt: z.int(),
  gateway: z.string(),
  reference: z.int(),
  submitted: SubmittedPartsSchema,
  refusedBy: z.array(z.string()),
});
/** A text that is this sender's to hand over to `gateway`. */
export type ClaimedSms = z.infer<typeof ClaimedSchema>;

/**
 * waiting → submitting, each text with the gateway it goes to: the first usable one that has not refused it and is not overfull, but for a text of which
 * some gateway has or may have something that one alone. When this returns, the claim is committed.
 *
 * The reference is counted per telephone and kept with the text. Two senders that count at the same moment collide at the unique
 * index, and the later one finds nothing this time.
 * @param claim.usable names of gateways, the preferred one first
 * @param claim.overflow gateways that come after all others for texts that wait since then or longer
 */
export async function claimWaiting(
  db: QueryExecutorProvider,
  claim: {
    readonly owner: string;
    readonly usable: readonly string[];
    readonly overflow: { readonly gateways: readonly string[]; readonly since: Date };
    readonly limits: KeyedInLimits;
    readonly now: Date;
    readonly limit: number;
  },
): Promise<readonly ClaimedSms[]> {
  try {
    return z.array(ClaimedSchema).parse(await claimRows(db, claim));
  } catch (error) {
    if (isUniqueViolation(error)) return [];
    throw error;
  }
}

async function claimRows(
  db: QueryExecutorProvider,
  claim: Parameters<typeof claimWaiting>[1],
): Promise<readonly unknown[]> {
  const { rows } = await sql`
    with candidate as materialized (
      select m.id, m.to_number, m.reference, m.next_attempt_at, m.created_at, choice.gateway
      from sms_message m
      cross join lateral (
        select u.gateway from unnest(${claim.usable}::text[]) with ordinality as u (gateway, rank)
        where case
          when m.resends > 0 or m.submitted_parts <> '[]' then u.gateway = m.gateway
          else u.gateway <> all(m.refused_by)
        end
        order by m.waiting_since <= ${claim.overflow.since} and u.gateway = any(${claim.overflow.gateways}::text[]), u.rank
        limit 1
      ) choice
      where m.state = 'waiting' and m.next_attempt_at <= ${claim.now} and not ${isOverLimit(claim.limits)}
      order by m.next_attempt_at, m.created_at, m.id
      limit ${claim.limit}
      for update of m skip locked
    ), counted as (
      select c.id, c.gateway, coalesce(
        c.reference,
        coalesce(
          (select max(p.reference) from sms_message p where p.to_number = c.to_number),
          hashtext(c.to_number) & 65535
        ) + row_number() over (
          partition by c.to_number, c.reference is null order by c.next_attempt_at, c.created_at, c.id
        )) as reference
      from candidate c
    )
    update sms_message m
    set state = 'submitting', owner = ${claim.owner}, attempts = attempts + 1,
        gateway = c.gateway, reference = c.reference,
        submitted_at = case when m.submitted_parts = '[]' then ${claim.now}::timestamptz else m.submitted_at end
    from counted c
    where m.id = c.id
    returning m.id, m.to_number as "to", m.text, m.attempts as attempt, m.gateway, m.reference,
      m.submitted_parts as submitted, m.refused_by as "refusedBy"`.execute(db);
  return rows;
}

/** SQLSTATE 23505. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
