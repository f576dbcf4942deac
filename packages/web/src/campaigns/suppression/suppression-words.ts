import type {
  SuppressionReason,
  SuppressionShown,
  SuppressionSource,
} from '@madoguchi/server/campaign-suppression-contract';
import type { IconName } from '../../design/icon.tsx';
import type { Choice } from '../../design/select.tsx';
import type { Tone } from '../../design/state-label.tsx';

export const REASONS: Readonly<Record<SuppressionReason, string>> = {
  domesticViolence: 'DV等支援措置',
  deceased: '死亡',
  instalments: '分納',
  deferment: '徴収猶予',
  executionStay: '執行停止',
  attorneyNotice: '受任通知',
  specialCollection: '特別徴収',
  ownWish: '本人希望',
};
export const REASON_CHOICES: readonly Choice[] = Object.entries(REASONS).map(([id, word]) => ({ id, word }));

export const SOURCES: Readonly<Record<SuppressionSource, string>> = {
  staff: '職員',
  file: 'ファイル',
  call: '本人が電話で',
};

export const PHASES: Readonly<
  Record<SuppressionShown['phase'], { readonly word: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  inForce: { word: '止めている', icon: 'check', tone: 'good' },
  planned: { word: 'これから', icon: 'clock', tone: 'plain' },
  over: { word: '期間終了', icon: 'clock', tone: 'plain' },
  lifted: { word: '解除済み', icon: 'cross', tone: 'plain' },
};

/** '2026年4月1日' of 'YYYY-MM-DD'. */
function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
}

export function periodWords({ fromDay, toDay }: Pick<SuppressionShown, 'fromDay' | 'toDay'>): string {
  return toDay === null ? `${dayWords(fromDay)}から解除まで` : `${dayWords(fromDay)}〜${dayWords(toDay)}`;
}

/** Who is meant, for headings and questions. */
export function whomWords({ addresseeNumber, telephone }: SuppressionShown): string {
  if (addresseeNumber === null) return `電話番号 ${telephone ?? ''}`;
  return `宛名番号 ${addresseeNumber}`;
}
