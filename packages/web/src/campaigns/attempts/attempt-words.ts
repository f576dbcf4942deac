import type { AttemptStory, AttemptSummary } from '@madoguchi/server/campaign-result-contract';
import { durationInWords } from '../../words/japanese-time.ts';

export function meansWords({ channel, isCallBack }: Pick<AttemptSummary, 'channel' | 'isCallBack'>): string {
  return channel === 'sms' ? 'SMS' : isCallBack ? '折り返しの電話' : '電話';
}

/** Null: nobody answered, or it goes on. */
export function talkMsOf({
  answeredAt,
  endedAt,
}: Pick<AttemptSummary, 'answeredAt' | 'endedAt'>): number | null {
  return answeredAt === null || endedAt === null
    ? null
    : new Date(endedAt).getTime() - new Date(answeredAt).getTime();
}

/** How far an announcement was heard. */
export function playedWords({ played, playedMs }: AttemptStory['heard'][number]): string {
  switch (played) {
    case 'whole':
      return '最後まで流れました';
    case 'cutShort':
      return playedMs === null ? '途中で終わりました' : `途中の${durationInWords(playedMs)}まで流れました`;
    case 'unknown':
      return 'どこまで流れたか分かりません';
  }
}
