import { ReadAsSchema } from '@madoguchi/flow';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { beginOfJapaneseDay } from '../japanese-time.ts';

/** More than these are no household but a house with one telephone for all, in which birthdays begin to coincide. */
const MOST_OTHERS = 7;

const ValuesSchema = z.record(z.string(), z.object({ text: z.string(), readAs: ReadAsSchema }));

/** A person who is to be called, as far as dialling needs it. */
export type DueRecipient = {
  readonly recipientId: number;
  /** National digits. */
  readonly telephone: string;
  /** 'YYYY-MM-DD'; for the identity check alone. */
  readonly birthDate: string | null;
  readonly values: z.infer<typeof ValuesSchema>;
  readonly personKey: Buffer;
  readonly telephoneKey: Buffer;
};

/**
 * The first who are due by call, the longest due first. Costs what it finds, however many are waiting behind them.
 * @param except recipients that are looked after already
 */
export async function dueRecipients(
  db: Database,
  campaignId: string,
  { now, limit, except }: { readonly now: Date; readonly limit: number; readonly except: readonly number[] },
): Promise<readonly DueRecipient[]> {
  const rows = await selectRecipients(db)
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'waiting')
    .where('next_channel', '=', 'call')
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .orderBy('recipient_id')
    .limit(limit + except.length)
    .execute();
  const taken = new Set(except);
  return rows
    .filter(({ recipient_id }) => !taken.has(recipient_id))
    .slice(0, limit)
    .map(recipientOf);
}

/** Until when who shares a telephone must be due to share a call that is placed now too: it rings once a day for all of them. Ms since the epoch. */
export const sharesUntilMs = (nowMs: number): number => beginOfJapaneseDay(nowMs, 1);

/**
 * Who else may be on the line of a call to `recipient`, where households are called once: same campaign, same telephone, waiting for a call of
 * today. Each person once: two rows of one person have one birthday, which would tell neither from the other.
 */
export async function readOthersOfHousehold(
  db: Database,
  campaignId: string,
  { recipientId, telephone, personKey }: DueRecipient,
  nowMs: number,
): Promise<readonly DueRecipient[]> {
  const sharing = await selectRecipients(db)
    .where('campaign_id', '=', campaignId)
    .where('telephone', '=', telephone)
    .where('recipient_id', '<>', recipientId)
    .where('state', '=', 'waiting')
    .where('next_channel', '=', 'call')
    .where('next_at', '<', new Date(sharesUntilMs(nowMs)))
    .orderBy('next_at')
    .orderBy('recipient_id')
    .execute();
  const byPerson = new Map<string, DueRecipient>();
  for (const other of sharing.map(recipientOf)) {
    const person = other.personKey.toString('hex');
    if (!other.personKey.equals(personKey) && !byPerson.has(person)) byPerson.set(person, other);
  }
  return [...byPerson.values()].slice(0, MOST_OTHERS);
}

/** These people, in whatever state; who is not there any more is left out. */
export async function readRecipients(
  db: Database,
  recipientIds: readonly number[],
): Promise<readonly DueRecipient[]> {
  const rows = await selectRecipients(db)
    .where('recipient_id', 'in', recipientIds)
    .orderBy('recipient_id')
    .execute();
  return rows.map(recipientOf);
}

function selectRecipients(db: Database) {
  return db
    .selectFrom('campaign_recipient')
    .select(['recipient_id', 'telephone', 'birth_date', 'values', 'person_key', 'telephone_key']);
}

function recipientOf(row: {
  readonly recipient_id: number;
  readonly telephone: string;
  readonly birth_date: string | null;
  readonly values: unknown;
  readonly person_key: Buffer;
  readonly telephone_key: Buffer;
}): DueRecipient {
  return {
    recipientId: row.recipient_id,
    telephone: row.telephone,
    birthDate: row.birth_date,
    values: ValuesSchema.parse(row.values),
    personKey: row.person_key,
    telephoneKey: row.telephone_key,
  };
}
