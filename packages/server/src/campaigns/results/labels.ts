import type { SmsState } from '../../sms/index.ts';
import type { AnsweredBy, AttemptOutcome, Channel, ContactResult } from '../words.ts';

/** Words of results for screens and files, in the order in which they are shown. */

export const RESULT_LABELS: Readonly<Record<ContactResult, string>> = {
  promised: '納付約束',
  paid: '納付済み',
  consultation: '相談希望',
  informed: '案内を聞いた',
  transferred: '職員が対応',
  absent: '本人不在',
  wrongNumber: '番号違い',
  notIdentified: '本人確認できず',
  optedOut: '連絡を希望しない',
};

export const OUTCOME_LABELS: Readonly<Record<AttemptOutcome, string>> = {
  answered: '応答',
  hungUpAtOnce: '応答後すぐに切断',
  busy: '話し中',
  unanswered: '応答なし',
  declined: '拒否',
  outOfRange: '圏外・電源断',
  unassigned: '欠番',
  noLine: '回線なし',
  trunkRefused: '回線側の拒否',
  cancelled: '発信取りやめ',
  smsAccepted: 'SMS送信済み',
  smsDelivered: 'SMS着信',
  smsFailed: 'SMS不達',
  unknown: '不明',
};

export const ANSWERED_BY_LABELS: Readonly<Record<AnsweredBy, string>> = {
  human: '人',
  machine: '留守番電話',
  callScreening: '迷惑電話防止の応答',
  fax: 'ファクス',
  unknown: '不明',
};

export const SMS_STATE_LABELS: Readonly<Record<SmsState, string>> = {
  waiting: '送信待ち',
  submitting: '送信中',
  accepted: '送信済み',
  refused: '送信できず',
  unknown: '不明',
  delivered: '着信',
  undeliverable: '不達',
};

export const GOING_ON_LABEL = '進行中';

/** 手段 */
export type Means = 'call' | 'sms' | 'callBack';
export const MEANS_LABELS: Readonly<Record<Means, string>> = {
  call: '電話',
  sms: 'SMS',
  callBack: '折り返しの電話',
};

export function meansOf(channel: Channel, isCallBack: boolean): Means {
  return channel === 'sms' ? 'sms' : isCallBack ? 'callBack' : 'call';
}
