import type { HolidaySet } from '@madoguchi/flow';
import type { Clock } from '../../clock.ts';
import { firstTokens, howMany, spend, type Tokens } from '../pacing/how-many.ts';
import { mayCallAt } from '../pacing/may-call-at.ts';
import { takeTurns } from '../pacing/take-turns.ts';
import type { DialledCampaign } from './running-campaigns.ts';

/** What a round goes by. */
export type RoundFacts = {
  readonly openAttempts: (campaignId: string) => number;
  readonly readyCount: (campaign: DialledCampaign) => number;
  /** Attempts that find a line now. */
  readonly linesFor: (leftFree: number) => number;
  /** Asks for so many people to be ready, where anybody may be called. */
  readonly fill: (campaign: DialledCampaign, want: number) => void;
};

/** Which campaigns begin a call, round after round: remembers what each has used of its rate, and whose turn it is. */
export function createRounds({
  clock,
  holidays,
}: {
  readonly clock: Pick<Clock, 'now' | 'monotonicMs'>;
  readonly holidays: () => HolidaySet;
}): { next(campaigns: readonly DialledCampaign[], facts: RoundFacts): readonly DialledCampaign[] } {
  const tokens = new Map<string, Tokens>();
  let lastTurn: string | null = null;

  return {
    next(campaigns, facts) {
      const nowMs = clock.monotonicMs();
      const byId = new Map(campaigns.map((campaign) => [campaign.campaignId, campaign]));
      for (const campaignId of tokens.keys()) if (!byId.has(campaignId)) tokens.delete(campaignId);
      let linesFree = 0;
      const wishes = campaigns.flatMap((campaign) => {
        const { campaignId, settings } = campaign;
        if (!mayCallAt(settings, clock.now(), holidays()).allowed) return [];
        facts.fill(campaign, Math.ceil(settings.callsPerSecond * 2) + 2);
        const { linesLeftFree } = settings;
        // The pure functions count the lines that stay free among the free ones.
        const free = facts.linesFor(linesLeftFree) + linesLeftFree;
        linesFree = Math.max(linesFree, free);
        const room = howMany({
          settings,
          openAttempts: facts.openAttempts(campaignId),
          linesFree: free,
          tokens: tokens.get(campaignId) ?? firstTokens(nowMs),
          nowMs,
        });
        tokens.set(campaignId, room.tokens);
        return [{ campaignId, count: Math.min(room.count, facts.readyCount(campaign)), linesLeftFree }];
      });
      const turns = takeTurns(wishes, linesFree, lastTurn);
      lastTurn = turns.at(-1) ?? lastTurn;
      for (const campaignId of turns) {
        const left = tokens.get(campaignId);
        if (left !== undefined) tokens.set(campaignId, spend(left, 1));
      }
      return turns.flatMap((campaignId) => byId.get(campaignId) ?? []);
    },
  };
}
