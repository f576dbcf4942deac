import type { AttemptSummary } from '@madoguchi/server/campaign-result-contract';
import { type Column, Table } from '../../design/table.tsx';
import { durationShown, momentShown } from '../../words/japanese-time.ts';
import { meansWords, talkMsOf } from './attempt-words.ts';

const COLUMNS: readonly Column<AttemptSummary>[] = [
  {
    id: 'reservedAt',
    title: '日時',
    cell: ({ reservedAt }) => <span className="numerals whitespace-nowrap">{momentShown(reservedAt)}</span>,
  },
  {
    id: 'addresseeNumber',
    title: '宛名番号',
    isRowHeader: true,
    cell: ({ addresseeNumber }) => (
      <span className="numerals font-bold text-key-900 underline underline-offset-4">{addresseeNumber}</span>
    ),
  },
  {
    id: 'nameKana',
    title: 'フリガナ',
    cell: ({ nameKana }) => <span className="whitespace-nowrap">{nameKana === '' ? 'なし' : nameKana}</span>,
  },
  {
    id: 'means',
    title: '手段',
    cell: (attempt) => <span className="whitespace-nowrap">{meansWords(attempt)}</span>,
  },
  {
    id: 'outcome',
    title: '発信の結果',
    cell: ({ outcomeLabel }) => <span className="font-bold whitespace-nowrap">{outcomeLabel}</span>,
  },
  {
    id: 'answeredBy',
    title: '出た相手',
    cell: ({ answeredByLabel }) => <span className="whitespace-nowrap">{answeredByLabel ?? ''}</span>,
  },
  { id: 'result', title: 'お話の結果', width: 'w-full', cell: ({ resultLabel }) => resultLabel ?? '' },
  {
    id: 'talk',
    title: '通話',
    cell: (attempt) => {
      const talkMs = talkMsOf(attempt);
      return <span className="numerals">{talkMs === null ? '' : durationShown(talkMs)}</span>;
    },
  },
  {
    id: 'sipCode',
    title: '回線の返事',
    cell: ({ sipCode }) => <span className="numerals">{sipCode ?? ''}</span>,
  },
];

/** Attempts, one a row; a row opens what was said and heard in it. */
export function AttemptsTable({
  campaignId,
  attempts,
}: {
  campaignId: string;
  attempts: readonly AttemptSummary[];
}) {
  return (
    <Table
      label="発信の記録"
      columns={COLUMNS}
      rows={attempts}
      idOf={({ attemptId }) => attemptId}
      hrefOf={({ attemptId }) =>
        `/campaigns/${encodeURIComponent(campaignId)}/attempts/${encodeURIComponent(attemptId)}`
      }
      textOf={({ addresseeNumber }) => addresseeNumber}
    />
  );
}
