import { randomUUID } from 'node:crypto';
import { writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import type { CampaignChange, CampaignProblem } from '../../http/campaign-contract.ts';
import { Refusal } from '../../http/index.ts';
import { shareSen } from '../cost/budget.ts';
import { readBudget } from '../cost/stored-budget.ts';
import { CampaignSettingsSchema, readCampaignSettings } from '../settings.ts';
import type { CampaignKind } from '../words.ts';
import type { Deed } from './deed.ts';
import { checkSettings } from './settings-problems.ts';

export type Saved = { readonly campaignId: string; readonly version: number };
export type Saving =
  | { readonly ok: true; readonly saved: Saved }
  | { readonly ok: false; readonly problems: readonly CampaignProblem[] };

const NAME_MOST = 100;

/** Adds an empty draft with the usual settings. */
export async function addCampaign(
  db: Database,
  { name, kind }: { readonly name: string; readonly kind: CampaignKind },
  deed: Deed,
): Promise<Saving> {
  const problems = nameProblems(name);
  if (problems.length > 0) return { ok: false, problems };
  const settings = CampaignSettingsSchema.parse({});
  const none = { flowId: null, phoneNumber: null, department: '' };
  return await insertDraft(db, { name: name.trim(), kind, settings, ...none }, deed);
}

/** A draft with the settings of another campaign, in whatever state that is; its days and its recipients are not taken over. */
export async function copyCampaign(
  db: Database,
  campaignId: string,
  name: string,
  deed: Deed,
): Promise<Saving> {
  const problems = nameProblems(name);
  if (problems.length > 0) return { ok: false, problems };
  const source = await db
    .selectFrom('campaign')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst();
  if (source === undefined) throw campaignGone();
  const settings = {
    ...readCampaignSettings(source.settings),
    firstDay: null,
    lastDay: null,
    smsMayTellPersonal: false,
  };
  const { kind, flow_id: flowId, phone_number: phoneNumber, department } = source;
  const draft = { name: name.trim(), kind, settings, flowId, phoneNumber, department };
  return await insertDraft(db, draft, deed, campaignId);
}

async function insertDraft(
  db: Database,
  draft: {
    readonly name: string;
    readonly kind: CampaignKind;
    readonly settings: object;
    readonly flowId: string | null;
    readonly phoneNumber: string | null;
    readonly department: string;
  },
  deed: Deed,
  copyOf: string | null = null,
): Promise<Saving> {
  const campaignId = `cmp-${randomUUID()}`;
  const at = new Date(deed.atMs);
  await db.transaction().execute(async (trx) => {
    await writeAudit(trx, {
      action: 'campaignAdded',
      at: deed.atMs,
      userId: deed.personId,
      subject: campaignId,
      address: deed.address,
      detail: copyOf === null ? {} : { copyOf },
    });
    await trx
      .insertInto('campaign')
      .values({
        campaign_id: campaignId,
        name: draft.name,
        kind: draft.kind,
        flow_id: draft.flowId,
        phone_number: draft.phoneNumber,
        department: draft.department,
        settings: JSON.stringify(draft.settings),
        created_at: at,
        created_by: deed.personId,
        changed_at: at,
        changed_by: deed.personId,
      })
      .execute();
  });
  return { ok: true, saved: { campaignId, version: 1 } };
}

/**
 * Changes a draft, under the version that the person looked at.
 * @throws Refusal 404; 409 where it is proposed or approved (what is decided of does not change), or was changed meanwhile
 */
export async function changeCampaign(
  db: Database,
  campaignId: string,
  { version, draft }: CampaignChange,
  deed: Deed,
): Promise<Saving> {
  const checked = checkSettings(draft.settings);
  const problems = [...nameProblems(draft.name), ...(checked.ok ? [] : checked.problems)];
  return await db.transaction().execute(async (trx): Promise<Saving> => {
    await heldDraft(trx, campaignId, version);
    problems.push(...(await choiceProblems(trx, draft)));
    if (problems.length > 0 || !checked.ok) return { ok: false, problems };
    await writeAudit(trx, {
      action: 'campaignChanged',
      at: deed.atMs,
      userId: deed.personId,
      subject: campaignId,
      address: deed.address,
      detail: { version: version + 1 },
    });
    await trx
      .updateTable('campaign')
      .set({
        name: draft.name.trim(),
        kind: draft.kind,
        flow_id: draft.flowId,
        phone_number: draft.phoneNumber,
        department: draft.department,
        settings: JSON.stringify(checked.settings),
        changed_at: new Date(deed.atMs),
        changed_by: deed.personId,
        version: version + 1,
      })
      .where('campaign_id', '=', campaignId)
      .execute();
    return { ok: true, saved: { campaignId, version: version + 1 } };
  });
}

/**
 * Removes a draft with its list and its earlier proposals.
 * @throws Refusal as `changeCampaign`; 409 where somebody was called or written to: that is kept
 */
export async function removeCampaign(
  db: Database,
  campaignId: string,
  version: number,
  deed: Deed,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await heldDraft(trx, campaignId, version);
    const tried = await trx
      .selectFrom('campaign_attempt')
      .select('attempt_id')
      .where('campaign_id', '=', campaignId)
      .limit(1)
      .executeTakeFirst();
    if (tried !== undefined)
      throw new Refusal(
        409,
        'hasAttempts',
        'すでに連絡した記録があるため、削除できません。連絡の記録は残す必要があります。',
      );
    await writeAudit(trx, {
      action: 'campaignRemoved',
      at: deed.atMs,
      userId: deed.personId,
      subject: campaignId,
      address: deed.address,
    });
    await trx.deleteFrom('campaign').where('campaign_id', '=', campaignId).execute();
  });
}

/** Holds a draft against every other change. @throws Refusal 404, 409 */
export async function heldDraft(trx: Database, campaignId: string, version: number) {
  const row = await trx
    .selectFrom('campaign')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw campaignGone();
  if (row.state !== 'draft')
    throw new Refusal(
      409,
      'isProposed',
      '決裁に出した配信は、変更できません。直すときは、先に伺いを取り下げてください。',
    );
  if (row.version !== version) throw changedMeanwhile();
  return row;
}

export function campaignGone(): Refusal {
  return new Refusal(404, 'notFound', 'この配信は見つかりません。');
}

export function changedMeanwhile(): Refusal {
  return new Refusal(
    409,
    'changedMeanwhile',
    'ほかの職員が、この間に変更しました。画面を開き直して、内容をもう一度ご確認ください。',
  );
}

function nameProblems(name: string): CampaignProblem[] {
  const length = name.trim().length;
  if (length > 0 && length <= NAME_MOST) return [];
  const message =
    length === 0 ? '配信の名前を入力してください。' : `配信の名前は、${NAME_MOST}文字以内にしてください。`;
  return [{ step: 'basics', path: 'name', message }];
}

async function choiceProblems(
  trx: Database,
  { flowId, phoneNumber, department }: Pick<CampaignChange['draft'], 'flowId' | 'phoneNumber' | 'department'>,
): Promise<CampaignProblem[]> {
  const problems: CampaignProblem[] = [];
  const flow = await trx
    .selectFrom('flow')
    .select('flow_id')
    .where('flow_id', '=', flowId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (flowId !== null && flow === undefined)
    problems.push({
      step: 'basics',
      path: 'flowId',
      message: '選んだシナリオは、もうありません。選び直してください。',
    });
  const number = await trx
    .selectFrom('phone_number')
    .select('phone_number')
    .where('phone_number', '=', phoneNumber)
    .executeTakeFirst();
  if (phoneNumber !== null && number === undefined)
    problems.push({
      step: 'basics',
      path: 'phoneNumber',
      message: '選んだ電話番号は、もうありません。選び直してください。',
    });
  const { budget } = await readBudget(trx);
  if (department !== '' && shareSen(budget, department) === null)
    problems.push({
      step: 'basics',
      path: 'department',
      message: '選んだ部署には、予算の配分がもうありません。選び直してください。',
    });
  return problems;
}
