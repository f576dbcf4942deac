import { type FlowDraft, FlowDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import type { CampaignDetail, CampaignSettings } from '../../http/campaign-contract.ts';
import { CampaignDetailSchema } from '../../http/campaign-contract.ts';
import { TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';

/** For tests only: campaigns as staff make them, through HTTP. */

export const NUMBER = '0725001060';

export type Answer = { readonly status: number; readonly body: { readonly [key: string]: unknown } };

export async function ask(
  admin: TestAdminServer,
  cookie: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
): Promise<Answer> {
  const reply = await admin.server.inject({
    method,
    url: `/api${url}`,
    headers: { cookie, origin: TEST_ORIGIN },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: reply.statusCode, body: reply.json() };
}

/** A public number and a scenario that says one sentence. */
export async function layScenario(db: Database, text = '納期限が近づいています。'): Promise<void> {
  await db
    .insertInto('phone_number')
    .values({ phone_number: NUMBER, name: '見本市 納税課', state: 'live' })
    .execute();
  await layFlow(db, text);
}

export async function layFlow(db: Database, text: string, id = 'notice'): Promise<void> {
  const draft: FlowDraft = FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id,
    name: '納期のお知らせ',
    startNodeId: 'end',
    nodes: { end: { kind: 'end', title: '終わり', farewell: { type: 'text', text } } },
  });
  await db
    .insertInto('flow')
    .values({
      flow_id: draft.id,
      name: draft.name,
      draft: JSON.stringify(draft),
      changed_by: null,
      removed_at: null,
    })
    .onConflict((conflict) => conflict.column('flow_id').doUpdateSet({ draft: JSON.stringify(draft) }))
    .execute();
}

/** As an import leaves them: 0900000xxxx, the row's number in the telephone. */
export async function addRecipients(
  db: Database,
  campaignId: string,
  count: number,
  more: {
    readonly telephone?: string;
    readonly telephone_kind?: string;
    readonly row_no?: number;
    readonly values?: object;
  } = {},
): Promise<void> {
  const { values = { 税目: { text: '住民税', readAs: 'text' } }, ...columns } = more;
  await db
    .insertInto('campaign_recipient')
    .values(
      Array.from({ length: count }, (_, index) => ({
        campaign_id: campaignId,
        row_no: index + 2,
        addressee_number: `0077${String(index + 1).padStart(6, '0')}`,
        telephone: `0900000${String(index + 1).padStart(4, '0')}`,
        telephone_kind: 'mobile',
        name_kana: `ミホン${index + 1}`,
        birth_date: '1980-01-02',
        values: JSON.stringify(values),
        original: [`0077${index + 1}`, '見本'],
        person_key: Buffer.from(`person ${index}`),
        telephone_key: Buffer.from(`telephone ${index}`),
        ...columns,
      })),
    )
    .execute();
}

export async function readDetail(
  admin: TestAdminServer,
  cookie: string,
  campaignId: string,
): Promise<CampaignDetail> {
  const { body } = await ask(admin, cookie, 'GET', `/campaigns/${campaignId}`);
  return CampaignDetailSchema.parse(body);
}

/** A draft with scenario, number, list and these settings. @returns its id. */
export async function draftCampaign(
  admin: TestAdminServer,
  cookie: string,
  settings: Partial<CampaignSettings> = {},
  recipients = 3,
): Promise<string> {
  const added = await ask(admin, cookie, 'POST', '/campaigns', {
    name: '住民税1期',
    kind: 'dueDateNotice',
  });
  const campaignId = String(added.body['campaignId']);
  await change(admin, cookie, campaignId, settings);
  if (recipients > 0) await addRecipients(admin.database.db, campaignId, recipients);
  return campaignId;
}

/** Saves the draft with these settings in place of what is there. */
export async function change(
  admin: TestAdminServer,
  cookie: string,
  campaignId: string,
  settings: Partial<CampaignSettings>,
): Promise<Answer> {
  const { draft, version } = await readDetail(admin, cookie, campaignId);
  return await ask(admin, cookie, 'PUT', `/campaigns/${campaignId}`, {
    version,
    draft: {
      ...draft,
      flowId: 'notice',
      phoneNumber: NUMBER,
      settings: { ...draft.settings, ...settings },
    },
  });
}

export async function proposeCampaign(
  admin: TestAdminServer,
  cookie: string,
  campaignId: string,
): Promise<string> {
  const { version } = await readDetail(admin, cookie, campaignId);
  const { status, body } = await ask(admin, cookie, 'POST', `/campaigns/${campaignId}/proposals`, {
    version,
    comment: '1期の納期限をお知らせします',
  });
  if (status !== 201) throw new Error(`not proposed: ${JSON.stringify(body)}`);
  return String(body['proposalId']);
}

/** Decides on exactly what the proposal says now. */
export async function decideOn(
  admin: TestAdminServer,
  cookie: string,
  proposalId: string,
  more: object = {},
): Promise<Answer> {
  const { body } = await ask(admin, cookie, 'GET', `/campaign-proposals/${proposalId}`);
  return await ask(admin, cookie, 'POST', `/campaign-proposals/${proposalId}/decisions`, {
    decision: 'approved',
    reason: '',
    onBehalfOf: null,
    contentSha256: body['contentSha256'],
    ...more,
  });
}
