import { randomUUID } from 'node:crypto';
import { type QueryExecutorProvider, sql } from 'kysely';
import { longestTextUnits, splitText } from '../split-text.ts';

/** The channel on which a committed insert wakes every sender. It carries no data. */
export const smsWaitingChannel = 'sms_waiting';

export type NewSms = {
  /** 'callId-seq' of the event that asks for it, or the id of a campaign's attempt. */
  readonly id: string;
  readonly origin: 'call' | 'test' | 'campaign';
  /** National digits. */
  readonly to: string;
  readonly text: string;
  /** Set where a caller keyed in a number that is not his own. `by`: his number, national digits, null where withheld. */
  readonly keyedIn?: { readonly by: string | null } | null;
};

/** A text that staff asked for cannot be taken; `message` is for them. */
export class SmsNotAcceptedError extends Error {
  readonly code: 'notMobileNumber' | 'emptyText' | 'textTooLong';
  constructor(code: SmsNotAcceptedError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Puts texts into the outbox, inside the caller's transaction; a text whose id is there already is passed over. Refuses nothing,
 * so that it can share the transaction of the log: a bad number or length is refused by the sender.
 */
export async function insertSms(
  trx: QueryExecutorProvider,
  rows: readonly NewSms[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ id, origin, to, text, keyedIn = null }) => {
    const clean = storable(text);
    return {
      id,
      origin,
      to: storable(to),
      text: clean,
      parts: splitText(clean).length,
      isKeyedIn: keyedIn !== null,
      callerNumber: keyedIn?.by ?? null,
    };
  });
  await sql`
    insert into sms_message (id, origin, to_number, text, parts, is_keyed_in, caller_number, created_at, waiting_since,
      next_attempt_at)
    select id, origin, "to", text, parts, "isKeyedIn", "callerNumber", ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
      as row (id text, origin text, "to" text, text text, parts integer, "isKeyedIn" boolean, "callerNumber" text)
    on conflict (id) do nothing`.execute(trx);
  await sql`select pg_notify(${smsWaitingChannel}, '')`.execute(trx);
}

/** PostgreSQL's text takes no NUL and no lone surrogate. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/**
 * One text asked for by staff (test SMS box).
 * @returns its id
 * @throws SmsNotAcceptedError
 */
export async function enqueueSms(
  db: QueryExecutorProvider,
  sms: { readonly to: string; readonly text: string },
  now: Date,
): Promise<string> {
  if (!/^0[6-9]0\d{8}$/.test(sms.to)) {
    throw new SmsNotAcceptedError(
      'notMobileNumber',
      'SMSは携帯電話の番号（060・070・080・090で始まる11桁）にだけ送れます。番号をご確認ください。',
    );
  }
  if (sms.text.trim() === '')
    throw new SmsNotAcceptedError('emptyText', '本文が空です。本文を入力してください。');
  if (sms.text.length > longestTextUnits) {
    throw new SmsNotAcceptedError(
      'textTooLong',
      `本文が長すぎます。${longestTextUnits}文字以内にしてください（絵文字や一部の漢字は2文字と数えます）。`,
    );
  }
  const id = randomUUID();
  await insertSms(db, [{ id, origin: 'test', ...sms }], now);
  return id;
}
