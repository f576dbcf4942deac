import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { TextField } from '../design/text-field.tsx';
import { useSetPin } from './use-telephone.ts';

/** Sets one's own PIN for switching by telephone. Escape means no change. */
export function PinDialog({ onSet, onClose }: { onSet: () => void; onClose: () => void }) {
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isUnequal, setUnequal] = useState(false);
  const save = useSetPin();
  const figures = {
    type: 'password',
    inputMode: 'numeric',
    autoComplete: 'off',
    isRequired: true,
    maxLength: 20,
    validationBehavior: 'aria',
  } as const;
  return (
    <FormDialog
      title="自分の暗証番号"
      yes="暗証番号を保存する"
      isPending={save.isPending}
      onSubmit={() => {
        setUnequal(pin !== again);
        if (pin === again) save.mutate(pin, { onSuccess: onSet });
      }}
      onClose={onClose}
    >
      <TextField
        {...figures}
        label="新しい暗証番号"
        description="数字6桁から8桁。続き番号、同じ数字の繰り返し、生年月日は使えません。保存したあとは表示されません。"
        autoFocus
        value={pin}
        onChange={setPin}
        errorMessage={save.error === null ? undefined : messageOf(save.error)}
      />
      <TextField
        {...figures}
        label="もう一度入力"
        value={again}
        onChange={setAgain}
        errorMessage={isUnequal ? '上の暗証番号と違います。もう一度入力してください。' : undefined}
      />
    </FormDialog>
  );
}
