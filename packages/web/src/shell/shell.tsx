import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useMatches } from '@tanstack/react-router';
import { meQuery } from '../account-queries.ts';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { EmergencyNotice } from '../emergency/emergency-notice.tsx';
import { Brand } from './brand.tsx';
import { HealthLine } from './health-line.tsx';
import { Navigation } from './navigation.tsx';
import { RecordingSpaceNotice } from './recording-space-notice.tsx';
import { useSignOut } from './use-sign-out.ts';

/** What surrounds every screen of somebody who is signed in. */
export function Shell() {
  const { data: me } = useQuery(meQuery);
  const signOut = useSignOut();
  const isWide = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.isWide) });
  const fillsWindow = useMatches({
    select: (matches) => matches.some(({ staticData }) => staticData.fillsWindow),
  });
  return (
    <div className={`flex flex-col ${fillsWindow ? 'h-dvh print:h-auto' : 'min-h-dvh'}`}>
      <a
        href="#main"
        className="absolute left-4 top-2 z-20 -translate-y-24 rounded-8 bg-white px-4 py-2 text-std-16B-170 text-key-900 underline focus:translate-y-0 print:hidden"
      >
        本文へ移動
      </a>
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-solid-gray-300 bg-white px-5 py-2.5">
        <Link to="/live" className="rounded-4" aria-label="窓口 Madoguchi　ただいまの通話へ">
          <Brand />
        </Link>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2 print:hidden">
          <HealthLine />
          <span className="flex items-center gap-1.5 border-l border-solid-gray-300 pl-6 text-dns-16N-130">
            <Icon name="person" />
            {me === undefined ? '' : `${me.name} さん`}
          </span>
          <Button look="outline" size="small" isPending={signOut.isPending} onPress={() => signOut.mutate()}>
            <Icon name="signOut" className="size-4" />
            ログアウト
          </Button>
        </div>
      </header>
      <div className="flex min-h-0 grow">
        {isWide ? null : <Navigation />}
        {/* Notices stand beside the menu, not above it: it keeps its place and its last entry. */}
        <div className="flex min-h-0 min-w-0 grow flex-col">
          <RecordingSpaceNotice />
          <EmergencyNotice />
          <main
            id="main"
            tabIndex={-1}
            className={`grow px-6 outline-none print:p-0 ${isWide ? 'py-2' : 'py-5'} ${fillsWindow ? 'flex min-h-0 flex-col overflow-y-auto print:overflow-visible' : ''}`}
          >
            <div className={fillsWindow ? 'flex min-h-0 grow flex-col' : isWide ? '' : 'mx-auto max-w-400'}>
              {signOut.error === null ? null : (
                <div className="mb-4">
                  <Notice kind="error" title="ログアウトできませんでした">
                    {messageOf(signOut.error)}
                  </Notice>
                </div>
              )}
              <Outlet />
            </div>
          </main>
        </div>
      </div>
    </div>
  );
}
