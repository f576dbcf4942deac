import type { VersionList } from '@madoguchi/server/publish-contract';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { useVersions } from '../../publishing/use-publishing.ts';
import { CountsForm } from './counts-form.tsx';
import type { CountsSearch } from './counts-search.ts';
import { monthsNow } from './periods.ts';
import { useCounts } from './use-counts.ts';
import { VersionCounts } from './version-counts.tsx';

/** How many calls took each way of a published version, and where they hung up. */
export function CountsPage() {
  const { flowId } = useParams({ from: '/signedIn/flows/$flowId/counts' });
  const { data, error, refetch } = useVersions(flowId);
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/flows/$flowId"
          params={{ flowId }}
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          フローに戻る
        </Link>
      </nav>
      <PageTitle
        title="通話の件数"
        lead="公開した版ごとに、電話がどこを通り、どこで切られたかを数えます。"
        aside={
          <Button look="outline" size="small" onPress={() => window.print()}>
            <Icon name="print" className="size-4" />
            印刷する
          </Button>
        }
      />
      {error !== null ? (
        <Notice
          kind="error"
          title="版の一覧を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      ) : data === undefined ? (
        <Loading />
      ) : (
        <OfVersions flowId={flowId} versions={data.versions} />
      )}
    </>
  );
}

function OfVersions({ flowId, versions }: { flowId: string; versions: VersionList['versions'] }) {
  const search = useSearch({ from: '/signedIn/flows/$flowId/counts' });
  const navigate = useNavigate({ from: '/flows/$flowId/counts' });
  const first = versions.find(({ inForceFor }) => inForceFor.length > 0) ?? versions[0];
  const bundleId = search.version ?? first?.bundleId ?? null;
  if (bundleId === null) {
    return (
      <Empty icon="note" title="公開した版はまだありません">
        公開すると、電話の件数がここに出ます。ほかのフローから移ってくるフローの件数は、移る前のフローの「通話の件数」で見られます。
      </Empty>
    );
  }
  return (
    <Chosen
      flowId={flowId}
      versions={versions}
      bundleId={bundleId}
      search={search}
      onChange={(change) =>
        void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false })
      }
    />
  );
}

function Chosen({
  flowId,
  versions,
  bundleId,
  search,
  onChange,
}: {
  flowId: string;
  versions: VersionList['versions'];
  bundleId: string;
  search: CountsSearch;
  onChange: (change: Partial<CountsSearch>) => void;
}) {
  const { thisMonth } = monthsNow();
  const period = { from: search.from ?? thisMonth.from, to: search.to ?? thisMonth.to };
  const counts = useCounts(flowId, { bundleId, period, number: search.number });
  return (
    <>
      <CountsForm
        versions={versions}
        bundleId={bundleId}
        period={period}
        numbers={counts.data?.numbers ?? []}
        number={search.number}
        onChange={onChange}
      />
      <VersionCounts
        flowId={flowId}
        bundleId={bundleId}
        period={period}
        counts={counts}
        search={search}
        onChange={onChange}
      />
    </>
  );
}
