import { Link } from '@tanstack/react-router';

const SCREENS = [
  { to: '/announcements', word: 'アナウンス' },
  { to: '/announcements/audio', word: '録音した音声' },
  { to: '/announcements/readings', word: '読みの辞書' },
  { to: '/announcements/voice', word: 'いつもの声' },
] as const;

/** The screens of what callers hear. */
export function SubNavigation() {
  return (
    <nav aria-label="アナウンス集の画面" className="print:hidden">
      <ul className="flex gap-1 border-b border-solid-gray-420">
        {SCREENS.map(({ to, word }) => (
          <li key={to}>
            <Link
              to={to}
              activeProps={{ className: 'border-key-900 font-bold text-key-900' }}
              inactiveProps={{ className: 'border-transparent text-solid-gray-800' }}
              activeOptions={{ exact: true }}
              className="-mb-px inline-flex min-h-11 items-center border-b-4 px-4 text-oln-16N-100 hover:underline underline-offset-4"
            >
              {word}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
