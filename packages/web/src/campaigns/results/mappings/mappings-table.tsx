import type { ResultMapping } from '@madoguchi/server/campaign-result-contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { Button } from '../../../design/button.tsx';
import { ConfirmDialog } from '../../../design/confirm-dialog.tsx';
import { Notice } from '../../../design/notice.tsx';
import { momentShown } from '../../../words/japanese-time.ts';
import { counted } from '../../campaign-words.ts';
import { type PlainColumn, PlainTable } from '../../plain-table.tsx';
import { shapeShown } from '../file-words.ts';
import { useRemoveMapping } from './mapping-queries.ts';

const LINK =
  'inline-flex min-h-9 items-center rounded-8 border border-key-900 bg-white px-2 text-oln-14B-100 whitespace-nowrap text-key-900 underline-offset-4 hover:bg-key-50 hover:underline';

/** The ready one first: it can be copied, staff's own also changed and removed. */
export function MappingsTable({
  campaignId,
  mappings,
  mayChange,
}: {
  campaignId: string;
  mappings: readonly ResultMapping[];
  mayChange: boolean;
}) {
  const [asked, setAsked] = useState<ResultMapping | null>(null);
  const remove = useRemoveMapping();
  const columns: readonly PlainColumn<ResultMapping>[] = [
    {
      id: 'name',
      title: '名前',
      isRowHeader: true,
      cell: ({ draft, isReady }) => (
        <>
          <b>{draft.name}</b>
          {isReady ? (
            <span className="block text-dns-14N-130">
              はじめからある様式です。変えるときは、写しを作ってください。
            </span>
          ) : null}
        </>
      ),
    },
    {
      id: 'shape',
      title: 'ファイル',
      cell: ({ draft }) => <span className="whitespace-nowrap">{shapeShown(draft)}</span>,
    },
    {
      id: 'columns',
      title: '列の数',
      cell: ({ draft }) => <span className="numerals">{counted(draft.columns.length, '列')}</span>,
    },
    {
      id: 'changedAt',
      title: '最後に変えた日時と人',
      cell: ({ changedAt, changedBy }) => (
        <>
          <span className="numerals block whitespace-nowrap">
            {changedAt === null ? 'なし' : momentShown(changedAt)}
          </span>
          {changedAt === null ? null : (
            <span className="block text-dns-14N-130">{changedBy ?? '登録のない職員'}</span>
          )}
        </>
      ),
    },
    ...(mayChange
      ? [
          {
            id: 'deeds',
            title: '操作',
            cell: (mapping: ResultMapping) => (
              <span className="flex flex-wrap gap-2">
                {mapping.isReady ? null : (
                  <Link
                    to="/campaigns/$campaignId/results/mappings/$mappingId"
                    params={{ campaignId, mappingId: mapping.mappingId }}
                    aria-label={`「${mapping.draft.name}」を変える`}
                    className={LINK}
                  >
                    変える
                  </Link>
                )}
                <Link
                  to="/campaigns/$campaignId/results/mappings/$mappingId"
                  params={{ campaignId, mappingId: mapping.mappingId }}
                  search={{ copy: true }}
                  aria-label={`「${mapping.draft.name}」の写しを作る`}
                  className={LINK}
                >
                  写しを作る
                </Link>
                {mapping.isReady ? null : (
                  <Button
                    look="outline"
                    size="tight"
                    aria-label={`「${mapping.draft.name}」を削除する`}
                    onPress={() => setAsked(mapping)}
                  >
                    削除する
                  </Button>
                )}
              </span>
            ),
          },
        ]
      : []),
  ];
  return (
    <div className="flex flex-col gap-3">
      {remove.error === null ? null : (
        <Notice kind="error" title="削除できませんでした">
          {messageOf(remove.error)}
        </Notice>
      )}
      {remove.isSuccess ? <Notice kind="success" title="様式を削除しました" /> : null}
      <PlainTable
        label="結果ファイルの様式"
        columns={columns}
        rows={mappings}
        idOf={({ mappingId }) => mappingId}
      />
      <ConfirmDialog
        title={`様式「${asked?.draft.name ?? ''}」を削除しますか`}
        yes="削除する"
        isOpen={asked !== null}
        onAnswer={(go) => {
          if (go && asked !== null) remove.mutate(asked);
          setAsked(null);
        }}
      >
        <p className="text-std-16N-170">
          元には戻せません。この様式ですでに作った結果ファイルは、そのまま残ります。
        </p>
      </ConfirmDialog>
    </div>
  );
}
