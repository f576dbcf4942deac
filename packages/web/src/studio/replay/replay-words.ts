import type { Replay, ReplayTotalsShown } from '@madoguchi/server/trial-contract';
import type { IconName } from '../../design/icon.tsx';
import type { Tone } from '../../design/state-label.tsx';

type Reason = ReplayTotalsShown['doubts'][number]['reason'];

/** Why nobody knows how a call would have gone on. */
export const DOUBTS: Readonly<Record<Reason, string>> = {
  newQuestion: '新しい質問で、まだだれも答えていません',
  moreAsked: '以前より多くのことを尋ねています',
  meaningChanged: '押されたキーの意味が変わっています',
  choiceRemoved: '選ばれた項目がなくなっています',
  pressedAhead: '案内の途中で押されたキーが、どの質問への答えかわかりません',
  unheard: '以前は聞いていない案内で、途中で切ったかもしれません',
  sealed: '秘密の番号の入力は記録されていません',
  transfer: '以前はかけていない転送先で、出るかどうかわかりません',
  message: '伝言を残すかどうかわかりません',
  calendar: '開庁時間の設定が見つかりません',
  list: '番号一覧が見つかりません',
  record: '通話の記録を読み取れません',
  tooLong: '同じ所をくり返し、終わりません',
};

export const REPLAY_STATES: Readonly<
  Record<Replay['state'], { readonly word: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  waiting: { word: '順番待ち', icon: 'wait', tone: 'plain' },
  running: { word: '計算中', icon: 'wait', tone: 'plain' },
  done: { word: '完了', icon: 'check', tone: 'good' },
  cancelled: { word: '中止', icon: 'cross', tone: 'plain' },
  failed: { word: '中断', icon: 'alert', tone: 'warning' },
};

/** '+12', '−3', '±0' */
export function differenceShown(before: number, after: number): string {
  const difference = after - before;
  if (difference === 0) return '±0';
  return difference > 0
    ? `+${difference.toLocaleString('ja-JP')}`
    : `−${(-difference).toLocaleString('ja-JP')}`;
}
