import type { IconName } from '../design/icon.tsx';

export type Screen = {
  readonly to:
    | '/live'
    | '/inbox'
    | '/calls'
    | '/citizen'
    | '/campaigns'
    | '/flows'
    | '/approvals'
    | '/sms'
    | '/calendars'
    | '/announcements'
    | '/emergency'
    | '/numbers'
    | '/note-choices'
    | '/trunks';
  readonly word: string;
  readonly icon: IconName;
  /** Pages that belong to it under other addresses: the menu shows it as the present one there. */
  readonly also?: readonly string[];
  /** Shown to who may do it (server's accounts/rights.ts); everybody otherwise. */
  readonly right?: string;
};

export type ScreenGroup = { readonly word: string; readonly screens: readonly Screen[] };

/** What comes in and goes out by telephone, what callers hear, what is set up once. */
const GROUPS: readonly ScreenGroup[] = [
  {
    word: '電話',
    screens: [
      { to: '/live', word: 'ただいまの通話', icon: 'phone' },
      { to: '/inbox', word: '受付箱', icon: 'inbox' },
      { to: '/calls', word: '通話の記録', icon: 'list' },
      { to: '/citizen', word: '市民照会', icon: 'person' },
      {
        to: '/campaigns',
        word: '配信',
        icon: 'phoneOut',
        right: 'viewCampaigns',
        also: ['/campaign-proposals', '/campaign-cost', '/suppressions', '/result-exports'],
      },
    ],
  },
  {
    word: '案内',
    screens: [
      { to: '/flows', word: 'フロー', icon: 'transfer', right: 'viewFlows' },
      { to: '/approvals', word: '決裁', icon: 'check', right: 'viewFlows' },
      { to: '/announcements', word: 'アナウンス集', icon: 'voice', right: 'viewFlows' },
      { to: '/calendars', word: '開庁日カレンダー', icon: 'calendar', right: 'viewFlows' },
      { to: '/emergency', word: '緊急アナウンス', icon: 'alert', right: 'viewFlows' },
    ],
  },
  {
    word: '設定',
    screens: [
      { to: '/numbers', word: '電話番号', icon: 'phoneIn', right: 'viewFlows' },
      { to: '/trunks', word: '回線', icon: 'plug', right: 'manageTrunks' },
      { to: '/note-choices', word: '用件区分', icon: 'settings', right: 'editNoteChoices' },
      { to: '/sms', word: 'SMSの試し送信', icon: 'message' },
    ],
  },
];

/** @returns the groups with the screens that somebody of these rights may open; a group without any is left out. */
export function screenGroupsFor(rights: readonly string[]): readonly ScreenGroup[] {
  return GROUPS.map(({ word, screens }) => ({
    word,
    screens: screens.filter(({ right }) => right === undefined || rights.includes(right)),
  })).filter(({ screens }) => screens.length > 0);
}
