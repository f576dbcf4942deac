import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { TextField } from '../design/text-field.tsx';
import { useAddFlow } from './use-flows.ts';

/** Asks for a name and opens the new flow. */
export function AddFlow() {
  return (
    <DialogTrigger>
      <Button>
        <Icon name="note" />
        フローを追加する
      </Button>
      <ModalOverlay className="fixed inset-0 z-10 grid place-items-center bg-opacity-gray-500 p-6">
        <Modal className="w-full max-w-xl rounded-12 bg-white p-6 shadow-4">
          <Dialog className="outline-none">
            <Heading slot="title" className="text-std-22B-150">
              フローを追加する
            </Heading>
            <AddFlowForm />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function AddFlowForm() {
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const navigate = useNavigate();
  const add = useAddFlow();
  const isMissing = name.trim() === '';
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (isMissing || add.isPending) return;
    const flowId = `flow-${crypto.randomUUID().slice(0, 8)}`;
    add.mutate(
      { flowId, name: name.trim(), draft: null },
      { onSuccess: () => navigate({ to: '/flows/$flowId', params: { flowId } }) },
    );
  }
  return (
    <form onSubmit={submit} className="mt-4 flex flex-col gap-4">
      <TextField
        label="フローの名前"
        description="例：国保 資格給付"
        value={name}
        onChange={setName}
        autoFocus
        errorMessage={isTried && isMissing ? '名前を入力してください。' : undefined}
      />
      {add.error === null ? null : (
        <p role="alert" className="text-std-16N-170 text-error-2">
          {messageOf(add.error)}
        </p>
      )}
      <div className="flex justify-end gap-3">
        <Button look="outline" slot="close">
          やめる
        </Button>
        <Button type="submit" isPending={add.isPending}>
          追加して開く
        </Button>
      </div>
    </form>
  );
}
