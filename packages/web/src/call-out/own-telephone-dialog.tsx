import { type FormEvent, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog is still a child of the form over which it stands: that one is not to be sent too.
    event.stopPropagation();
    setMissing(typed.trim() === '');
    if (typed.trim() === '' || change.isPending) return;
    change.mutate(typed, { onSuccess: onDone });
  };
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
            自分の設定
          </Heading>
          <form onSubmit={submit} className="flex flex-col gap-4">
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
            <div className="flex justify-end gap-3">
              <Button look="outline" onPress={onClose}>
                やめる
              </Button>
              <Button type="submit" isPending={change.isPending}>
                {yes}
              </Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
