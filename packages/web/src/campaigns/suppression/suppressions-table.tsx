import type { SuppressionShown } from '@madoguchi/server/campaign-suppression-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Notice } from '../../design/notice.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { type PlainColumn, PlainTable } from '../plain-table.tsx';
import { useLift } from './suppression-queries.ts';
import { PHASES, periodWords, REASONS, SOURCES, whomWords } from './suppression-words.ts';

/** Whom nobody calls, with a way to end each. */
export function SuppressionsTable({ suppressions }: { suppressions: readonly SuppressionShown[] }) {
  const [asked, setAsked] = useState<SuppressionShown | null>(null);
  const lift = useLift();
  const columns: readonly PlainColumn<SuppressionShown>[] = [
    {
      id: 'whom',
      title: '宛名番号・電話番号',
      isRowHeader: true,
      cell: ({ addresseeNumber, telephone }) => (
        <span className="numerals flex flex-col font-bold">
          {addresseeNumber === null ? null : <span>{addresseeNumber}</span>}
          {telephone === null ? null : <span>{telephone}</span>}
        </span>
      ),
    },
    { id: 'phase', title: '状態', cell: ({ phase }) => <StateLabel {...PHASES[phase]} /> },
    {
      id: 'reason',
      title: '理由',
      cell: ({ reason, note }) => (
        <span className="flex flex-col">
          {REASONS[reason]}
          {note === '' ? null : <span className="text-dns-14N-130 text-solid-gray-700">{note}</span>}
        </span>
      ),
    },
    {
      id: 'period',
      title: '期間',
      cell: (row) => <span className="numerals">{periodWords(row)}</span>,
    },
    {
      id: 'added',
      title: '登録',
      cell: ({ addedAt, addedBy, source }) => (
        <span className="numerals flex flex-col">
          {momentShown(addedAt)}
          <span className="text-dns-14N-130 text-solid-gray-700">
            {addedBy === null ? SOURCES[source] : `${addedBy}（${SOURCES[source]}）`}
          </span>
        </span>
      ),
    },
    {
      id: 'lift',
      title: '解除',
      cell: (row) =>
        row.liftedAt === null ? (
          row.phase === 'over' ? null : (
            <Button
              look="outline"
              size="tight"
              aria-label={`${whomWords(row)}の発信止めを解除する`}
              onPress={() => setAsked(row)}
            >
              解除する
            </Button>
          )
        ) : (
          <span className="numerals flex flex-col">
            {momentShown(row.liftedAt)}
            <span className="text-dns-14N-130 text-solid-gray-700">{row.liftedBy}</span>
          </span>
        ),
    },
  ];
  return (
    <div className="flex flex-col gap-4">
      {lift.error === null ? null : (
        <Notice kind="error" title="解除できませんでした">
          {messageOf(lift.error)}
        </Notice>
      )}
      <PlainTable
        label="発信止めの一覧"
        columns={columns}
        rows={suppressions}
        idOf={({ suppressionId }) => suppressionId}
      />
      <ConfirmDialog
        title={asked === null ? '' : `${whomWords(asked)}の発信止めを解除しますか`}
        yes="解除する"
        isOpen={asked !== null}
        onAnswer={(go) => {
          if (go && asked !== null) lift.mutate(asked.suppressionId);
          setAsked(null);
        }}
      >
        <p className="text-std-16N-170">
          これから作る名簿では、この方にも発信します。すでに外した配信には戻りません。
        </p>
      </ConfirmDialog>
    </div>
  );
}
