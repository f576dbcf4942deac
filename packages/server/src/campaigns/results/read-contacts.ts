import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { AnsweredBySchema, AttemptOutcomeSchema, ChannelSchema, ContactResultSchema } from '../words.ts';

/** An ended attempt with one for whom it counts, as a file tells it. Times are Japanese ones, '2026-01-31 09:05:00'. */
const ContactSchema = z.object({
  attemptId: z.string(),
  attemptNo: z.int(),
  channel: ChannelSchema,
  isCallBack: z.boolean(),
  contactedAt: z.string(),
  talkSeconds: z.int().nullable(),
  outcome: AttemptOutcomeSchema.nullable(),
  answeredBy: AnsweredBySchema.nullable(),
  result: ContactResultSchema.nullable(),
  promisedOn: z.string().nullable(),
  sipCode: z.int().nullable(),
  version: z.string().nullable(),
  rowNo: z.int(),
  addresseeNumber: z.string(),
  telephone: z.string(),
  nameKana: z.string(),
  values: z.record(z.string(), z.object({ text: z.string() })),
  original: z.array(z.string()),
  campaignName: z.string(),
});
export type Contact = z.infer<typeof ContactSchema>;

/** Those of a campaign that are in no file yet, those of a file that is no repetition, or a campaign's last few, for a look. */
export type Contacts =
  | { readonly type: 'new'; readonly campaignId: string }
  | { readonly type: 'ofExport'; readonly exportId: string }
  | { readonly type: 'last'; readonly campaignId: string; readonly count: number };

/** Rows held at a time: a few megabytes with long lists. */
const PAGE = 1_000;

const COLUMNS = sql`a.attempt_id as "attemptId", a.channel, a.is_call_back as "isCallBack",
  (select count(*)::integer from campaign_contact o join campaign_attempt b on b.attempt_id = o.attempt_id
    where o.recipient_id = r.recipient_id and (b.reserved_at, b.attempt_id) <= (a.reserved_at, a.attempt_id)) as "attemptNo",
  to_char(coalesce(a.answered_at, a.dialled_at, a.reserved_at) at time zone 'Asia/Tokyo', 'YYYY-MM-DD HH24:MI:SS') as "contactedAt",
  extract(epoch from a.ended_at - a.answered_at)::integer as "talkSeconds",
  a.outcome, a.answered_by as "answeredBy", a.result, a.promised_on::text as "promisedOn", a.sip_code as "sipCode",
  a.bundle_id as version, r.row_no as "rowNo", r.addressee_number as "addresseeNumber", r.telephone,
  r.name_kana as "nameKana", r.values, r.original, c.name as "campaignName"`;
const JOINED = sql`join campaign_contact k on k.attempt_id = a.attempt_id
  join campaign_recipient r on r.recipient_id = k.recipient_id join campaign c on c.campaign_id = a.campaign_id`;

/** Ended, and in no file yet: what a new file takes. */
export function newContacts(campaignId: string): RawBuilder<unknown> {
  return sql`a.campaign_id = ${campaignId} and a.ended_at is not null
    and not exists (select from result_export_attempt x where x.attempt_id = a.attempt_id)`;
}

/** Attempts in the order in which they were made, or stand in the file, page by page from one view of the data. */
export async function* readContacts(db: Database, contacts: Contacts): AsyncGenerator<readonly Contact[]> {
  const query = queryOf(contacts);
  const trx = await db.startTransaction().setAccessMode('read only').execute();
  try {
    await sql`declare contact no scroll cursor for ${query}`.execute(trx);
    for (;;) {
      const { rows } = await sql`fetch ${sql.lit(PAGE)} from contact`.execute(trx);
      if (rows.length === 0) return;
      yield z.array(ContactSchema).parse(rows);
    }
  } finally {
    await trx.rollback().execute();
  }
}

function queryOf(contacts: Contacts): RawBuilder<unknown> {
  switch (contacts.type) {
    case 'new':
      return ofCampaign(contacts.campaignId);
    case 'ofExport':
      return ofExport(contacts.exportId);
    case 'last':
      return lastOf(contacts.campaignId, contacts.count);
  }
}

function ofCampaign(campaignId: string): RawBuilder<unknown> {
  return sql`select ${COLUMNS} from campaign_attempt a ${JOINED}
    where ${newContacts(campaignId)} order by a.reserved_at, a.attempt_id, r.row_no`;
}

function ofExport(exportId: string): RawBuilder<unknown> {
  return sql`select ${COLUMNS} from result_export_attempt x join campaign_attempt a on a.attempt_id = x.attempt_id ${JOINED}
    where x.export_id = ${exportId} order by x.row_no, r.row_no`;
}

function lastOf(campaignId: string, count: number): RawBuilder<unknown> {
  return sql`select ${COLUMNS} from campaign_attempt a ${JOINED}
    where a.campaign_id = ${campaignId} and a.ended_at is not null order by a.reserved_at desc, a.attempt_id desc limit ${count}`;
}
