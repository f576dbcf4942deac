import { randomUUID } from 'node:crypto';
import type { Database } from '../database/index.ts';
import { createPersonKeys } from './person-key.ts';
import { CampaignSettingsSchema } from './settings.ts';
import type { AttemptOutcome, CampaignState, Channel } from './words.ts';

/** Of the tests' own: nobody's number is hidden by it. */
export const testPersonKeys = createPersonKeys(Buffer.alloc(32, 7).toString('base64'));

/** A campaign with one recipient for each 宛名番号 and telephone: for tests only. @returns ids of the recipients, in order */
export async function addTestCampaign(
  db: Database,
  people: readonly { readonly addresseeNumber: string; readonly telephone: string }[],
  {
    state = 'running',
    settings = {},
    campaignId = `cam-${randomUUID()}`,
  }: { readonly state?: CampaignState; readonly settings?: object; readonly campaignId?: string } = {},
): Promise<readonly number[]> {
  const at = new Date('2026-12-01T09:00:00+09:00');
  await db
    .insertInto('campaign')
    .values({
      campaign_id: campaignId,
      name: '納付催告',
      kind: 'paymentDemand',
      settings: JSON.stringify(CampaignSettingsSchema.parse(settings)),
      state,
      ended_because: state === 'ended' ? 'finished' : null,
      created_at: at,
      created_by: 'test',
      changed_at: at,
      changed_by: 'test',
    })
    .execute();
  const rows = await db
    .insertInto('campaign_recipient')
    .values(
      people.map(({ addresseeNumber, telephone }, index) => ({
        campaign_id: campaignId,
        row_no: index + 2,
        addressee_number: addresseeNumber,
        telephone,
        telephone_kind: telephone.startsWith('090') ? 'mobile' : 'landline',
        values: '{}',
        original: [addresseeNumber, telephone],
        person_key: testPersonKeys.person(addresseeNumber),
        telephone_key: testPersonKeys.telephone(telephone),
      })),
    )
    .returning('recipient_id')
    .execute();
  return rows.map(({ recipient_id }) => recipient_id).toSorted((one, other) => one - other);
}

/** An attempt of a recipient, ended where it has an outcome: for tests only. @returns its id */
export async function addTestAttempt(
  db: Database,
  recipientId: number,
  attempt: {
    readonly at: string | Date;
    readonly outcome?: AttemptOutcome;
    readonly channel?: Channel;
    readonly rang?: boolean;
    readonly columns?: { readonly reserved_sen: number; readonly department: string };
  },
): Promise<string> {
  const { outcome = null, channel = 'call', rang = false, columns } = attempt;
  const at = new Date(attempt.at);
  const attemptId = `att-${randomUUID()}`;
  const { campaign_id } = await db
    .selectFrom('campaign_recipient')
    .select('campaign_id')
    .where('recipient_id', '=', recipientId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('campaign_attempt')
    .values({
      attempt_id: attemptId,
      campaign_id,
      recipient_id: recipientId,
      channel,
      state: outcome === null ? 'reserved' : 'ended',
      reserved_at: at,
      ringing_at: rang ? at : null,
      ended_at: outcome === null ? null : at,
      outcome,
      ...columns,
    })
    .execute();
  return attemptId;
}
