import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Loading } from '../../design/loading.tsx';
import { CampaignFrame } from '../campaign-frame.tsx';
import { counted } from '../campaign-words.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { useAttempts } from './attempt-queries.ts';
import { AttemptsFilter } from './attempts-filter.tsx';
import { AttemptsTable } from './attempts-table.tsx';

const ADDRESS = '/signedIn/campaigns/$campaignId/attempts';

/** Every call and message of a campaign, one by one, newest first. */
export function AttemptsPage() {
  const { campaignId } = useParams({ from: ADDRESS });
  return <CampaignFrame campaignId={campaignId}>{() => <Attempts campaignId={campaignId} />}</CampaignFrame>;
}

function Attempts({ campaignId }: { campaignId: string }) {
  const search = useSearch({ from: ADDRESS });
  const navigate = useNavigate({ from: '/campaigns/$campaignId/attempts' });
  const {
    data,
    error,
    isPending,
    isPlaceholderData,
    refetch,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
  } = useAttempts(campaignId, search);
  const attempts = data?.pages.flatMap((page) => page.attempts) ?? [];
  const isCut = Object.values(search).some((value) => value !== undefined);
  return (
    <div className="flex flex-col gap-4">
      <AttemptsFilter
        key={search.search ?? ''}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
      />
      <ReadingTrouble what="発信の記録" error={error} onAgain={() => void refetch()} />
      {isPending ? <Loading rows={8} /> : null}
      {data !== undefined && attempts.length === 0 ? (
        <Empty icon="phoneOut" title={isCut ? '条件に合う発信はありません' : 'まだ発信していません'}>
          {isCut ? '条件を変えてお試しください。' : '配信が始まると、1回ごとの記録がここに並びます。'}
        </Empty>
      ) : null}
      {attempts.length === 0 ? null : (
        <div className="flex flex-col gap-4" aria-busy={isPlaceholderData}>
          <p role="status" className="numerals text-std-16N-170">
            {`新しいものから${counted(attempts.length, '件')}を表示しています${hasNextPage ? '（続きがあります）' : ''}`}
          </p>
          <AttemptsTable campaignId={campaignId} attempts={attempts} />
          {hasNextPage ? (
            <div className="flex justify-center">
              <Button
                look="outline"
                onPress={() => {
                  if (!isFetchingNextPage) void fetchNextPage();
                }}
              >
                {isFetchingNextPage ? '読み込んでいます…' : '次の50件を表示する'}
              </Button>
            </div>
          ) : null}
        </div>
      )}
    </div>
  );
}
