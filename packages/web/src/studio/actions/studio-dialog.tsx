import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

/** A question over the studio. Escape closes it and changes nothing. */
export function StudioDialog({
  title,
  children,
  onClose,
}: {
  title: string;
  children: ReactNode;
  onClose: () => void;
}) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable
      className="fixed inset-0 z-10 grid place-items-center bg-opacity-gray-500 p-6"
    >
      <Modal className="max-h-full w-full max-w-2xl overflow-y-auto rounded-12 bg-white p-6 shadow-4">
        <Dialog className="outline-none">
          <Heading slot="title" className="mb-3 text-std-22B-150">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
