import type { SmsShown } from '@madoguchi/server/contract';
import type { IconName } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';

/** How far a text message has come, in staff's words. */
export const SMS_STATES: Readonly<
  Record<SmsShown['state'], { readonly word: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  waiting: { word: '送信待ち', icon: 'clock', tone: 'plain' },
  submitting: { word: '送信中', icon: 'clock', tone: 'plain' },
  accepted: { word: '受付済み', icon: 'check', tone: 'good' },
  delivered: { word: '到達', icon: 'check', tone: 'good' },
  refused: { word: '送信できず', icon: 'alert', tone: 'bad' },
  undeliverable: { word: '届かず', icon: 'alert', tone: 'bad' },
  unknown: { word: '結果不明', icon: 'question', tone: 'warning' },
};
