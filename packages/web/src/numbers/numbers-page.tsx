import type { NumberShown } from '@madoguchi/server/number-contract';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { type Column, Table } from '../design/table.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { AddNumber } from './add-number.tsx';
import { plannedWords, STATES } from './number-words.ts';
import { TestCallers } from './test-callers.tsx';
import { useMayManage, usePhoneNumbers } from './use-numbers.ts';

const COLUMNS: readonly Column<NumberShown>[] = [
  {
    id: 'number',
    title: '電話番号',
    isRowHeader: true,
    cell: ({ shown, draft, isForSwitching }) => (
      <span className="flex min-w-60 flex-col">
        <span className="numerals whitespace-nowrap font-bold">{shown}</span>
        <span className="break-words text-dns-14N-130 text-solid-gray-700">{draft.name}</span>
        {isForSwitching ? <span className="text-dns-14N-130">緊急アナウンスの切り替え専用</span> : null}
      </span>
    ),
  },
  { id: 'state', title: '状態', cell: ({ state }) => <StateLabel {...STATES[state]} /> },
  {
    id: 'flow',
    title: '公開中のフロー',
    width: 'w-full',
    cell: ({ inForce, isForSwitching }) =>
      isForSwitching ? (
        <span className="text-solid-gray-700">フローは使いません</span>
      ) : inForce === null ? (
        <span className="text-solid-gray-700">まだありません</span>
      ) : (
        inForce.name
      ),
  },
  {
    id: 'plan',
    title: '次の予定',
    cell: ({ planned: [next] }) =>
      next === undefined ? (
        <span className="text-solid-gray-700">なし</span>
      ) : (
        <span className="numerals flex min-w-44 flex-col">
          {next.at === null ? null : <span className="whitespace-nowrap">{momentShown(next.at)}</span>}
          <span className="break-words text-dns-14N-130 text-solid-gray-700">{plannedWords(next)}</span>
        </span>
      ),
  },
  {
    id: 'open',
    title: '設定',
    cell: () => (
      <span className="flex items-center gap-0.5 whitespace-nowrap text-key-900 group-hover:underline">
        開く
        <Icon name="chevronRight" className="size-4" />
      </span>
    ),
  },
];

/** The numbers that citizens call, and who may try them before they are open. */
export function NumbersPage() {
  const { data, error, isPending, refetch } = usePhoneNumbers();
  const mayManage = useMayManage();
  return (
    <>
      <PageTitle
        title="電話番号"
        lead="市民の皆さまがかける番号です。番号を開くと、状態や転送先を変えられます。"
      />
      {error === null ? null : (
        <Notice
          kind="error"
          title="電話番号の一覧を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={6} /> : null}
      {data?.numbers.length === 0 ? (
        <Empty icon="phone" title="電話番号はまだありません">
          下の「電話番号を追加する」から登録してください。
        </Empty>
      ) : null}
      {data === undefined || data.numbers.length === 0 ? null : (
        <Table
          label="電話番号"
          columns={COLUMNS}
          rows={data.numbers}
          idOf={({ phoneNumber }) => phoneNumber}
          hrefOf={({ phoneNumber }) => `/numbers/${phoneNumber}`}
          textOf={({ draft, shown }) => `${draft.name} ${shown}`}
        />
      )}
      {mayManage ? (
        <Section title="電話番号を追加する">
          <AddNumber />
        </Section>
      ) : null}
      <Section title="試験発信者">
        <TestCallers mayManage={mayManage} />
      </Section>
    </>
  );
}
