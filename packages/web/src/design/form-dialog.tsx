import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.tsx';

/** Asks for a few things that are then stored. Escape means no change. */
export function FormDialog({
  title,
  children,
  yes,
  isPending,
  onSubmit,
  onClose,
}: {
  title: string;
  /** The fields. */
  children: ReactNode;
  /** The word on the button that goes on: a verb, not 'OK'. */
  yes: string;
  isPending: boolean;
  onSubmit: () => void;
  onClose: () => void;
}) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
      className="fixed inset-0 z-10 grid place-items-center bg-opacity-gray-500 p-6"
    >
      <Modal className="max-h-full w-full max-w-xl overflow-y-auto rounded-12 bg-white p-6 shadow-4">
        <Dialog className="outline-none">
          <Heading slot="title" className="mb-3 text-std-22B-150">
            {title}
          </Heading>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              // A dialog is still a child of the form over which it stands: that one is not to be sent too.
              event.stopPropagation();
              if (!isPending) onSubmit();
            }}
            className="flex flex-col gap-4"
          >
            {children}
            <div className="flex justify-end gap-3">
              <Button look="outline" onPress={onClose}>
                やめる
              </Button>
              <Button type="submit" isPending={isPending}>
                {yes}
              </Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
