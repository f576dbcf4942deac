import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useId } from 'react';
import { meQuery } from '../account-queries.ts';
import { Icon } from '../design/icon.tsx';
import { EmergencyMark } from './emergency-mark.tsx';
import { InboxBadge, OverdueSpoken } from './inbox-badge.tsx';
import { type Screen, screenGroupsFor } from './screens.ts';

/** Every screen that the person may open, under three headings; all of it in sight at 1280×720. */
export function Navigation() {
  const { data: me } = useQuery(meQuery);
  return (
    <nav
      aria-label="メニュー"
      className="w-58 shrink-0 border-r border-solid-gray-200 bg-white py-2 print:hidden"
    >
      <OverdueSpoken />
      {/* Stays in sight on long screens, for the mark of what is overdue. */}
      <div className="sticky top-2 flex flex-col gap-2">
        {screenGroupsFor(me?.rights ?? []).map(({ word, screens }) => (
          <Group key={word} word={word} screens={screens} />
        ))}
      </div>
    </nav>
  );
}

const PRESENT = 'border-key-900 bg-key-50 font-bold text-key-900';

function Group({ word, screens }: { word: string; screens: readonly Screen[] }) {
  const headingId = useId();
  const { pathname } = useLocation();
  return (
    <div>
      {/* No heading of the page: those belong to the screen itself. */}
      <p id={headingId} className="px-5 py-1 text-dns-14B-130 text-solid-gray-700">
        {word}
      </p>
      <ul aria-labelledby={headingId}>
        {screens.map(({ to, word: name, icon, also = [] }) => (
          <li key={to}>
            <Link
              to={to}
              activeProps={{ className: PRESENT }}
              inactiveProps={{
                className: also.some((path) => pathname.startsWith(path))
                  ? PRESENT
                  : 'border-transparent text-solid-gray-800',
              }}
              activeOptions={{ includeSearch: false }}
              className="flex min-h-9 items-center gap-2 border-l-4 px-4 text-oln-16N-100 hover:bg-solid-gray-50 hover:underline underline-offset-4 focus-visible:-outline-offset-4"
            >
              <Icon name={icon} />
              <span className="whitespace-nowrap">{name}</span>
              {to === '/inbox' ? <InboxBadge /> : null}
              {to === '/emergency' ? <EmergencyMark /> : null}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
