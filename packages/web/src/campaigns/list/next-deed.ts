import type { CampaignSummary } from '@madoguchi/server/campaign-contract';
import { momentShown } from '../../words/japanese-time.ts';
import { ENDED_BECAUSE } from '../campaign-words.ts';

/** What comes next with a campaign, and whether somebody has to act for it. */
export type NextDeed = { readonly words: string; readonly isWanted: boolean };

export function nextDeedOf({
  state,
  waitsForMe,
  nextAt,
  endedBecause,
  recipients,
}: Pick<CampaignSummary, 'state' | 'waitsForMe' | 'nextAt' | 'endedBecause' | 'recipients'>): NextDeed {
  if (waitsForMe) return { words: 'あなたの決裁を待っています', isWanted: true };
  switch (state) {
    case 'draft': {
      const isEmpty = Object.values(recipients).every((count) => count === 0);
      return {
        words: isEmpty ? '名簿を読み込んでください' : '内容を確かめて決裁に出してください',
        isWanted: true,
      };
    }
    case 'waiting':
      return { words: '決裁を待っています', isWanted: false };
    case 'approved':
      return {
        words: nextAt === null ? 'まもなく自動で始まります' : `${momentShown(nextAt)}に自動で始まります`,
        isWanted: false,
      };
    case 'running':
      return {
        words: nextAt === null ? 'いま発信しています' : `${momentShown(nextAt)}から、また発信します`,
        isWanted: false,
      };
    case 'paused':
      return { words: '再開するか、中止するかを決めてください', isWanted: true };
    case 'ended':
      return { words: endedBecause === null ? '終わりました' : ENDED_BECAUSE[endedBecause], isWanted: false };
  }
}

/** Where one goes on with it. */
export function campaignHref({ campaignId, state }: Pick<CampaignSummary, 'campaignId' | 'state'>): string {
  const page = `/campaigns/${encodeURIComponent(campaignId)}`;
  return state === 'running' || state === 'paused'
    ? `${page}/running`
    : state === 'ended'
      ? `${page}/results`
      : page;
}
