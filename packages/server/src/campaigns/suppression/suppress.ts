import { randomUUID } from 'node:crypto';
import { nationalDigits } from '@madoguchi/flow';
import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { PEOPLE_OF_ATTEMPT } from '../dialling/people-of-attempt.ts';
import { japaneseDayOf } from '../japanese-time.ts';
import type { PersonKeys } from '../person-key.ts';
import type { SuppressionReason, SuppressionSource } from '../words.ts';

/** Whom to suppress: at least one of the two. */
export type SuppressedPerson = {
  /** 宛名番号 as written. */
  readonly addresseeNumber: string | null;
  /** National digits. */
  readonly telephone: string | null;
};

export type NewSuppression = {
  readonly people: readonly SuppressedPerson[];
  readonly reason: SuppressionReason;
  readonly note: string;
  /** Japanese days, both included; `toDay` null: until it is lifted. */
  readonly fromDay: string;
  readonly toDay: string | null;
  readonly source: SuppressionSource;
  /** Null: the person, in a call. */
  readonly addedBy: string | null;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

export type Suppressed = {
  readonly suppressionIds: readonly string[];
  /** Recipients of campaigns who were waiting, or whose telephone at most rang, and are called no more. */
  readonly takenOff: number;
  /** Recipients who are talking at this moment: the call goes on, no other follows. */
  readonly inProgress: number;
};

/** As `SuppressedPerson`, with the keys by which all campaigns know him. */
export type KeyedPerson = SuppressedPerson & {
  readonly personKey: Buffer | null;
  readonly telephoneKey: Buffer | null;
};

/**
 * Says that nobody calls these people, and takes those who wait in any campaign off at once. Who is suppressed already for the same reason
 * and days is not entered twice.
 */
export async function suppress(trx: Database, keys: PersonKeys, order: NewSuppression): Promise<Suppressed> {
  const people = order.people.map(({ addresseeNumber, telephone }) => ({
    addresseeNumber,
    telephone,
    personKey: addresseeNumber === null ? null : keys.person(addresseeNumber),
    telephoneKey: telephone === null ? null : keys.telephone(telephone),
  }));
  return await suppressKeyed(trx, { ...order, people });
}

/** The same for people whose keys are known. */
export async function suppressKeyed(
  trx: Database,
  order: Omit<NewSuppression, 'people'> & { readonly people: readonly KeyedPerson[] },
): Promise<Suppressed> {
  const { reason, note, fromDay, toDay, source, addedBy, nowMs } = order;
  const people = order.people.map(({ addresseeNumber, telephone, personKey, telephoneKey }) => ({
    suppression_id: `sup-${randomUUID()}`,
    person_key: personKey,
    telephone_key: telephoneKey,
    addressee_number: addresseeNumber,
    telephone: telephone === null ? null : (nationalDigits(telephone) ?? telephone),
  }));
  const { rows } = await sql<{ suppression_id: string }>`
    insert into campaign_suppression
      (suppression_id, person_key, telephone_key, addressee_number, telephone, reason, note, from_day, to_day, source, added_at, added_by)
    select id, person_key, telephone_key, addressee_number, telephone, ${reason}, ${note}, ${fromDay}::date, ${toDay}::date, ${source},
      ${new Date(nowMs)}, ${addedBy}::text
    from unnest(${people.map((each) => each.suppression_id)}::text[], ${people.map((each) => each.person_key)}::bytea[],
      ${people.map((each) => each.telephone_key)}::bytea[], ${people.map((each) => each.addressee_number)}::text[],
      ${people.map((each) => each.telephone)}::text[]) as p (id, person_key, telephone_key, addressee_number, telephone)
    where not exists (
      select from campaign_suppression s
      where s.person_key is not distinct from p.person_key and s.telephone_key is not distinct from p.telephone_key
        and s.lifted_at is null and s.reason = ${reason} and s.from_day = ${fromDay}::date
        and s.to_day is not distinct from ${toDay}::date)
    returning suppression_id`.execute(trx);
  const today = japaneseDayOf(nowMs);
  const isInForce = fromDay <= today && (toDay === null || toDay >= today);
  const off = isInForce ? await takeOff(trx, people, nowMs) : { takenOff: 0, inProgress: 0 };
  return { suppressionIds: rows.map((row) => row.suppression_id), ...off };
}

/** Ends a suppression. Who was taken off campaigns stays off them. @returns false where there is none to end */
export async function liftSuppression(
  trx: Database,
  suppressionId: string,
  { liftedBy, nowMs }: { readonly liftedBy: string; readonly nowMs: number },
): Promise<boolean> {
  const row = await trx
    .updateTable('campaign_suppression')
    .set({ lifted_at: new Date(nowMs), lifted_by: liftedBy })
    .where('suppression_id', '=', suppressionId)
    .where('lifted_at', 'is', null)
    .returning('suppression_id')
    .executeTakeFirst();
  return row !== undefined;
}

async function takeOff(
  trx: Database,
  people: readonly { readonly person_key: Buffer | null; readonly telephone_key: Buffer | null }[],
  nowMs: number,
): Promise<Pick<Suppressed, 'takenOff' | 'inProgress'>> {
  const persons = people.flatMap((each) => each.person_key ?? []);
  const telephones = people.flatMap((each) => each.telephone_key ?? []);
  const isMeant = sql<boolean>`(person_key = any(${persons}::bytea[]) or telephone_key = any(${telephones}::bytea[]))`;
  const off = await trx
    .updateTable('campaign_recipient as r')
    .set({ state: 'removed', settled_reason: 'suppressed', settled_at: new Date(nowMs) })
    .where(isMeant)
    .where(({ eb, and, or, not, exists, selectFrom }) =>
      or([
        eb('r.state', '=', 'waiting'),
        and([
          eb('r.state', '=', 'inProgress'),
          not(
            exists(
              selectFrom('campaign_attempt as a')
                .select('a.attempt_id')
                .where('a.state', '=', 'talking')
                .where(eb('r.recipient_id', 'in', PEOPLE_OF_ATTEMPT)),
            ),
          ),
        ]),
      ]),
    )
    .executeTakeFirst();
  const { count } = await trx
    .selectFrom('campaign_recipient')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', 'inProgress')
    .where(isMeant)
    .executeTakeFirstOrThrow();
  return { takenOff: Number(off.numUpdatedRows), inProgress: count };
}
