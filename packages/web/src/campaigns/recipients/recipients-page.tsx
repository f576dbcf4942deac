import type { CampaignDetail } from '@madoguchi/server/campaign-contract';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Fold } from '../../design/fold.tsx';
import { Loading } from '../../design/loading.tsx';
import { CampaignFrame } from '../campaign-frame.tsx';
import { useRecipients } from '../campaign-queries.ts';
import { counted } from '../campaign-words.ts';
import { ListPart } from '../lists/list-part.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { RecipientsFilter } from './recipients-filter.tsx';
import { RecipientsTable } from './recipients-table.tsx';

/** The people of a campaign, and the file that takes those off who have paid. */
export function RecipientsPage() {
  const { campaignId } = useParams({ from: '/signedIn/campaigns/$campaignId/recipients' });
  return (
    <CampaignFrame campaignId={campaignId}>{(campaign) => <Recipients campaign={campaign} />}</CampaignFrame>
  );
}

function Recipients({ campaign: { campaignId, state, may } }: { campaign: CampaignDetail }) {
  const search = useSearch({ from: '/signedIn/campaigns/$campaignId/recipients' });
  const navigate = useNavigate({ from: '/campaigns/$campaignId/recipients' });
  const [isOpen, setOpen] = useState(false);
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRecipients(
    campaignId,
    search,
  );
  const recipients = data?.pages.flatMap((page) => page.recipients) ?? [];
  const total = data?.pages[0]?.total ?? 0;
  const isCut = Object.values(search).some((value) => value !== undefined);
  return (
    <div className="flex flex-col gap-4">
      {state === 'ended' || !(may.includes('change') || may.includes('removeRecipients')) ? null : (
        <Fold
          title="納付済みの方を取りやめる"
          explanation="納付が確かめられた方のファイルで、発信の直前まで取りやめられます"
          isOpen={isOpen}
          onOpenChange={setOpen}
        >
          <ListPart campaignId={campaignId} purpose="paid" known={total} />
        </Fold>
      )}
      <RecipientsFilter
        key={search.search ?? ''}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
      />
      <ReadingTrouble what="配信先" error={error} onAgain={() => void refetch()} />
      {isPending ? <Loading rows={8} /> : null}
      {data !== undefined && recipients.length === 0 ? (
        <Empty icon="person" title={isCut ? '条件に合う方はいません' : '配信先はまだありません'}>
          {isCut ? '条件を変えてお試しください。' : '「内容」の画面で名簿を取り込むと、ここに並びます。'}
        </Empty>
      ) : null}
      {recipients.length === 0 ? null : (
        <>
          <p role="status" className="numerals text-std-16N-170">
            {counted(total, '人')}のうち{counted(recipients.length, '人')}を表示しています
          </p>
          <RecipientsTable campaignId={campaignId} recipients={recipients} />
          {hasNextPage ? (
            <div className="flex justify-center">
              <Button
                look="outline"
                onPress={() => {
                  if (!isFetchingNextPage) void fetchNextPage();
                }}
              >
                {isFetchingNextPage ? '読み込んでいます…' : '次の50人を表示する'}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </div>
  );
}
