import type {
  AnsweredBy,
  AttemptOutcome,
  CampaignKind,
  CampaignState,
  Channels,
  ContactResult,
  EndedBecause,
  RecipientStateName,
  SettledReason,
} from '@madoguchi/server/campaign-contract';
import type { IconName } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';

/** Every word of campaigns 配信 that the screens show, once. */

export const KINDS: Readonly<Record<CampaignKind, { readonly word: string; readonly explanation: string }>> =
  {
    dueDateNotice: {
      word: '納期限のお知らせ',
      explanation: '納期限の前に、期限が近いことをお知らせします。',
    },
    paymentDemand: {
      word: '納付催告',
      explanation: '納期限を過ぎた方に、納付をお願いします。法律で定められた督促ではありません。',
    },
  };

export const KIND_CHOICES = choicesOf<CampaignKind>(['dueDateNotice', 'paymentDemand'], KINDS);

type Shown = { readonly word: string; readonly icon: IconName; readonly tone: Tone };

export const STATES: Readonly<Record<CampaignState, Shown>> = {
  draft: { word: '下書き', icon: 'note', tone: 'plain' },
  waiting: { word: '決裁待ち', icon: 'wait', tone: 'warning' },
  approved: { word: '決裁済み・開始前', icon: 'check', tone: 'good' },
  running: { word: '実行中', icon: 'phone', tone: 'good' },
  paused: { word: '一時停止中', icon: 'alert', tone: 'warning' },
  ended: { word: '終了', icon: 'flag', tone: 'plain' },
};

export const ENDED_BECAUSE: Readonly<Record<EndedBecause, string>> = {
  finished: '全員への連絡が終わりました',
  stopped: '職員が中止しました',
  lastDay: '最後の日を過ぎました',
};

export const CHANNELS: Readonly<Record<Channels, { readonly word: string; readonly explanation: string }>> = {
  call: { word: '電話だけ', explanation: '固定電話にも携帯電話にもかけます。' },
  sms: { word: 'SMSだけ', explanation: '携帯電話の方にだけ送ります。' },
  callThenSms: {
    word: '電話の後にSMS',
    explanation: '電話でつながらなかった方に、SMSを送ります。',
  },
  smsThenCall: {
    word: 'SMSの後に電話',
    explanation: 'SMSを送った後、反応のない方に電話をかけます。',
  },
};

export const CHANNEL_CHOICES = choicesOf<Channels>(['call', 'sms', 'callThenSms', 'smsThenCall'], CHANNELS);

/** What came of one try. */
export const OUTCOMES: Readonly<Record<AttemptOutcome, string>> = {
  answered: '応答',
  hungUpAtOnce: '応答後すぐに切断',
  busy: '話し中',
  unanswered: '応答なし',
  declined: '拒否',
  unassigned: '欠番',
  outOfRange: '圏外・電源断',
  noLine: '回線なし',
  trunkRefused: '回線側の拒否',
  cancelled: '発信取りやめ',
  smsAccepted: 'SMS送信済み',
  smsDelivered: 'SMS着信',
  smsFailed: 'SMS不達',
  unknown: '不明',
};

/** Who, or what, answered. */
export const ANSWERED_BY: Readonly<Record<AnsweredBy, string>> = {
  human: '人',
  machine: '留守番電話',
  callScreening: '迷惑電話防止の応答',
  fax: 'ファクス',
  unknown: '不明（人として扱います）',
};

/** What the person said; kept apart from one another in every figure. */
export const RESULTS: Readonly<Record<ContactResult, string>> = {
  promised: '納付約束',
  paid: '納付済み',
  consultation: '相談希望',
  absent: '本人不在',
  wrongNumber: '番号違い',
  notIdentified: '本人確認できず',
  informed: '案内を聞いた',
  optedOut: '連絡を希望しない',
  transferred: '職員が対応',
};

export const RECIPIENT_STATES: Readonly<Record<RecipientStateName, Shown>> = {
  waiting: { word: '待ち', icon: 'wait', tone: 'plain' },
  inProgress: { word: '発信中', icon: 'phone', tone: 'warning' },
  done: { word: '済み', icon: 'check', tone: 'good' },
  removed: { word: '取りやめ', icon: 'cross', tone: 'plain' },
};

/** Why a recipient is tried no more. */
export const SETTLED: Readonly<Record<SettledReason, string>> = {
  reached: '連絡が済みました',
  triesUsed: '決めた回数までかけました',
  outcome: '欠番などのため、もうかけません',
  paid: '納付済みの名簿にありました',
  suppressed: '発信止めの方です',
  byStaff: '職員が取りやめました',
  campaignEnded: '配信が終わりました',
};

export const OUTCOME_ORDER: readonly AttemptOutcome[] = [
  'answered',
  'hungUpAtOnce',
  'busy',
  'unanswered',
  'declined',
  'outOfRange',
  'unassigned',
  'noLine',
  'trunkRefused',
  'cancelled',
  'smsDelivered',
  'smsAccepted',
  'smsFailed',
  'unknown',
];
export const RESULT_ORDER: readonly ContactResult[] = [
  'promised',
  'paid',
  'consultation',
  'absent',
  'wrongNumber',
  'notIdentified',
  'informed',
  'transferred',
  'optedOut',
];
export const RECIPIENT_STATE_ORDER: readonly RecipientStateName[] = [
  'waiting',
  'inProgress',
  'done',
  'removed',
];

/** Sunday is 0. */
export const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** '1,234件', '1,234人' */
export const counted = (count: number, unit: string) => `${count.toLocaleString('ja-JP')}${unit}`;

/** Whose share of the budget pays. */
export const departmentWords = (department: string) =>
  department === '' ? '決めない（市全体の予算だけ）' : department;

/** '1,234円' */
export const yenWords = (yen: number) => counted(yen, '円');

/** '2026年4月1日' of 'YYYY-MM-DD'. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
}

/** Which of `order` has this name; undefined: none. */
export function oneOf<T extends string>(order: readonly T[], id: string): T | undefined {
  return order.find((each) => each === id);
}

function choicesOf<T extends string>(
  order: readonly T[],
  words: Readonly<Record<T, { readonly word: string; readonly explanation: string }>>,
): readonly { readonly id: T; readonly word: string; readonly explanation: string }[] {
  return order.map((id) => ({ id, ...words[id] }));
}
