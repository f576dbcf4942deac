import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import type { SuppressionReason } from '../words.ts';

/** Either may be missing where only one is known. */
export type KeysOfPerson = { readonly personKey: Buffer | null; readonly telephoneKey: Buffer | null };

/**
 * Why nobody may call or write to these people on a Japanese day, in their order; null: nothing stands against it. By person or by telephone.
 * The reason is for staff who may see it (`suppressRecipients`); all others are told 発信止め.
 */
export async function isSuppressed(
  db: Database,
  people: readonly KeysOfPerson[],
  day: string,
): Promise<readonly (SuppressionReason | null)[]> {
  if (people.length === 0) return [];
  const inForce = sql`s.lifted_at is null and s.from_day <= ${day}::date and (s.to_day is null or s.to_day >= ${day}::date)`;
  const { rows } = await sql<{ readonly n: number; readonly reason: SuppressionReason }>`
    with person as (
      select * from unnest(${people.map(({ personKey }) => personKey)}::bytea[],
        ${people.map(({ telephoneKey }) => telephoneKey)}::bytea[]) with ordinality as p (person_key, telephone_key, n))
    select n, reason from person p join campaign_suppression s on s.person_key = p.person_key where ${inForce}
    union
    select n, reason from person p join campaign_suppression s on s.telephone_key = p.telephone_key where ${inForce}
    order by n, reason`.execute(db);
  const reasons = new Map(rows.map(({ n, reason }) => [n, reason]));
  return people.map((_, index) => reasons.get(index + 1) ?? null);
}
