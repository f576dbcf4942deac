import type { PlacedCall } from '@madoguchi/server/inbox-contract';
import type { IconName } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';
import { durationInWords } from '../words/japanese-time.ts';

const FAILURES: Readonly<Record<NonNullable<PlacedCall['reason']>, string>> = {
  noLine: '空いている回線がないため、かけられませんでした。時間をおいて、もう一度お試しください。',
  notDialable: 'かけられない電話番号のため、かけませんでした。',
  staffBusy: 'あなたの電話機がお話し中のため、おかけしませんでした。',
  staffUnanswered: 'あなたの電話機の受話器が取られなかったため、おかけしませんでした。',
  staffFailed: 'あなたの電話機を呼び出せませんでした。ご自分の電話番号をご確認ください。',
  staffHungUp: '市民の方がお出になる前に、受話器が置かれました。',
  citizenBusy: '市民の方は、お話し中でした。',
  citizenUnanswered: '市民の方は、お出になりませんでした。',
  citizenFailed: '市民の方の電話に、つながりませんでした。',
  stopped: '電話をとりやめました。',
  expired: '電話の仕組みがお受けできなかったため、おかけしませんでした。もう一度お試しください。',
};

export function isOpen({ state }: PlacedCall): boolean {
  return state === 'ordered' || state === 'ringingStaff' || state === 'ringingCitizen' || state === 'talking';
}

/** How a call stands, to the clerk who places it. The length of a talk that is going on is not in it: it changes every second. */
export function progressInWords(call: PlacedCall): string {
  switch (call.state) {
    case 'ordered':
      return 'お待ちください';
    case 'ringingStaff':
      return 'あなたの電話機を呼び出しています';
    case 'ringingCitizen':
      return '市民の方を呼び出しています';
    case 'talking':
      return 'お話し中です';
    case 'ended':
      return call.talkMs === null ? '終わりました' : `終わりました（${durationInWords(call.talkMs)}）`;
    case 'failed':
      return call.reason === null ? 'かけられませんでした' : FAILURES[call.reason];
    case 'unknown':
      return '途中で仕組みが止まったため、結果が分かりません';
  }
}

/** What became of a call, as the history says it of anybody's. */
export function resultOf(call: PlacedCall): {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
} {
  if (isOpen(call))
    return { word: call.state === 'talking' ? 'お話し中' : '呼び出し中', icon: 'phone', tone: 'plain' };
  if (call.state === 'ended') {
    const length = call.talkMs === null ? '' : `（${durationInWords(call.talkMs)}）`;
    return { word: `お話ししました${length}`, icon: 'check', tone: 'good' };
  }
  if (call.state === 'unknown') return { word: '結果が分かりません', icon: 'alert', tone: 'warning' };
  switch (call.reason) {
    case 'citizenBusy':
      return { word: 'お話し中でした', icon: 'cross', tone: 'plain' };
    case 'citizenUnanswered':
      return { word: 'お出になりませんでした', icon: 'cross', tone: 'plain' };
    case 'citizenFailed':
      return { word: 'つながりませんでした', icon: 'cross', tone: 'plain' };
    case 'stopped':
    case 'staffHungUp':
      return { word: '途中でやめました', icon: 'cross', tone: 'plain' };
    default:
      return { word: 'かけられませんでした', icon: 'cross', tone: 'plain' };
  }
}
