import type { CampaignProposalState } from '@madoguchi/server/campaign-contract';
import type { IconName } from '../../design/icon.tsx';
import type { Tone } from '../../design/state-label.tsx';

/** How a proposal 伺い of a campaign stands. */
export const PROPOSAL_STATES: Readonly<
  Record<CampaignProposalState, { readonly word: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  waiting: { word: '決裁待ち', icon: 'wait', tone: 'warning' },
  approved: { word: '決裁済み', icon: 'check', tone: 'good' },
  sentBack: { word: '差戻し', icon: 'alert', tone: 'bad' },
  withdrawn: { word: '取下げ', icon: 'cross', tone: 'plain' },
  voided: { word: '無効', icon: 'cross', tone: 'bad' },
};
