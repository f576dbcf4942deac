import type { CampaignSettings } from '@madoguchi/server/campaign-contract';
import { CHANNELS, dayWords, OUTCOMES, WEEKDAYS } from './campaign-words.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** A setting in words, for who decides and for paper. */
export type SettingWords = { readonly name: string; readonly words: string };

/** When and how a campaign calls, each setting in a line. */
export function settingsWords(settings: CampaignSettings): readonly SettingWords[] {
  const { times, channels } = settings;
  const calls = channels !== 'sms';
  const isMixed = channels === 'callThenSms' || channels === 'smsThenCall';
  return [
    { name: '伝える方法', words: CHANNELS[channels].word },
    { name: '期間', words: periodWords(settings) },
    {
      name: '曜日と時間',
      words: `${daysWords(times.weekdays)}　${times.from}から${times.to}まで（祝日は${times.onHolidays ? 'かけます' : '休みます'}）`,
    },
    ...(calls
      ? [
          {
            name: 'かける回数',
            words: `ひとり${settings.tries}回まで（呼び出しは${settings.ringTimeoutS}秒）`,
          },
          {
            name: '速さ',
            words: `1秒に${settings.callsPerSecond}件まで、同時に${settings.atOnce}件まで（受ける電話のために${settings.linesLeftFree}回線を空けます）`,
          },
          { name: 'かけ直し方', words: afterWords(settings.after) },
        ]
      : []),
    ...(isMixed
      ? [
          {
            name: '電話とSMSの間',
            words: `${Math.round(settings.nextChannelAfterMinutes / 60)}時間あけます`,
          },
        ]
      : []),
    ...(calls
      ? [
          {
            name: '留守番電話',
            words: settings.machineIsReached
              ? '案内が流れたら、連絡がついたことにします'
              : '連絡がついたことにしません',
          },
          {
            name: '同じ番号の方',
            words: settings.mergeHouseholds
              ? '1回の電話にまとめ、お誕生日でどなたかを確かめます'
              : 'ひとりずつかけます',
          },
        ]
      : []),
    { name: '折り返し', words: callBackWords(settings) },
  ];
}

function callBackWords({ callBackDays, callBackFlowId, channels }: CampaignSettings): string {
  if (callBackDays === 0 || (callBackFlowId === null && channels === 'sms'))
    return '番号の案内を、どなたにも同じように流します';
  const what = callBackFlowId === null ? '配信と同じシナリオ' : '別に選んだ案内';
  return `最後に連絡してから${callBackDays}日間、本人確認をして、${what}を流します`;
}

/** '30分', '3時間', '2日' */
export function intervalWords(minutes: number): string {
  if (minutes >= 2 * DAY && minutes % DAY === 0) return `${minutes / DAY}日`;
  return minutes % HOUR === 0 && minutes > 0 ? `${minutes / HOUR}時間` : `${minutes}分`;
}

function periodWords({ firstDay, lastDay }: CampaignSettings): string {
  const from = firstDay === null ? '決裁の後すぐ' : dayWords(firstDay);
  return `${from}から${lastDay === null ? '、全員に連絡が済むまで' : `${dayWords(lastDay)}まで`}`;
}

/** '月・火・水・木・金曜日' */
function daysWords(days: readonly number[]): string {
  const mondayFirst = [1, 2, 3, 4, 5, 6, 0].filter((day) => days.includes(day));
  return `${mondayFirst.map((day) => WEEKDAYS[day] ?? '').join('・')}曜日`;
}

function afterWords(after: CampaignSettings['after']): string {
  const rules = Object.entries(after).flatMap(([outcome, rule]) => {
    const word = Object.entries(OUTCOMES).find(([name]) => name === outcome)?.[1];
    if (word === undefined || rule === undefined) return [];
    return [rule.again ? `${word}は${intervalWords(rule.intervalMinutes)}後` : `${word}にはかけ直さない`];
  });
  return rules.length === 0 ? 'ふつうのとおり' : `${rules.join('、')}（ほかはふつうのとおり）`;
}
