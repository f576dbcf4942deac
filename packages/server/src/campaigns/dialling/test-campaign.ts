import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../../database/index.ts';
import { type CampaignSettings, CampaignSettingsSchema } from '../settings.ts';

/** Everybody may be called at any time, fast. */
const AT_ONCE = {
  times: { weekdays: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '23:59', onHolidays: true },
  callsPerSecond: 20,
  atOnce: 50,
  linesLeftFree: 0,
};

export type TestRecipient = {
  readonly telephone: string;
  readonly birthDate?: string;
  readonly values?: Readonly<Record<string, { readonly text: string; readonly readAs: string }>>;
  /** Of several rows of one person. */
  readonly personKey?: Buffer;
  /** Not called before; default: at once. */
  readonly nextAt?: Date;
};

/** For tests: a running campaign for a number that is served, with its recipients. @returns their ids, in order */
export async function layCampaign(
  db: Database,
  {
    campaignId,
    bundleId,
    phoneNumber,
    recipients,
    settings = {},
  }: {
    readonly campaignId: string;
    readonly bundleId: string;
    readonly phoneNumber: string;
    readonly recipients: readonly TestRecipient[];
    readonly settings?: Partial<CampaignSettings>;
  },
): Promise<readonly number[]> {
  const at = new Date();
  await db
    .insertInto('campaign')
    .values({
      campaign_id: campaignId,
      name: campaignId,
      kind: 'dueDateNotice',
      phone_number: phoneNumber,
      settings: JSON.stringify(CampaignSettingsSchema.parse({ ...AT_ONCE, ...settings })),
      state: 'running',
      bundle_id: bundleId,
      started_at: at,
      created_at: at,
      created_by: 'test',
      changed_at: at,
      changed_by: 'test',
    })
    .execute();
  const rows = await db
    .insertInto('campaign_recipient')
    .values(
      recipients.map(({ telephone, birthDate, values = {}, nextAt, personKey = randomBytes(32) }, index) => ({
        campaign_id: campaignId,
        row_no: index + 2,
        addressee_number: String(index).padStart(10, '0'),
        telephone,
        telephone_kind: 'mobile',
        birth_date: birthDate ?? null,
        values: JSON.stringify(values),
        ...(nextAt === undefined ? {} : { next_at: nextAt }),
        original: [],
        person_key: personKey,
        telephone_key: createHash('sha256').update(telephone).digest(),
      })),
    )
    .returning('recipient_id')
    .execute();
  return rows.map(({ recipient_id }) => recipient_id);
}
