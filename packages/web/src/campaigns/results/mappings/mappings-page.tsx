import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { meQuery } from '../../../account-queries.ts';
import { Icon } from '../../../design/icon.tsx';
import { Loading } from '../../../design/loading.tsx';
import { PageTitle } from '../../../design/page-title.tsx';
import { ReadingTrouble } from '../../reading-trouble.tsx';
import { useResultMappings } from '../result-queries.ts';
import { MappingsTable } from './mappings-table.tsx';

/** 様式: how the files of results look that core systems take, each saved under a name. Opened from a campaign, whose results fill the previews. */
export function MappingsPage() {
  const { campaignId } = useParams({ from: '/signedIn/campaigns/$campaignId/results/mappings' });
  const { data, error, refetch } = useResultMappings();
  const { data: me } = useQuery(meQuery);
  const mayChange = me?.rights.includes('runCampaigns') ?? false;
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130">
        <Link
          to="/campaigns/$campaignId/results"
          params={{ campaignId }}
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          結果
        </Link>
      </nav>
      <PageTitle
        title="結果ファイルの様式"
        lead="基幹システムが読み込む列の並びや文字コードを、名前を付けて保存しておけます。どの配信でも使えます。"
        aside={
          mayChange ? (
            <Link
              to="/campaigns/$campaignId/results/mappings/$mappingId"
              params={{ campaignId, mappingId: 'new' }}
              className="inline-flex min-h-12 items-center gap-2 rounded-8 border border-key-900 bg-key-900 px-5 text-oln-16B-100 text-white underline-offset-4 hover:bg-key-1000 hover:underline"
            >
              新しい様式を作る
            </Link>
          ) : undefined
        }
      />
      <ReadingTrouble what="様式" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading rows={3} />
        ) : null
      ) : (
        <MappingsTable campaignId={campaignId} mappings={data.mappings} mayChange={mayChange} />
      )}
    </>
  );
}
