import type { EmergencyTelephone } from '@madoguchi/server/emergency-contract';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { PinDialog } from './pin-dialog.tsx';
import { useRemovePin } from './use-telephone.ts';

/** One's own way in by telephone: the 担当者番号, whether a PIN is set, and a new one. */
export function OwnPin({ own }: { own: EmergencyTelephone['own'] }) {
  const [isSetting, setSetting] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [isSet, setIsSet] = useState(false);
  const removal = useRemovePin();
  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-std-16B-170">自分の担当者番号と暗証番号</h3>
      {isSet ? (
        <Notice kind="success" title="暗証番号を保存しました">
          担当者番号と暗証番号は、ほかの人に教えないでください。
        </Notice>
      ) : null}
      {removal.error === null ? null : (
        <Notice kind="error" title="暗証番号を削除できませんでした">
          {messageOf(removal.error)}
        </Notice>
      )}
      {own === null ? (
        <p className="text-std-16N-170">
          暗証番号を設定すると、担当者番号が決まり、電話で操作できるようになります。
        </p>
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <p className="text-std-16N-170">
            担当者番号 <strong className="numerals text-std-20B-150">{own.staffNumber}</strong>
          </p>
          {own.isLocked ? (
            <StateLabel word="使用停止" icon="alert" tone="warning" />
          ) : (
            <StateLabel word="設定済み" icon="check" tone="plain" />
          )}
          <p className="text-dns-16N-130 text-solid-gray-700">
            <span className="numerals">{momentShown(own.setAt)}</span>に設定
          </p>
        </div>
      )}
      {own?.isLocked === true ? (
        <p className="text-std-16N-170">
          暗証番号の間違いが5回続いたため、電話での操作を止めています。心当たりがなければ、管理者に知らせてください。新しい暗証番号を設定すると、また使えます。
        </p>
      ) : null}
      <div className="flex flex-wrap gap-3">
        <Button
          look="outline"
          onPress={() => {
            setIsSet(false);
            setSetting(true);
          }}
        >
          {own === null ? '暗証番号を設定する' : '暗証番号を変更する'}
        </Button>
        {own === null ? null : (
          <Button look="quiet" onPress={() => setRemoving(true)}>
            暗証番号を削除する
          </Button>
        )}
      </div>
      {isSetting ? (
        <PinDialog
          onClose={() => setSetting(false)}
          onSet={() => {
            setSetting(false);
            setIsSet(true);
          }}
        />
      ) : null}
      <ConfirmDialog
        title="自分の暗証番号を削除しますか"
        yes="削除する"
        isOpen={isRemoving}
        onAnswer={(go) => {
          setRemoving(false);
          setIsSet(false);
          if (go) removal.mutate();
        }}
      >
        <p className="text-std-16N-170">
          電話では操作できなくなります。画面からは、これまでどおり操作できます。
        </p>
      </ConfirmDialog>
    </div>
  );
}
