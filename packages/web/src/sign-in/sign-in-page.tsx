import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { ApiError, messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { TextField } from '../design/text-field.tsx';
import { PlainPage } from '../shell/plain-page.tsx';
import { useSignIn } from './use-sign-in.ts';

export function SignInPage() {
  const { back, ended } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const signIn = useSignIn(back);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(email === '' || password === '');
    if (email === '' || password === '' || signIn.isPending) return;
    signIn.mutate({ email: email.normalize('NFKC').trim(), password }, { onError: () => setPassword('') });
  };

  return (
    <PlainPage>
      <div className="mx-auto max-w-md">
        <PageTitle title="ログイン" lead="職員用の管理画面です。" />
        <div className="flex flex-col gap-4">
          {ended === true && signIn.error === null ? (
            <Notice kind="info" title="ログインの有効期限が切れました">
              もう一度ログインすると、元の画面に戻ります。
            </Notice>
          ) : null}
          {signIn.error === null ? null : <Refused error={signIn.error} />}
          <Form
            onSubmit={submit}
            validationBehavior="aria"
            className="flex flex-col gap-5 rounded-12 border border-solid-gray-300 bg-white p-6"
          >
            <TextField
              label="メールアドレス"
              type="email"
              name="email"
              autoComplete="username"
              value={email}
              onChange={setEmail}
              autoFocus
              errorMessage={missing && email === '' ? 'メールアドレスを入力してください。' : undefined}
            />
            <TextField
              label="パスワード"
              type="password"
              name="password"
              autoComplete="current-password"
              value={password}
              onChange={setPassword}
              errorMessage={missing && password === '' ? 'パスワードを入力してください。' : undefined}
            />
            <Button type="submit" isPending={signIn.isPending}>
              {signIn.isPending ? '確認しています…' : 'ログイン'}
            </Button>
          </Form>
          <p className="text-std-16N-170 text-solid-gray-700">
            パスワードがわからないときは、管理者にお問い合わせください。
          </p>
        </div>
      </div>
    </PlainPage>
  );
}

function Refused({ error }: { error: Error }) {
  const locked = error instanceof ApiError && error.status === 429;
  const title = locked ? 'いまはログインできません' : 'ログインできませんでした';
  return (
    <Notice kind={locked ? 'warning' : 'error'} title={title}>
      <span {...(locked ? { role: 'alert' } : {})}>{messageOf(error)}</span>
    </Notice>
  );
}
