import type { ProposalSummary } from '@madoguchi/server/publish-contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { type Column, Table } from '../design/table.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { numbersWords, STATES, whenWords } from './proposal-words.ts';
import { useProposals } from './use-publishing.ts';

const COLUMNS: readonly Column<ProposalSummary>[] = [
  {
    id: 'flow',
    title: 'フロー',
    isRowHeader: true,
    cell: ({ flowName }) => (
      <span className="inline-block min-w-44 font-bold text-key-900 underline underline-offset-4">
        {flowName}
      </span>
    ),
  },
  {
    id: 'comment',
    title: '変更の内容',
    cell: ({ comment }) => <span className="line-clamp-2">{comment}</span>,
  },
  { id: 'numbers', title: '電話番号', cell: ({ numbers }) => numbersWords(numbers) },
  {
    id: 'drafted',
    title: '起案',
    cell: ({ draftedBy, draftedAt }) => `${draftedBy.name}　${momentShown(draftedAt)}`,
  },
  {
    id: 'state',
    title: '状態',
    cell: ({ state, steps, stepsDone }) => (
      <span className="flex flex-wrap items-center gap-2">
        <StateLabel {...STATES[state]} />
        {state === 'waiting' && steps > 1 ? `${steps}段のうち${stepsDone}段` : null}
      </span>
    ),
  },
  { id: 'when', title: '公開', cell: whenWords },
];
const STATE_CHOICES = [
  { id: 'open', word: '進行中' },
  { id: 'settled', word: '終わったもの' },
];

/** Proposals 伺い that wait, and those that are settled. */
export function ProposalsPage() {
  const { state = 'open' } = useSearch({ from: '/signedIn/approvals' });
  const navigate = useNavigate({ from: '/approvals' });
  const { data, error, refetch } = useProposals(state);
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title="決裁" lead="フローの公開の伺いです。決裁された内容だけが、電話の案内になります。" />
      <ChoiceBar
        label="表示"
        choices={STATE_CHOICES}
        value={state}
        onChange={(next) => void navigate({ search: next === 'settled' ? { state: next } : {} })}
      />
      {error === null ? null : (
        <Notice
          kind="error"
          title="伺いの一覧を読み込めませんでした"
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
      ) : data.proposals.length === 0 ? (
        <Empty
          icon="check"
          title={state === 'open' ? '決裁を待つ伺いはありません' : '終わった伺いはありません'}
        />
      ) : (
        <Table
          label="伺いの一覧"
          columns={COLUMNS}
          rows={data.proposals}
          idOf={({ proposalId }) => proposalId}
          hrefOf={({ proposalId }) => `/approvals/${encodeURIComponent(proposalId)}`}
          textOf={({ flowName }) => flowName}
        />
      )}
    </div>
  );
}
