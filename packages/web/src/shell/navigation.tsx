import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../account-queries.ts';
import { Icon, type IconName } from '../design/icon.tsx';
import { InboxBadge, OverdueSpoken } from './inbox-badge.tsx';

type Screen = {
  readonly to:
    | '/live'
    | '/inbox'
    | '/calls'
    | '/citizen'
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
  /** Shown to who may do it (server's accounts/rights.ts); everybody otherwise. */
  readonly right?: string;
};

const SCREENS: readonly Screen[] = [
  { to: '/live', word: 'ただいまの通話', icon: 'phone' },
  { to: '/inbox', word: '受付箱', icon: 'inbox' },
  { to: '/calls', word: '通話の記録', icon: 'list' },
  { to: '/citizen', word: '市民照会', icon: 'person' },
  { to: '/flows', word: 'フロー', icon: 'transfer', right: 'viewFlows' },
  { to: '/approvals', word: '決裁', icon: 'check', right: 'viewFlows' },
  { to: '/announcements', word: 'アナウンス集', icon: 'voice', right: 'viewFlows' },
  { to: '/emergency', word: '緊急アナウンス', icon: 'alert', right: 'viewFlows' },
  { to: '/numbers', word: '電話番号', icon: 'phoneIn', right: 'viewFlows' },
  { to: '/sms', word: 'SMSの試し送信', icon: 'message' },
  { to: '/calendars', word: '開庁日カレンダー', icon: 'calendar', right: 'viewFlows' },
  { to: '/note-choices', word: '用件区分の設定', icon: 'settings', right: 'editNoteChoices' },
  { to: '/trunks', word: '回線', icon: 'plug', right: 'manageTrunks' },
];

export function Navigation() {
  const { data: me } = useQuery(meQuery);
  const screens = SCREENS.filter(({ right }) => right === undefined || me?.rights.includes(right));
  return (
    <nav
      aria-label="メニュー"
      className="w-58 shrink-0 border-r border-solid-gray-200 bg-white py-4 print:hidden"
    >
      <OverdueSpoken />
      {/* Stays in sight on long screens, for the mark of what is overdue. */}
      <ul className="sticky top-4">
        {screens.map(({ to, word, icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeProps={{ className: 'border-key-900 bg-key-50 font-bold text-key-900' }}
              inactiveProps={{ className: 'border-transparent text-solid-gray-800' }}
              activeOptions={{ includeSearch: false }}
              className="flex min-h-12 items-center gap-2 border-l-4 px-4 text-oln-16N-100 hover:bg-solid-gray-50 hover:underline underline-offset-4 focus-visible:-outline-offset-4"
            >
              <Icon name={icon} />
              <span className="whitespace-nowrap">{word}</span>
              {to === '/inbox' ? <InboxBadge /> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
