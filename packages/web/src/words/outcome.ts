import type { CallSummary } from '@madoguchi/server/contract';
import type { IconName } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';

export type Outcome = NonNullable<CallSummary['outcome']>;

/** How a call ended, in staff's words, with its picture. */
export const OUTCOMES: Readonly<
  Record<Outcome, { readonly word: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  announcement: { word: '案内で終了', icon: 'speaker', tone: 'plain' },
  sms: { word: 'SMSを送信', icon: 'message', tone: 'good' },
  transfer: { word: '職員へ転送', icon: 'transfer', tone: 'good' },
  callBack: { word: '折り返しを受付', icon: 'phoneIn', tone: 'good' },
  voicemail: { word: '伝言を録音', icon: 'microphone', tone: 'good' },
  abandoned: { word: '途中で切断', icon: 'hangUp', tone: 'plain' },
  refused: { word: '話し中でお断り', icon: 'hangUp', tone: 'warning' },
  forwarded: { word: '転送（停止中）', icon: 'transfer', tone: 'plain' },
  unknown: { word: '結果不明', icon: 'question', tone: 'warning' },
  error: { word: '障害で終了', icon: 'alert', tone: 'bad' },
};

/** In the order in which a list offers them. */
export const OUTCOME_ORDER: readonly Outcome[] = [
  'announcement',
  'sms',
  'transfer',
  'callBack',
  'voicemail',
  'abandoned',
  'refused',
  'forwarded',
  'unknown',
  'error',
];

export function isOutcome(value: string): value is Outcome {
  return Object.hasOwn(OUTCOMES, value);
}
