import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '../design/button.tsx';

/** A wide dialog to choose or make something in. Escape closes it. */
export function AnnouncementDialog({
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
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className="fixed inset-0 z-20 grid place-items-center bg-opacity-gray-500 p-6"
    >
      <Modal className="flex max-h-[calc(100vh-3rem)] w-full max-w-3xl flex-col rounded-12 bg-white shadow-4">
        <Dialog className="flex min-h-0 flex-col outline-none">
          <Heading slot="title" className="px-6 pt-6 pb-3 text-std-22B-150">
            {title}
          </Heading>
          <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-6 py-1">{children}</div>
          <div className="flex justify-end px-6 py-4">
            <Button look="outline" onPress={onClose}>
              閉じる
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
