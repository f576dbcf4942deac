import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { meQuery } from '../account-queries.ts';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { type Column, Table } from '../design/table.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { DeedOutcome } from './deed-outcome.tsx';
import { FlowMenu, type ListedFlow } from './flow-menu.tsx';
import { useFlowDeeds } from './use-flow-deeds.ts';
import { useFlows } from './use-flows.ts';

const COLUMNS: readonly Column<ListedFlow>[] = [
  {
    id: 'name',
    title: 'フロー',
    isRowHeader: true,
    cell: ({ name }) => (
      <span className="inline-block min-w-36 font-bold text-key-900 underline underline-offset-4">
        {name}
      </span>
    ),
  },
  {
    id: 'numbers',
    title: '使っている電話番号',
    cell: ({ numbers }) =>
      numbers.length === 0 ? 'なし' : numbers.map(({ shown, name }) => `${shown}（${name}）`).join('、'),
  },
  {
    id: 'version',
    title: '公開している版',
    cell: ({ version }) => (
      <span className="whitespace-nowrap">{version === null ? 'まだありません' : `第${version}版`}</span>
    ),
  },
  {
    id: 'state',
    title: '下書き',
    cell: ({ version, isChanged }) =>
      isChanged ? (
        <StateLabel word={version === null ? '公開前' : '公開した版と違います'} icon="note" tone="warning" />
      ) : (
        <StateLabel word="公開した版と同じです" icon="check" tone="good" />
      ),
  },
  {
    id: 'changed',
    title: '最後の変更',
    cell: ({ changedAt, changedBy }) => (
      <span className="flex flex-col">
        <span className="numerals whitespace-nowrap">{momentShown(changedAt)}</span>
        <span className="text-dns-14N-130 text-solid-gray-700">{changedBy?.name}</span>
      </span>
    ),
  },
];

/** The flows that staff shape. */
export function FlowsPage() {
  const { data, error, refetch } = useFlows();
  const { data: me } = useQuery(meQuery);
  const deeds = useFlowDeeds();
  const { start } = deeds;
  const mayEdit = me?.rights.includes('editFlows') ?? false;
  const columns = useMemo(
    (): readonly Column<ListedFlow>[] => [
      ...COLUMNS,
      {
        id: 'deeds',
        title: '操作',
        cell: (flow) => <FlowMenu name={flow.name} mayEdit={mayEdit} onDeed={(deed) => start(deed, flow)} />,
      },
    ],
    [mayEdit, start],
  );
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="フロー"
        lead="電話に出たときの案内の流れです。ここで変えた下書きは、公開するまで、電話をかけた方には聞こえません。"
        aside={
          mayEdit ? (
            <Link
              to="/flows/new"
              className="inline-flex min-h-12 items-center gap-2 rounded-8 border border-key-900 bg-key-900 px-5 text-oln-16B-100 text-white underline-offset-4 hover:bg-key-1000 hover:underline"
            >
              <Icon name="note" />
              フローを追加する
            </Link>
          ) : null
        }
      />
      {error === null ? null : (
        <Notice
          kind="error"
          title="フローの一覧を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      <DeedOutcome deeds={deeds} />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : data.flows.length === 0 ? (
        <Empty icon="list" title="フローはまだありません">
          「フローを追加する」から作れます。
        </Empty>
      ) : (
        <Table
          label="フローの一覧"
          columns={columns}
          rows={data.flows}
          idOf={({ flowId }) => flowId}
          hrefOf={({ flowId }) => `/flows/${encodeURIComponent(flowId)}`}
          textOf={({ name }) => name}
        />
      )}
    </div>
  );
}
