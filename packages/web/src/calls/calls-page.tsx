import { useNavigate, useSearch } from '@tanstack/react-router';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { CallsTable } from './calls-table.tsx';
import { SearchForm } from './search-form.tsx';
import { useCalls } from './use-calls.ts';

/** All calls, searched by number and period. */
export function CallsPage() {
  const search = useSearch({ from: '/signedIn/calls' });
  const navigate = useNavigate();
  const {
    data,
    error,
    isPending,
    isPlaceholderData,
    refetch,
    hasNextPage,
    isFetchingNextPage,
    fetchNextPage,
  } = useCalls(search);
  const calls = data?.pages.flatMap((page) => page.calls) ?? [];
  const isSearch = Object.values(search).some((value) => value !== undefined);

  return (
    <>
      <PageTitle title="通話の記録" />
      <SearchForm
        key={JSON.stringify(search)}
        search={search}
        onSearch={(next) => {
          // The same search again means: look once more.
          if (JSON.stringify(next) === JSON.stringify(search)) void refetch();
          else void navigate({ to: '/calls', search: next });
        }}
      />
      {error === null ? null : (
        <div className="mb-4">
          <Notice
            kind="error"
            title="通話の記録を読み込めませんでした"
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
      {data !== undefined && calls.length === 0 ? (
        <Empty icon="search" title={isSearch ? '条件に合う通話はありません' : '通話の記録はまだありません'}>
          {isSearch
            ? '番号を短くするか、期間を広げてお試しください。'
            : '電話を受けると、ここに表示されます。'}
        </Empty>
      ) : null}
      {calls.length > 0 ? (
        <>
          <p role="status" className="numerals mb-2 text-std-16N-170">
            {isPlaceholderData
              ? '検索しています…'
              : `新しい順に${calls.length}件を表示しています${hasNextPage ? '（続きがあります）' : '（すべて）'}`}
          </p>
          <CallsTable label="通話の記録" calls={calls} />
          {hasNextPage ? (
            <div className="mt-4 flex justify-center">
              {/* Not `isPending`: React Aria would go on announcing the button after the last page has taken it away; the count above speaks. */}
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
