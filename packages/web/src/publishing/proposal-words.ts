import type { ProposalState, ProposalSummary } from '@madoguchi/server/publish-contract';
import type { IconName } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';
import { momentShown } from '../words/japanese-time.ts';

export const STATES: Readonly<Record<ProposalState, { word: string; icon: IconName; tone: Tone }>> = {
  waiting: { word: '決裁待ち', icon: 'wait', tone: 'warning' },
  approved: { word: '決裁済み・公開前', icon: 'check', tone: 'good' },
  sentBack: { word: '差戻し', icon: 'alert', tone: 'bad' },
  withdrawn: { word: '取下げ', icon: 'cross', tone: 'plain' },
  published: { word: '公開済み', icon: 'check', tone: 'good' },
  failed: { word: '公開できませんでした', icon: 'alert', tone: 'bad' },
};

/** When it comes into force, in words. */
export function whenWords({ publishWhen, publishAt }: ProposalSummary): string {
  if (publishWhen === 'at' && publishAt !== null) return `${momentShown(publishAt)}に公開`;
  return publishWhen === 'byHand' ? '決裁の後、手動で公開' : '決裁されたらすぐに公開';
}

export function numbersWords(numbers: ProposalSummary['numbers']): string {
  if (numbers.length === 0) return '電話番号はまだ使いません';
  return numbers.map(({ shown, name }) => `${shown}（${name}）`).join('、');
}
