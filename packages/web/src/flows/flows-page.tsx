import type { FlowList } from '@madoguchi/server/flow-contract';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { type Column, Table } from '../design/table.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { AddFlow } from './add-flow.tsx';
import { useFlows } from './use-flows.ts';

type Flow = FlowList['flows'][number];

const COLUMNS: readonly Column<Flow>[] = [
  { id: 'name', title: 'フロー', isRowHeader: true, cell: ({ name }) => name },
  {
    id: 'numbers',
    title: '使っている電話番号',
    cell: ({ numbers }) =>
      numbers.length === 0 ? 'なし' : numbers.map(({ shown, name }) => `${shown}（${name}）`).join('、'),
  },
  {
    id: 'version',
    title: '公開している版',
    cell: ({ version }) => (version === null ? 'まだありません' : `第${version}版`),
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
    cell: ({ changedAt, changedBy }) =>
      `${momentShown(changedAt)}${changedBy === null ? '' : `　${changedBy.name}`}`,
  },
];

/** The flows that staff shape. */
export function FlowsPage() {
  const { data, error, refetch } = useFlows();
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="フロー"
        lead="電話に出たときの案内の流れです。ここで変えた下書きは、公開するまで、電話をかけた方には聞こえません。"
        aside={<AddFlow />}
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
          columns={COLUMNS}
          rows={data.flows}
          idOf={({ flowId }) => flowId}
          hrefOf={({ flowId }) => `/flows/${encodeURIComponent(flowId)}`}
          textOf={({ name }) => name}
        />
      )}
    </div>
  );
}
