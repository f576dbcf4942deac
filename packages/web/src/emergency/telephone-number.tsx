import type { EmergencyList, EmergencyTelephone } from '@madoguchi/server/emergency-contract';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { Select } from '../design/select.tsx';
import { useNameTelephone } from './use-telephone.ts';

const NONE = 'none';

/** Names the city's number by which announcements are switched. */
export function TelephoneNumber({
  telephone,
  numbers,
}: {
  telephone: EmergencyTelephone;
  numbers: EmergencyList['numbers'];
}) {
  const current = telephone.number?.phoneNumber ?? NONE;
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const name = useNameTelephone();
  const value = chosen ?? current;
  const target = numbers.find(({ phoneNumber }) => phoneNumber === value);
  const save = () =>
    name.mutate(
      { phoneNumber: target?.phoneNumber ?? null, version: telephone.version },
      { onSettled: () => setChosen(null) },
    );
  return (
    <div className="flex flex-col gap-3">
      {name.error === null ? null : (
        <Notice kind="error" title="電話番号を変更できませんでした">
          {messageOf(name.error)}
        </Notice>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label="操作用の電話番号"
          description="市民の方に知らせていない番号を選んでください"
          choices={[
            { id: NONE, word: '使わない' },
            ...numbers.map((each) => ({ id: each.phoneNumber, word: `${each.name}（${each.shown}）` })),
          ]}
          value={value}
          onChange={setChosen}
        />
        <Button
          look="outline"
          isDisabled={value === current}
          isPending={name.isPending}
          onPress={() => setAsking(true)}
        >
          電話番号を変更する
        </Button>
      </div>
      <ConfirmDialog
        title={target === undefined ? '電話での操作をやめますか' : 'この番号を操作用にしますか'}
        yes={target === undefined ? '操作をやめる' : '操作用にする'}
        isOpen={isAsking}
        onAnswer={(go) => {
          setAsking(false);
          if (go) save();
        }}
      >
        {target === undefined ? (
          <p className="text-std-16N-170">
            {telephone.number?.name}
            は、番号の設定のとおりの案内に戻ります。緊急アナウンスは画面から操作できます。
          </p>
        ) : (
          <>
            <p className="text-std-16B-170">
              {target.name}（<span className="numerals">{target.shown}</span>）
            </p>
            <p className="mt-2 text-std-16N-170">
              この番号にかけると、緊急アナウンスの操作だけになります。市民の方がかけても、いつもの案内は流れません。
            </p>
          </>
        )}
      </ConfirmDialog>
    </div>
  );
}
