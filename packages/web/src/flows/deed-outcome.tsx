import { Link } from '@tanstack/react-router';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { ExportOutcome } from './export-outcome.tsx';
import type { useFlowDeeds } from './use-flow-deeds.ts';

/** Says what came of the last thing done to a flow, and asks before one is removed. */
export function DeedOutcome({ deeds }: { deeds: ReturnType<typeof useFlowDeeds> }) {
  const { outcome, error, isPending, remove, close } = deeds;
  if (error !== null) {
    return (
      <Notice kind="error" title="できませんでした。フローは変わっていません。">
        {messageOf(error)}
      </Notice>
    );
  }
  if (isPending) return <p role="status">処理しています…</p>;
  const closeButton = (
    <Button look="quiet" size="small" onPress={close}>
      閉じる
    </Button>
  );
  switch (outcome?.type) {
    case undefined:
      return null;
    case 'exported':
      return <ExportOutcome made={outcome.made} onClose={close} />;
    case 'copied':
      return (
        <Notice kind="success" title={`「${outcome.name}」を追加しました`} action={closeButton}>
          電話番号には、まだ使われていません。
          <Link
            to="/flows/$flowId"
            params={{ flowId: outcome.flowId }}
            className="text-key-900 underline underline-offset-4"
          >
            写しを開く
          </Link>
        </Notice>
      );
    case 'removed':
      return <Notice kind="success" title={`「${outcome.name}」を削除しました`} action={closeButton} />;
    case 'inUse':
      return (
        <Notice kind="warning" title={`「${outcome.name}」は削除できません`} action={closeButton}>
          電話番号（{outcome.numbers.join('、')}）に使われています。先に電話番号の設定で外してください。
        </Notice>
      );
    case 'removing': {
      const { name, ledToBy } = outcome.removal;
      return (
        <ConfirmDialog
          title="このフローを削除しますか"
          yes="削除する"
          isOpen
          onAnswer={(go) => (go ? remove(outcome.removal) : close())}
        >
          <p className="text-std-16B-170 break-words">{name}</p>
          <p className="mt-2 text-std-16N-170">
            元に戻せません。残しておきたいときは、先に「ファイルに書き出す」を使ってください。
          </p>
          {ledToBy.length === 0 ? null : (
            <p className="mt-2 text-std-16N-170 text-error-2">
              次のフローが、このフローに進みます。削除すると、直すまで公開できません：{ledToBy.join('、')}
            </p>
          )}
        </ConfirmDialog>
      );
    }
  }
}
