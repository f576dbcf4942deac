import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.tsx';

/** Asks before something is done that cannot be taken back. Escape means no. */
export function ConfirmDialog({
  title,
  children,
  yes,
  no = 'やめる',
  isOpen,
  onAnswer,
}: {
  title: string;
  children: ReactNode;
  /** The word on the button that goes on: a verb, not 'OK'. */
  yes: string;
  /** Where the deed itself is a stopping, 'やめる' would be taken for it. */
  no?: string;
  isOpen: boolean;
  onAnswer: (go: boolean) => void;
}) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => {
        if (!open) onAnswer(false);
      }}
      isDismissable
      className="fixed inset-0 z-10 grid place-items-center bg-opacity-gray-500 p-6"
    >
      <Modal className="w-full max-w-xl rounded-12 bg-white p-6 shadow-4">
        <Dialog role="alertdialog" className="outline-none">
          <Heading slot="title" className="mb-3 text-std-22B-150">
            {title}
          </Heading>
          {children}
          <div className="mt-6 flex justify-end gap-3">
            <Button look="outline" onPress={() => onAnswer(false)} autoFocus>
              {no}
            </Button>
            <Button onPress={() => onAnswer(true)}>{yes}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
