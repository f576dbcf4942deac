import { type BundleDraft, BundleDraftSchema } from '@madoguchi/flow';
import { sql } from 'kysely';
import { CampaignSettingsSchema } from '../packages/server/src/campaigns/index.ts';
import type { Database } from '../packages/server/src/database/index.ts';
import { CAMPAIGN_NUMBER } from './dial-plan.ts';

const BUNDLE = 'bench-dial';
const ALL_DAY = { weekdays: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '23:59', onHolidays: true };

/** What a person hears: who calls, then two values of his own, then a question that is asked again until he hangs up. */
export const dialFlow: BundleDraft = BundleDraftSchema.parse({
  bundleId: BUNDLE,
  entryFlowId: 'main',
  flows: {
    main: {
      languageVersion: 2,
      id: 'main',
      name: '測定',
      startNodeId: 'greeting',
      nodes: {
        greeting: say('こちらは、みほん市 納税課です。大切なお知らせをお伝えしています。', 'matter'),
        matter: say('{{宛名}}様。納期限は{{納期限}}、金額は{{金額}}です。', 'ask'),
        ask: {
          kind: 'menu',
          title: '確認',
          prompt: { type: 'text', text: '{{宛名}}様、お分かりになりましたら、1を押してください。' },
          choices: [{ key: '1' }],
          timeoutMs: 10_000,
          wrongKey: { retries: 3 },
          noKey: { retries: 3 },
          next: { 'key:1': 'end', wrongKey: 'end', noKey: 'end' },
        },
        end: { kind: 'end', title: '終わり' },
      },
    },
  },
});

function say(text: string, next: string): object {
  return {
    kind: 'announcement',
    title: text,
    prompt: { type: 'text', text },
    interruptible: false,
    next: { next },
  };
}

/** The scenario and the number that its recipients see. */
export async function layScenario(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('flow_bundle')
      .values({ bundle_id: BUNDLE, name: 'bench', bundle: JSON.stringify(dialFlow) })
      .execute();
    await trx
      .insertInto('phone_number')
      .values({ phone_number: CAMPAIGN_NUMBER, name: '計測の番号', state: 'live', bundle_id: BUNDLE })
      .execute();
  });
}

export type DialCampaign = {
  readonly campaignId: string;
  readonly recipients: number;
  readonly callsPerSecond: number;
  readonly atOnce: number;
};

/**
 * A running campaign in whose hours nobody may be called: `begin` opens them. Numbers that nobody has; 100 names, 97 amounts and ten days, as
 * sounds are shared by all who have the same.
 */
export async function layDialCampaign(db: Database, campaign: DialCampaign): Promise<void> {
  const { campaignId, recipients } = campaign;
  const at = new Date();
  const by = { created_at: at, created_by: 'bench', changed_at: at, changed_by: 'bench' };
  await db
    .insertInto('campaign')
    .values({
      campaign_id: campaignId,
      name: '測定',
      kind: 'dueDateNotice',
      phone_number: CAMPAIGN_NUMBER,
      settings: settingsOf(campaign, { ...ALL_DAY, to: '00:00' }),
      state: 'running',
      bundle_id: BUNDLE,
      started_at: at,
      ...by,
    })
    .execute();
  await sql`
    insert into campaign_recipient
      (campaign_id, row_no, addressee_number, telephone, telephone_kind, "values", original, person_key, telephone_key)
    select ${campaignId}, nth + 1, lpad(nth::text, 10, '0'), '090' || lpad(nth::text, 8, '0'), 'mobile',
      jsonb_build_object(
        '宛名', jsonb_build_object('readAs', 'text', 'text',
          (array['アオキ', 'イトウ', 'ウエダ', 'エンドウ', 'オカダ', 'カトウ', 'キムラ', 'クボタ', 'コバヤシ', 'サトウ',
            'シミズ', 'スズキ', 'タナカ', 'ナカムラ', 'ハヤシ', 'マツモト', 'ミヤザワ', 'モリ', 'ヤマグチ', 'ワタナベ'])[1 + nth % 20]
          || ' ' || (array['タロウ', 'ハナコ', 'ケンジ', 'サチコ', 'ヒロシ'])[1 + nth / 20 % 5]),
        '納期限', jsonb_build_object('readAs', 'date', 'text', '2026-12-' || 21 + nth % 10),
        '金額', jsonb_build_object('readAs', 'amount', 'text', (1000 + 100 * (nth % 97))::text)),
      '{}', sha256(('person ' || nth)::bytea), sha256(('telephone ' || nth)::bytea)
    from generate_series(1, ${recipients}::integer) as nth`.execute(db);
}

/** Lets people be called from now on. The telephone is to be woken. */
export async function openCallingHours(db: Database, campaign: DialCampaign): Promise<void> {
  await db
    .updateTable('campaign')
    .set({ settings: settingsOf(campaign, ALL_DAY) })
    .where('campaign_id', '=', campaign.campaignId)
    .execute();
}

/** Has the `jobs` role make the sounds of everybody. @returns when they are ready, or why they cannot be made */
export async function orderSounds(db: Database, { campaignId, recipients }: DialCampaign): Promise<void> {
  await db
    .insertInto('campaign_sounds')
    .values({ campaign_id: campaignId, bundle_id: BUNDLE, total: recipients })
    .execute();
}

function settingsOf({ callsPerSecond, atOnce }: DialCampaign, times: typeof ALL_DAY): string {
  return JSON.stringify(CampaignSettingsSchema.parse({ callsPerSecond, atOnce, times, linesLeftFree: 0 }));
}
