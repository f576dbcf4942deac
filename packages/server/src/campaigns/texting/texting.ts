import type { HolidaySet } from '@madoguchi/flow';
import type { Logger } from 'pino';
import { readHolidays } from '../../calendars/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { firstTokens, howMany, spend, type Tokens } from '../pacing/how-many.ts';
import { mayCallAt } from '../pacing/may-call-at.ts';
import { personalNamesIn } from '../planning/personal-values.ts';
import { readBundle } from '../planning/read-bundle.ts';
import { readCampaignSettings } from '../settings.ts';
import { reserveTexts, type TextedCampaign } from './reserve-texts.ts';
import { settleTexts } from './settle-texts.ts';
import { takeBackTexts } from './take-back-texts.ts';
import type { TextingRules } from './texting-rules.ts';

export type TextingParts = {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
  readonly rules: TextingRules;
  readonly log: Logger;
};

/**
 * The text messages of campaigns: who is due is put into the outbox at the campaign's pace and in its hours, each once; what nobody has sent
 * yet is taken back where the campaign does not run any more; and what the gateway and its receipts say is written down. Safe to run twice at
 * once but for the pace.
 */
export function createTexting({ db, clock, rules, log }: TextingParts) {
  const tokens = new Map<string, Tokens>();
  const refused = new Set<string>();

  return {
    /** One round over all campaigns that run. */
    async send(): Promise<void> {
      const holidays = await readHolidays(db);
      await takeBackTexts({ db, rules, holidays, nowMs: clock.now() });
      const running = await textedCampaigns(db);
      for (const id of tokens.keys())
        if (!running.some(({ campaignId }) => campaignId === id)) tokens.delete(id);
      for (const campaign of running) await sendFor(campaign, holidays);
    },
    /** What came of texts that were sent. */
    async settle(): Promise<void> {
      await settleTexts({ db, rules, holidays: await readHolidays(db), nowMs: clock.now() });
    },
  };

  async function sendFor(campaign: TextedCampaign, holidays: HolidaySet): Promise<void> {
    const { campaignId, settings } = campaign;
    if (!mayCallAt(settings, clock.now(), holidays).allowed) return;
    if (!(await mayTell(campaign))) return;
    const nowMs = clock.monotonicMs();
    const room = howMany({
      settings,
      // A text holds no line.
      openAttempts: 0,
      linesFree: Number.POSITIVE_INFINITY,
      tokens: tokens.get(campaignId) ?? firstTokens(nowMs),
      nowMs,
    });
    const sent =
      room.count === 0 ? 0 : await reserveTexts({ db, rules, nowMs: clock.now() }, campaign, room.count);
    tokens.set(campaignId, spend(room.tokens, sent));
  }

  /** The last fence: personal values are told with the leave of who decided, or not at all. */
  async function mayTell({ campaignId, settings, bundleId }: TextedCampaign): Promise<boolean> {
    if (settings.smsMayTellPersonal) return true;
    if (personalNamesIn(settings.smsText, await readBundle(db, bundleId)).length === 0) return true;
    if (!refused.has(campaignId)) {
      refused.add(campaignId);
      log.error(
        { campaignId },
        'the text of a campaign tells personal values without leave: nothing is sent',
      );
    }
    return false;
  }
}

async function textedCampaigns(db: Database): Promise<TextedCampaign[]> {
  const rows = await db
    .selectFrom('campaign as c')
    .leftJoin('phone_number as n', 'n.phone_number', 'c.phone_number')
    .select(['c.campaign_id', 'c.settings', 'c.bundle_id', 'c.phone_number', 'n.name'])
    .where('c.state', '=', 'running')
    .orderBy('c.campaign_id')
    .execute();
  return rows
    .map((row) => ({
      campaignId: row.campaign_id,
      settings: readCampaignSettings(row.settings),
      bundleId: row.bundle_id,
      phoneNumber: row.phone_number ?? '',
      numberName: row.name ?? '',
    }))
    .filter(({ settings }) => settings.channels !== 'call' && settings.smsText.trim() !== '');
}
