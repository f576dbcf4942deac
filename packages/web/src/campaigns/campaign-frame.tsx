import type { CampaignDetail } from '@madoguchi/server/campaign-contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { useCampaign } from './campaign-queries.ts';
import { KINDS, STATES } from './campaign-words.ts';
import { ReadingTrouble } from './reading-trouble.tsx';

const SCREENS = [
  { to: '/campaigns/$campaignId', word: '内容' },
  { to: '/campaigns/$campaignId/running', word: '実行の様子' },
  { to: '/campaigns/$campaignId/recipients', word: '配信先' },
  { to: '/campaigns/$campaignId/attempts', word: '発信の記録' },
  { to: '/campaigns/$campaignId/results', word: '結果' },
] as const;

/** What the screens of one campaign share: the way back, its name and state, and the way from one to another. */
export function CampaignFrame({
  campaignId,
  aside,
  children,
}: {
  campaignId: string;
  aside?: ReactNode;
  children: (campaign: CampaignDetail) => ReactNode;
}) {
  const { data, error, refetch } = useCampaign(campaignId);
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/campaigns"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          配信
        </Link>
      </nav>
      <PageTitle
        title={data?.name ?? '配信'}
        lead={
          data === undefined ? undefined : (
            <span className="inline-flex flex-wrap items-center gap-x-3">
              <StateLabel {...STATES[data.state]} />
              {KINDS[data.kind].word}
              {data.number === null ? null : <span className="numerals">{data.number.shown}</span>}
            </span>
          )
        }
        aside={aside}
      />
      <nav aria-label="この配信の画面" className="mb-4 print:hidden">
        <ul className="flex gap-1 border-b border-solid-gray-420">
          {SCREENS.map(({ to, word }) => (
            <li key={to}>
              <Link
                to={to}
                params={{ campaignId }}
                activeProps={{ className: 'border-key-900 font-bold text-key-900' }}
                inactiveProps={{ className: 'border-transparent text-solid-gray-800' }}
                activeOptions={{ exact: true, includeSearch: false }}
                className="-mb-px inline-flex min-h-11 items-center border-b-4 px-4 text-oln-16N-100 underline-offset-4 hover:underline"
              >
                {word}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <ReadingTrouble what="配信" error={error} onAgain={() => void refetch()} />
      {data === undefined ? error === null ? <Loading rows={8} /> : null : children(data)}
    </>
  );
}
