import type { TrunkShown } from '@madoguchi/server/trunk-contract';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { BackToTrunks } from './back-link.tsx';
import { LastTest } from './last-test.tsx';
import { OutcomeTablePart } from './outcome-table/outcome-table-part.tsx';
import { PasswordsLost } from './passwords-lost.tsx';
import { RemoveTrunk } from './remove-trunk.tsx';
import { TrunkForm } from './trunk-form.tsx';
import { kindWord } from './trunk-words.ts';
import { useTrunks } from './use-trunks.ts';

/** One trunk: its settings, its last test, taking it away. */
export function TrunkPage() {
  const { trunkId } = useParams({ from: '/signedIn/trunks/$trunkId' });
  const { data, error, isPending, refetch } = useTrunks();
  const trunk = data?.trunks.find((each) => each.trunkId === trunkId);
  if (trunk !== undefined) return <OneTrunk key={trunkId} now={trunk} isLast={data?.trunks.length === 1} />;
  return (
    <>
      <PageTitle title="回線の設定" aside={<BackToTrunks />} />
      {isPending ? <Loading rows={8} /> : null}
      {error === null ? null : (
        <Notice
          kind="error"
          title="回線の設定を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {data === undefined ? null : (
        <Empty icon="plug" title="この回線は見つかりません">
          すでに削除されています。
        </Empty>
      )}
    </>
  );
}

function OneTrunk({ now, isLast }: { now: TrunkShown; isLast: boolean }) {
  const navigate = useNavigate();
  // What is read anew meanwhile must not take the place of what is being typed, nor pass for the version that it began with.
  const [begun, setBegun] = useState(now);
  const { refetch } = useTrunks();
  const reload = async () => {
    const { data } = await refetch();
    const found = data?.trunks.find(({ trunkId }) => trunkId === now.trunkId);
    if (found !== undefined) setBegun(found);
  };
  return (
    <>
      <PageTitle
        title={begun.draft.name}
        lead={kindWord(begun.draft.profile)}
        aside={
          <div className="flex items-center gap-6">
            <RemoveTrunk
              trunk={begun}
              isLast={isLast}
              onRemoved={() => void navigate({ to: '/trunks', search: { done: 'removed' } })}
            />
            <BackToTrunks />
          </div>
        }
      />
      <PasswordsLost trunk={now} />
      <LastTest lastTest={now.lastTest} />
      <div className="mt-4">
        <TrunkForm
          key={begun.version}
          initial={begun.draft}
          passwordsLost={begun.passwordsLost}
          storedAs={{ trunkId: begun.trunkId, version: begun.version }}
          onSaved={() => void navigate({ to: '/trunks', search: { done: 'saved' } })}
          onReload={() => void reload()}
        />
      </div>
      <OutcomeTablePart trunkId={now.trunkId} />
    </>
  );
}
