import type { ResultToken } from '@madoguchi/server/campaign-result-token-contract';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { Button } from '../../../design/button.tsx';
import { ConfirmDialog } from '../../../design/confirm-dialog.tsx';
import { Notice } from '../../../design/notice.tsx';
import { StateLabel } from '../../../design/state-label.tsx';
import { fullDayShown, momentShown } from '../../../words/japanese-time.ts';
import { type PlainColumn, PlainTable } from '../../plain-table.tsx';
import { useRevokeToken } from './token-queries.ts';

const STATES = {
  usable: { word: '使えます', icon: 'check', tone: 'good' },
  expired: { word: '期限切れ', icon: 'clock', tone: 'warning' },
  revoked: { word: '無効', icon: 'cross', tone: 'plain' },
} as const;

/** Keys, newest first. One that has expired can be made void, too: then its name is free for the next. */
export function TokensTable({ tokens }: { tokens: readonly ResultToken[] }) {
  const [asked, setAsked] = useState<ResultToken | null>(null);
  const revoke = useRevokeToken();
  const columns: readonly PlainColumn<ResultToken>[] = [
    { id: 'name', title: 'システム', isRowHeader: true, cell: ({ name }) => <b>{name}</b> },
    {
      id: 'state',
      title: '状態',
      cell: ({ state, revokedAt, revokedBy }) => (
        <>
          <StateLabel {...STATES[state]} />
          {revokedAt === null ? null : (
            <span className="numerals block text-dns-14N-130">
              <span className="block whitespace-nowrap">{momentShown(revokedAt)}</span>
              {revokedBy?.name}
            </span>
          )}
        </>
      ),
    },
    {
      id: 'expiresAt',
      title: '使える期限',
      cell: ({ expiresAt }) => <span className="numerals whitespace-nowrap">{fullDayShown(expiresAt)}</span>,
    },
    {
      id: 'lastUsedAt',
      title: '最後に使われた日時',
      cell: ({ lastUsedAt }) => (
        <span className="numerals whitespace-nowrap">
          {lastUsedAt === null ? 'まだありません' : momentShown(lastUsedAt)}
        </span>
      ),
    },
    {
      id: 'madeAt',
      title: '作った日と人',
      cell: ({ madeAt, madeBy }) => (
        <>
          <span className="numerals block whitespace-nowrap">{fullDayShown(madeAt)}</span>
          <span className="block text-dns-14N-130">{madeBy.name}</span>
        </>
      ),
    },
    {
      id: 'deed',
      title: '操作',
      cell: (token) =>
        token.state === 'revoked' ? null : (
          <Button
            look="outline"
            size="tight"
            aria-label={`「${token.name}」の鍵を無効にする`}
            onPress={() => setAsked(token)}
          >
            無効にする
          </Button>
        ),
    },
  ];
  return (
    <div className="flex flex-col gap-3">
      {revoke.error === null ? null : (
        <Notice kind="error" title="無効にできませんでした。鍵はまだ使えます。">
          {messageOf(revoke.error)}
        </Notice>
      )}
      <PlainTable label="基幹システムの鍵" columns={columns} rows={tokens} idOf={({ tokenId }) => tokenId} />
      <ConfirmDialog
        title={`「${asked?.name ?? ''}」の鍵を無効にしますか`}
        yes="無効にする"
        isOpen={asked !== null}
        onAnswer={(go) => {
          if (go && asked !== null) revoke.mutate(asked.tokenId);
          setAsked(null);
        }}
      >
        <p className="text-std-16N-170">
          このシステムは、すぐに結果ファイルを取り出せなくなります。元には戻せません。続けて使うときは、新しい鍵を作ってください。
        </p>
      </ConfirmDialog>
    </div>
  );
}
