import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';

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
          <div className="mb-3 flex items-start justify-between gap-4">
            <Heading slot="title" className="text-std-22B-150">
              {title}
            </Heading>
            <Button look="quiet" size="small" onPress={onClose}>
              <Icon name="cross" className="size-4" />
              閉じる
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
