import { type FormEvent, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/text-field.tsx';
import { useSetPin } from './use-telephone.ts';

/** Sets one's own PIN for switching by telephone. Escape means no change. */
export function PinDialog({ onSet, onClose }: { onSet: () => void; onClose: () => void }) {
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isUnequal, setUnequal] = useState(false);
  const save = useSetPin();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog is still a child of the form over which it stands: that one is not to be sent too.
    event.stopPropagation();
    setUnequal(pin !== again);
    if (pin !== again || save.isPending) return;
    save.mutate(pin, { onSuccess: onSet });
  };
  const figures = {
    type: 'password',
    inputMode: 'numeric',
    autoComplete: 'off',
    isRequired: true,
    maxLength: 20,
    validationBehavior: 'aria',
  } as const;
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
      className="fixed inset-0 z-10 grid place-items-center bg-opacity-gray-500 p-6"
    >
      <Modal className="w-full max-w-xl rounded-12 bg-white p-6 shadow-4">
        <Dialog className="outline-none">
          <Heading slot="title" className="mb-3 text-std-22B-150">
            自分の暗証番号
          </Heading>
          <form onSubmit={submit} className="flex flex-col gap-4">
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
            <div className="flex justify-end gap-3">
              <Button look="outline" onPress={onClose}>
                やめる
              </Button>
              <Button type="submit" isPending={save.isPending}>
                暗証番号を保存する
              </Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
