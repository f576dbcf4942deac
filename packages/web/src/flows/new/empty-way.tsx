import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { useAddFlow } from '../use-flows.ts';
import { FlowNameField } from './flow-name-field.tsx';

/** A name, and nothing in it. */
export function EmptyWay() {
  const [name, setName] = useState('');
  const [isTried, setTried] = useState(false);
  const navigate = useNavigate();
  const add = useAddFlow();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || add.isPending) return;
    const flowId = `flow-${crypto.randomUUID().slice(0, 8)}`;
    add.mutate(
      { flowId, name: name.trim() },
      { onSuccess: () => void navigate({ to: '/flows/$flowId', params: { flowId } }) },
    );
  };
  return (
    <form onSubmit={submit} className="flex max-w-xl flex-col gap-4">
      <FlowNameField value={name} onChange={setName} isTried={isTried} />
      {add.error === null ? null : (
        <Notice kind="error" title="追加できませんでした">
          {messageOf(add.error)}
        </Notice>
      )}
      <div>
        <Button type="submit" isBusy={add.isPending}>
          {add.isPending ? '追加しています…' : '追加して開く'}
        </Button>
      </div>
    </form>
  );
}
