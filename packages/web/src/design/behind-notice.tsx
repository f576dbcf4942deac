import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Shown over a form that somebody else has saved meanwhile. `children` says what now stands there. */
export function BehindNotice({
  children,
  onKeepMine,
  onTakeNewest,
}: {
  children: ReactNode;
  onKeepMine: () => void;
  onTakeNewest: () => void;
}) {
  return (
    <Notice kind="warning" title="ほかの職員が先に内容を変更しました">
      <p>入力した内容は消えていません。いま保存されている内容は次のとおりです。</p>
      <div className="my-2 rounded-8 bg-solid-gray-50 px-3 py-2 break-words whitespace-pre-wrap">
        {children}
      </div>
      <div className="flex flex-wrap gap-3">
        <Button look="outline" size="small" onPress={onKeepMine}>
          自分の入力を残して続ける
        </Button>
        <Button look="outline" size="small" onPress={onTakeNewest}>
          自分の入力を捨てて新しい内容にする
        </Button>
      </div>
    </Notice>
  );
}
