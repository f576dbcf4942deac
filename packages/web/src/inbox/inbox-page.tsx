import { useNavigate, useSearch } from '@tanstack/react-router';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { InboxFilter } from './inbox-filter.tsx';
import { InboxTable } from './inbox-table.tsx';
import { useInbox } from './use-inbox.ts';

/** What citizens left for a person to deal with: voicemails and requests to be called back. */
export function InboxPage() {
  const search = useSearch({ from: '/signedIn/inbox' });
  const navigate = useNavigate();
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInbox(search);
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const isCut = Object.values(search).some((value) => value !== undefined);
  return (
    <>
      <PageTitle
        title="受付箱"
        lead="留守番録音、折り返し依頼、連絡を希望しない方です。期限の近いものから並びます。"
      />
      <InboxFilter
        search={search}
        onSearch={(next) => void navigate({ to: '/inbox', search: next, replace: true })}
      />
      {error === null ? null : (
        <div className="mb-4">
          <Notice
            kind="error"
            title="受付箱を読み込めませんでした"
            action={
              <Button look="outline" size="small" onPress={() => void refetch()}>
                もう一度読み込む
              </Button>
            }
          >
            {messageOf(error)}
          </Notice>
        </div>
      )}
      {isPending ? <Loading rows={8} /> : null}
      {data !== undefined && items.length === 0 ? (
        <Empty icon="inbox" title={isCut ? '条件に合う受付はありません' : '対応の必要な受付はありません'}>
          {isCut
            ? '条件を変えてお試しください。'
            : '留守番録音や折り返しの依頼があると、ここに自動で表示されます。'}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <>
          <p role="status" className="numerals mb-2 text-std-16N-170">
            {`${items.length}件を表示しています${hasNextPage ? '（続きがあります）' : '（すべて）'}`}
          </p>
          <InboxTable items={items} />
          {hasNextPage ? (
            <div className="mt-4 flex justify-center">
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
        </>
      ) : null}
    </>
  );
}
