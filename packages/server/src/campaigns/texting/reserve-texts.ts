import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/index.ts';
import { insertSms, longestTextUnits, type NewSms } from '../../sms/index.ts';
import { RecipientValuesSchema } from '../planning/recipients.ts';
import type { CampaignSettings } from '../settings.ts';
import { textFor } from './text-for.ts';
import type { TextingRules } from './texting-rules.ts';

export type TextedCampaign = {
  readonly campaignId: string;
  readonly settings: CampaignSettings;
  readonly bundleId: string | null;
  readonly phoneNumber: string;
  readonly numberName: string;
};

/**
 * Puts the texts of the first who are due into the outbox, each with its attempt, in one transaction: an attempt is a text, and never two. Who
 * changes the campaign's state waits for its end, so that after a pause nothing is reserved.
 * @returns how many
 */
export async function reserveTexts(
  { db, rules, nowMs }: { readonly db: Database; readonly rules: TextingRules; readonly nowMs: number },
  campaign: TextedCampaign,
  limit: number,
): Promise<number> {
  const { campaignId, settings, bundleId } = campaign;
  const now = new Date(nowMs);
  return await db.transaction().execute(async (trx) => {
    const runs = await trx
      .selectFrom('campaign')
      .select('campaign_id')
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'running')
      .forShare()
      .executeTakeFirst();
    if (runs === undefined) return 0;
    await passOver(trx, campaign, now);
    const due = await trx
      .selectFrom('campaign_recipient')
      .select(['recipient_id', 'telephone', 'values', 'person_key', 'telephone_key'])
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'waiting')
      .where('next_channel', '=', 'sms')
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .orderBy('recipient_id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    const texts: NewSms[] = [];
    for (const row of due) {
      const mine = trx.updateTable('campaign_recipient').where('recipient_id', '=', row.recipient_id);
      const { text, missing } = textFor(settings.smsText, RecipientValuesSchema.parse(row.values), campaign);
      if (missing.length > 0 || text.length > longestTextUnits) {
        await mine.set(withoutText(settings, now)).execute();
        continue;
      }
      const said = await rules.mayReserve(trx, {
        campaignId,
        recipientId: row.recipient_id,
        personKey: row.person_key,
        telephoneKey: row.telephone_key,
        text,
        nowMs,
      });
      if (!said.allowed) {
        await mine.set({ next_at: new Date(said.againAtMs) }).execute();
        continue;
      }
      const attemptId = `att-${randomUUID()}`;
      await mine.set({ state: 'inProgress' }).execute();
      await trx
        .insertInto('campaign_attempt')
        .values({
          attempt_id: attemptId,
          campaign_id: campaignId,
          recipient_id: row.recipient_id,
          channel: 'sms',
          state: 'sent',
          bundle_id: bundleId,
          reserved_at: now,
          dialled_at: now,
          reserved_sen: said.reservedSen,
          department: said.department,
        })
        .execute();
      texts.push({ id: attemptId, origin: 'campaign', to: row.telephone, text });
    }
    await insertSms(trx, texts, now);
    return texts.length;
  });
}

/** Telephones that take no text messages: they are called, where the campaign calls, and are settled where it does not. */
async function passOver(trx: Database, { campaignId, settings }: TextedCampaign, now: Date): Promise<void> {
  await trx
    .updateTable('campaign_recipient')
    .set(withoutText(settings, now))
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'waiting')
    .where('next_channel', '=', 'sms')
    .where('next_at', '<=', now)
    .where('telephone_kind', '<>', 'mobile')
    .execute();
}

function withoutText({ channels }: CampaignSettings, now: Date) {
  return channels === 'smsThenCall'
    ? ({ next_channel: 'call' } as const)
    : ({ state: 'done', settled_reason: 'outcome', settled_at: now } as const);
}
