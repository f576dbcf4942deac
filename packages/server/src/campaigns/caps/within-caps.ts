import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { beginOfJapaneseDay } from '../japanese-time.ts';
import type { Channel } from '../words.ts';
import type { ContactCaps } from './contact-caps.ts';

export type PersonToReach = { readonly personKey: Buffer; readonly telephoneKey: Buffer };

type Counts = { readonly day: number; readonly week: number; readonly month: number };

/**
 * Who of these may be reached once more by a channel, in their order; of two with one telephone the first counts for the second. Nothing else
 * is told: not who reached them, nor when. Ask in the transaction that reserves the attempts: until its end others who ask of the same
 * people wait, so that two diallers never pass a limit together. Who may not is looked at again from `capsLookedAtAgain` on.
 *
 * What nobody noticed does not count: busy, out of range, no line, a number that nobody has; nor who called back.
 * @param nowMs ms since the epoch
 */
export async function withinCaps(
  trx: Database,
  people: readonly PersonToReach[],
  channel: Channel,
  caps: ContactCaps,
  nowMs: number,
): Promise<readonly boolean[]> {
  const mayBeReached = await readLimits(trx, people, channel, caps, nowMs);
  const now = new Map<string, number>();
  return people.map((person) => {
    const keys = keysOf(person);
    const isWithin = keys.every((key) => mayBeReached(key, now.get(key) ?? 0));
    if (isWithin) for (const key of keys) now.set(key, (now.get(key) ?? 0) + 1);
    return isWithin;
  });
}

/** The same where one call is for all of them: it is one for their telephone, and one for each of them. */
export async function withinCapsTogether(
  trx: Database,
  people: readonly PersonToReach[],
  channel: Channel,
  caps: ContactCaps,
  nowMs: number,
): Promise<readonly boolean[]> {
  const mayBeReached = await readLimits(trx, people, channel, caps, nowMs);
  return people.map((person) => keysOf(person).every((key) => mayBeReached(key, 0)));
}

/** Tells whether who has a key may be reached once more, if he is reached so often now besides. */
async function readLimits(
  trx: Database,
  people: readonly PersonToReach[],
  channel: Channel,
  caps: ContactCaps,
  nowMs: number,
): Promise<(key: string, besides: number) => boolean> {
  if (people.length === 0) return () => true;
  await lockPeople(trx, people);
  const reached = await countReached(trx, people, channel, nowMs);
  const cap = caps[channel];
  return (key, besides) => {
    const before = reached.get(key) ?? { day: 0, week: 0, month: 0 };
    return (
      before.day + besides < cap.perDay &&
      before.week + besides < cap.per7Days &&
      before.month + besides < cap.per30Days
    );
  };
}

const keysOf = ({ personKey, telephoneKey }: PersonToReach): readonly string[] => [
  `person ${personKey.toString('hex')}`,
  `telephone ${telephoneKey.toString('hex')}`,
];

/** When a person whose limit is reached is looked at again: the next Japanese day. It tells nothing of what was counted. */
export function capsLookedAtAgain(nowMs: number): number {
  return beginOfJapaneseDay(nowMs, 1);
}

/** In one order for all who ask, so that nobody waits for somebody who waits for him. */
async function lockPeople(trx: Database, people: readonly PersonToReach[]): Promise<void> {
  const keys = people.flatMap(({ personKey, telephoneKey }) => [personKey, telephoneKey]);
  const locks = [...new Set(keys.map((key) => key.readBigInt64BE(0)))].toSorted((one, other) =>
    one < other ? -1 : 1,
  );
  await sql`select pg_advisory_xact_lock(each) from unnest(${locks.map(String)}::bigint[]) as each`.execute(
    trx,
  );
}

async function countReached(
  trx: Database,
  people: readonly PersonToReach[],
  channel: Channel,
  nowMs: number,
): Promise<ReadonlyMap<string, Counts>> {
  const [day, week, month] = [0, -6, -29].map((days) => new Date(beginOfJapaneseDay(nowMs, days)));
  const noticed = sql`a.channel = ${channel} and not a.is_call_back and a.reserved_at >= ${month}
    and (a.outcome is null or a.outcome not in
      ('busy', 'outOfRange', 'unassigned', 'noLine', 'trunkRefused', 'cancelled', 'smsFailed')
      or (a.outcome = 'cancelled' and a.ringing_at is not null))`;
  const persons = people.map(({ personKey }) => personKey);
  const telephones = people.map(({ telephoneKey }) => telephoneKey);
  const isMeant = sql`(r.person_key = any(${persons}::bytea[]) or r.telephone_key = any(${telephones}::bytea[])) and ${noticed}`;
  // A call for several counts for each of them, and once for their telephone.
  const { rows } = await sql<Counts & { readonly key: string }>`
    with attempted as (
      select r.person_key, r.telephone_key, a.attempt_id, a.reserved_at
      from campaign_recipient r join campaign_attempt a using (recipient_id) where ${isMeant}
      union
      select r.person_key, r.telephone_key, a.attempt_id, a.reserved_at
      from campaign_recipient r join campaign_attempt_person p using (recipient_id) join campaign_attempt a using (attempt_id)
      where ${isMeant}
    ), reached as (
      select 'person ' || encode(person_key, 'hex') as key, attempt_id, reserved_at from attempted
      union
      select 'telephone ' || encode(telephone_key, 'hex'), attempt_id, reserved_at from attempted)
    select key, count(*) filter (where reserved_at >= ${day}) as day,
      count(*) filter (where reserved_at >= ${week}) as week, count(*) as month
    from reached group by key`.execute(trx);
  return new Map(rows.map(({ key, ...counts }) => [key, counts]));
}
