import type { CampaignNotice } from '../../http/campaign-contract.ts';
import type { AllowedTimes } from '../settings.ts';
import type { CampaignKind, Channels } from '../words.ts';

export type NoticeFacts = {
  readonly kind: CampaignKind;
  readonly channels: Channels;
  /** As people read it ('0725-00-1001'), and staff's name of it. */
  readonly numberShown: string;
  readonly numberName: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly times: AllowedTimes;
};

const MEANS: Readonly<Record<Channels, string>> = {
  call: 'お電話',
  sms: 'SMS（携帯電話のショートメッセージ）',
  callThenSms: 'お電話とSMS（携帯電話のショートメッセージ）',
  smsThenCall: 'お電話とSMS（携帯電話のショートメッセージ）',
};
const MATTERS: Readonly<Record<CampaignKind, string>> = {
  dueDateNotice: '納期限のお知らせ',
  paymentDemand: '納付のお願い',
};
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** What the city tells everybody beforehand, so that people know its calls from those of swindlers. */
export function noticeOf(facts: NoticeFacts): CampaignNotice {
  const { kind, channels, numberShown, numberName, firstDay, lastDay, times } = facts;
  const means = MEANS[channels];
  return {
    title: `${numberName}から${means}でご連絡します`,
    lead: `次の期間、${MATTERS[kind]}のため、自動音声などにより、対象の方に${means}でご連絡します。市を名のる不審な電話やSMSにご注意ください。`,
    facts: [
      { label: '連絡元の電話番号', text: `${numberShown}（${numberName}）` },
      { label: '期間', text: `${japaneseDate(firstDay)}から${japaneseDate(lastDay)}まで` },
      ...(channels === 'sms' ? [] : [{ label: 'お電話する時間', text: hoursOf(times) }]),
      { label: '内容', text: MATTERS[kind] },
    ],
    neverAskedTitle: '市からの連絡で、次のことは決してありません',
    neverAsked: [
      'ATM（現金自動預払機）の操作をお願いすることはありません。',
      '口座番号や暗証番号、クレジットカードの番号をお聞きすることはありません。',
      'お電話やSMSで、口座への振込をお願いすることはありません。',
      'マイナンバー（個人番号）をお聞きすることはありません。',
    ],
    closing: `すでに納付された方に行き違いで届いたときは、ご容赦ください。ご不明な点や、不審に思われたときは、いったん電話を切り、${numberName}（${numberShown}）へお問い合わせください。`,
  };
}

function hoursOf({ weekdays, from, to, onHolidays }: AllowedTimes): string {
  const days = [...new Set(weekdays)]
    // Monday first, as in Japan's offices
    .toSorted((one, other) => ((one + 6) % 7) - ((other + 6) % 7))
    .map((day) => WEEKDAYS[day] ?? '')
    .join('・');
  return `${days}曜日の${clockTime(from)}から${clockTime(to)}まで${onHolidays ? '（祝日を含みます）' : '（祝日を除きます）'}`;
}

function clockTime(time: string): string {
  const [hour = '', minute = ''] = time.split(':');
  return `${Number(hour)}時${minute === '00' ? '' : `${Number(minute)}分`}`;
}

function japaneseDate(day: string): string {
  return new Intl.DateTimeFormat('ja-JP-u-ca-japanese', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}
