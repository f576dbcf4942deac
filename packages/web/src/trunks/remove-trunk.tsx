import type { TrunkShown } from '@madoguchi/server/trunk-contract';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useRemoveTrunk } from './use-trunks.ts';

/** Takes a trunk away after a question; the last one stays. */
export function RemoveTrunk({
  trunk,
  isLast,
  onRemoved,
}: {
  trunk: TrunkShown;
  isLast: boolean;
  onRemoved: () => void;
}) {
  const [isAsking, setAsking] = useState(false);
  const removal = useRemoveTrunk();
  const answer = (go: boolean) => {
    setAsking(false);
    if (go) removal.mutate(trunk, { onSuccess: onRemoved });
  };
  if (isLast)
    return <p className="text-std-16N-170 text-solid-gray-700">最後の回線のため、削除できません。</p>;
  return (
    <>
      {removal.error === null ? null : (
        <Notice kind="error" title="削除できませんでした">
          {messageOf(removal.error)}
        </Notice>
      )}
      <Button look="outline" size="small" isPending={removal.isPending} onPress={() => setAsking(true)}>
        この回線を削除する
      </Button>
      <ConfirmDialog title="この回線を削除しますか" yes="削除する" isOpen={isAsking} onAnswer={answer}>
        <p className="text-std-16B-170">{trunk.draft.name}</p>
        <p className="mt-2 text-std-16N-170">
          数秒後から、この回線では電話を受けられなくなります。いま話し中の電話は切れません。設定と暗証は消え、元に戻せません。
        </p>
      </ConfirmDialog>
    </>
  );
}
