import { BundleDraftSchema } from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import { contentSha256, sha256OfJson } from '../../flows/publishing/freeze.ts';
import { CostEstimateSchema, FindingSchema } from '../../http/campaign-contract.ts';
import { CampaignSettingsSchema } from '../settings.ts';
import { CampaignKindSchema } from '../words.ts';

/**
 * What a proposal 伺い binds: list, text, schedule and cost. Its SHA-256 is what is decided of. `smsMayTellPersonal` is always false in it:
 * that is said by who decides, with the decision.
 */
export const BoundContentSchema = z.object({
  name: z.string(),
  kind: CampaignKindSchema,
  phoneNumber: z.string(),
  settings: CampaignSettingsSchema,
  flowId: z.string().nullable(),
  flowName: z.string().nullable(),
  /** Of the frozen scenario; null: none. */
  bundleSha256: z.string().nullable(),
  /** What people hear who call back; null: the scenario, or there is none. Proposals of before do not tell. */
  callBackFlowName: z.string().nullable().optional(),
  callBackBundleSha256: z.string().nullable().optional(),
  recipients: z.int(),
  listSha256: z.string(),
  estimate: CostEstimateSchema.nullable(),
  /** 部署 whose share of the budget pays; '' : none. */
  department: z.string().default(''),
  /** What the checker warned of. */
  findings: z.array(FindingSchema),
});
export type BoundContent = z.infer<typeof BoundContentSchema>;

/**
 * Content as it lies in the database. It is compared as it is, not as it is read: a setting that a later release adds, with its usual value, must
 * not void what was approved before.
 */
const StoredContentSchema = z.looseObject({
  bundleSha256: z.string().nullable(),
  callBackBundleSha256: z.string().nullable().optional(),
  listSha256: z.string(),
  settings: z.looseObject({}),
  /** Not in what was approved before campaigns had one. */
  department: z.string().optional(),
});
const StoredSettingsSchema = z.looseObject({});

/** SHA-256 of the content, whatever the order of its keys. */
export function boundSha256(content: z.infer<typeof StoredContentSchema>): string {
  return sha256OfJson({ ...content, settings: { ...content.settings, smsMayTellPersonal: false } });
}

/**
 * Count and SHA-256 of the recipients' rows in order, as they stood at `asOf`: whoever was taken off later counts as if not, so that a removal
 * voids nothing, and whoever was taken off before and is back again makes it another list.
 */
export async function listFingerprint(
  db: Database,
  campaignId: string,
  asOf: Date,
): Promise<{ readonly recipients: number; readonly listSha256: string }> {
  const { rows } = await sql`
    select count(*)::int as recipients, encode(sha256(convert_to(coalesce(string_agg(hash, '' order by row_no), ''), 'UTF8')), 'hex')
      as "listSha256"
    from (
      select row_no, encode(sha256(convert_to(jsonb_build_array(row_no, addressee_number, telephone, telephone_kind, name_kana, birth_date,
        "values", original)::text, 'UTF8')), 'hex') as hash
      from campaign_recipient
      where campaign_id = ${campaignId} and (state <> 'removed' or settled_at > ${asOf})
    ) row`.execute(db);
  return (
    z
      .array(z.object({ recipients: z.int(), listSha256: z.string() }))
      .length(1)
      .parse(rows)[0] ?? NONE
  );
}
const NONE = { recipients: 0, listSha256: '' };

export type ProposalRow = {
  readonly campaign_id: string;
  readonly content: unknown;
  readonly content_sha256: string;
  readonly bundle_id: string | null;
  readonly call_back_bundle_id: string | null;
  readonly drafted_at: Date;
};

/** Why a proposal does not say any more what is there, in words; null: it does. Reads the whole list. */
export async function whyVoid(trx: Database, proposal: ProposalRow): Promise<string | null> {
  const stored = StoredContentSchema.safeParse(proposal.content);
  if (!stored.success || boundSha256(stored.data) !== proposal.content_sha256)
    return '伺いの内容が、決裁を受けたものと違っています。';
  const bound = stored.data;
  const campaign = await trx
    .selectFrom('campaign')
    .selectAll()
    .where('campaign_id', '=', proposal.campaign_id)
    .executeTakeFirstOrThrow();
  const now = {
    ...bound,
    name: campaign.name,
    kind: campaign.kind,
    phoneNumber: campaign.phone_number ?? '',
    flowId: campaign.flow_id,
    ...(bound.department === undefined ? {} : { department: campaign.department }),
    settings: StoredSettingsSchema.parse(campaign.settings),
  };
  if (boundSha256(now) !== proposal.content_sha256) return '伺いを出した後に、配信の設定が変わりました。';
  if ((await frozenSha256(trx, proposal.bundle_id)) !== bound.bundleSha256)
    return '伺いを出した後に、流す文面が変わりました。';
  if ((await frozenSha256(trx, proposal.call_back_bundle_id)) !== (bound.callBackBundleSha256 ?? null))
    return '伺いを出した後に、折り返しの電話で流す文面が変わりました。';
  const { listSha256 } = await listFingerprint(trx, proposal.campaign_id, proposal.drafted_at);
  return listSha256 === bound.listSha256 ? null : '伺いを出した後に、名簿が変わりました。';
}

async function frozenSha256(trx: Database, bundleId: string | null): Promise<string | null> {
  if (bundleId === null) return null;
  const row = await trx
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('bundle_id', '=', bundleId)
    .executeTakeFirst();
  const bundle = BundleDraftSchema.safeParse(row?.bundle);
  return bundle.success ? contentSha256(bundle.data) : null;
}
