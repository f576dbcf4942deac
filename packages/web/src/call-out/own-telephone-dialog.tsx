import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { FormDialog } from '../design/form-dialog.tsx';
import { TextField } from '../design/text-field.tsx';
import { useChangeTelephone } from './use-placed-calls.ts';

/** 自分の設定: the telephone that rings when the clerk calls somebody. Escape means no change. */
export function OwnTelephoneDialog({
  shown,
  yes,
  onDone,
  onClose,
}: {
  /** As it is set now; '' where it is not. */
  shown: string;
  /** The word on the button that goes on. */
  yes: string;
  /** It is set. */
  onDone: () => void;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState(shown);
  const [isMissing, setMissing] = useState(false);
  const change = useChangeTelephone();
  return (
    <FormDialog
      title="自分の設定"
      yes={yes}
      isPending={change.isPending}
      onSubmit={() => {
        setMissing(typed.trim() === '');
        if (typed.trim() !== '') change.mutate(typed, { onSuccess: onDone });
      }}
      onClose={onClose}
    >
      <TextField
        label="自分の電話番号"
        description="電話をかけるとき、はじめにこの電話機が鳴ります。市民の方には表示されません。例：0725-00-9001"
        inputMode="tel"
        isRequired
        autoFocus
        value={typed}
        onChange={setTyped}
        maxLength={30}
        validationBehavior="aria"
        errorMessage={
          isMissing
            ? '自分の電話番号を入力してください。'
            : change.error === null
              ? undefined
              : messageOf(change.error)
        }
      />
    </FormDialog>
  );
}
