import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../account-queries.ts';
import { Icon, type IconName } from '../design/icon.tsx';

type Screen = {
  readonly to: '/live' | '/calls' | '/sms' | '/trunks';
  readonly word: string;
  readonly icon: IconName;
  readonly administratorOnly?: true;
};

const SCREENS: readonly Screen[] = [
  { to: '/live', word: 'ただいまの通話', icon: 'phone' },
  { to: '/calls', word: '通話の記録', icon: 'list' },
  { to: '/sms', word: 'SMSの試し送信', icon: 'message' },
  { to: '/trunks', word: '回線', icon: 'plug', administratorOnly: true },
];

export function Navigation() {
  const { data: me } = useQuery(meQuery);
  const screens = SCREENS.filter((screen) => !screen.administratorOnly || me?.role === 'administrator');
  return (
    <nav
      aria-label="メニュー"
      className="w-52 shrink-0 border-r border-solid-gray-200 bg-white py-4 print:hidden"
    >
      <ul>
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
              {word}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
