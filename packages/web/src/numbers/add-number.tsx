import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { TextField } from '../design/text-field.tsx';
import { numberProblemsOf, useAddNumber } from './use-numbers.ts';

/** Registers a number; it is being prepared at first, so that nobody hears anything new by it. */
export function AddNumber() {
  const [phoneNumber, setPhoneNumber] = useState('');
  const [name, setName] = useState('');
  const navigate = useNavigate();
  const add = useAddNumber();
  const problem = numberProblemsOf(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending) return;
    const onSuccess = (saved: { phoneNumber: string }) =>
      void navigate({ to: '/numbers/$phoneNumber', params: { phoneNumber: saved.phoneNumber } });
    add.mutate({ phoneNumber, name }, { onSuccess });
  };
  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5"
    >
      {add.error === null ? null : (
        <Notice kind="error" title="追加できませんでした">
          {messageOf(add.error)}
        </Notice>
      )}
      <div className="grid grid-cols-[2fr_3fr_auto] items-start gap-4">
        <TextField
          label="電話番号"
          description="市外局番から入力してください"
          inputMode="tel"
          autoComplete="off"
          isRequired
          value={phoneNumber}
          onChange={setPhoneNumber}
          errorMessage={problem('phoneNumber')}
        />
        <TextField
          label="名前"
          description="画面に表示する名前です（例：国保 資格給付）"
          autoComplete="off"
          isRequired
          value={name}
          onChange={setName}
          errorMessage={problem('name')}
        />
        <div className="pt-15">
          <Button type="submit" isPending={add.isPending}>
            <Icon name="phone" />
            追加する
          </Button>
        </div>
      </div>
      <p className="text-std-16N-170 text-solid-gray-700">
        追加した番号は「準備中」から始まります。電話会社との契約と「回線」の設定は、別に要ります。
      </p>
    </Form>
  );
}
