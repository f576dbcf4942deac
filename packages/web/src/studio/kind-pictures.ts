import type { IconName } from '../design/icon.tsx';

export type KindPicture = {
  readonly icon: IconName;
  /** For the palette: what it does for the caller, in a few words. */
  readonly purpose: string;
};

const PICTURES: Readonly<Record<string, KindPicture>> = {
  announcement: { icon: 'speaker', purpose: '案内を読み上げます' },
  menu: { icon: 'keypad', purpose: '番号を押して選んでもらいます' },
  digits: { icon: 'note', purpose: '数字を入力してもらいます' },
  identityCheck: { icon: 'check', purpose: 'ご本人かどうかをお誕生日で確かめます' },
  openingHours: { icon: 'clock', purpose: '開庁中か閉庁中かで分けます' },
  callerCondition: { icon: 'person', purpose: 'かけてきた方の種類で分けます' },
  variableCondition: { icon: 'question', purpose: '入力された内容で分けます' },
  askMobileNumber: { icon: 'phone', purpose: 'SMSの送り先を聞きます' },
  sms: { icon: 'message', purpose: 'SMSを送ります' },
  transfer: { icon: 'transfer', purpose: '職員の電話につなぎます' },
  voicemail: { icon: 'microphone', purpose: '伝言を録音します' },
  callBackRequest: { icon: 'phoneIn', purpose: '折り返しの希望を受けます' },
  questionnaire: { icon: 'list', purpose: '質問に番号で答えてもらいます' },
  recordResult: { icon: 'flag', purpose: '市からかけた電話の結果を残します' },
  setVariable: { icon: 'settings', purpose: '値を入れておきます' },
  goToFlow: { icon: 'chevronRight', purpose: '別のフローに移ります' },
  end: { icon: 'hangUp', purpose: '電話を終わります' },
};

export function pictureOf(kind: string): KindPicture {
  return PICTURES[kind] ?? { icon: 'question', purpose: '' };
}

/** How the palette groups the kinds; every kind stands in one group. */
export const KIND_GROUPS: readonly { readonly name: string; readonly kinds: readonly string[] }[] = [
  { name: '話す・聞く', kinds: ['announcement', 'menu', 'digits', 'identityCheck', 'questionnaire'] },
  { name: '分ける', kinds: ['openingHours', 'callerCondition', 'variableCondition'] },
  { name: '送る・つなぐ', kinds: ['askMobileNumber', 'sms', 'transfer', 'voicemail', 'callBackRequest'] },
  { name: '進む・終わる', kinds: ['recordResult', 'setVariable', 'goToFlow', 'end'] },
];
