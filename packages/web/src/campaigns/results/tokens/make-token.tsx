import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../../../api/api-error.ts';
import { Button } from '../../../design/button.tsx';
import { Notice } from '../../../design/notice.tsx';
import { Select } from '../../../design/select.tsx';
import { TextField } from '../../../design/text-field.tsx';
import { useMakeToken } from './token-queries.ts';

const DAYS = [
  { id: '90', word: '90日間' },
  { id: '180', word: '180日間' },
  { id: '365', word: '1年間' },
  { id: '730', word: '2年間' },
] as const;

/** Names the core system and says how long; then the key stands there, this once. */
export function MakeToken() {
  const [name, setName] = useState('');
  const [days, setDays] = useState('365');
  const [isTried, setTried] = useState(false);
  const make = useMakeToken();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || make.isPending) return;
    make.mutate(
      { name: name.trim(), days: Number(days) },
      {
        onSuccess: () => {
          setName('');
          setTried(false);
        },
      },
    );
  };
  if (make.data !== undefined) return <Told token={make.data.token} onDone={() => make.reset()} />;
  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-4"
    >
      <div className="flex flex-wrap items-start gap-4">
        <div className="w-96">
          <TextField
            label="どのシステムの鍵か"
            description="例：国保システム"
            size="small"
            autoComplete="off"
            maxLength={60}
            value={name}
            onChange={setName}
            errorMessage={isTried && name.trim() === '' ? 'システムの名前を入力してください。' : undefined}
          />
        </div>
        <div className="w-48">
          <Select
            label="使える期間"
            description="今日からの期間です。"
            choices={DAYS}
            value={days}
            onChange={setDays}
          />
        </div>
      </div>
      {make.error === null ? null : (
        <Notice kind="error" title="鍵を作れませんでした">
          {messageOf(make.error)}
        </Notice>
      )}
      <div>
        <Button type="submit" isBusy={make.isPending}>
          鍵を作る
        </Button>
      </div>
    </Form>
  );
}

function Told({ token, onDone }: { token: string; onDone: () => void }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  return (
    <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-4">
      <Notice kind="success" title="鍵を作りました。表示されるのは、いまだけです。">
        情報システムの担当者に、安全な方法で渡してください。メールで送ったり、紙に残したりしないでください。この画面を離れると、もう表示できません。
      </Notice>
      <TextField
        label="鍵"
        isReadOnly
        autoFocus
        autoComplete="off"
        spellCheck="false"
        value={token}
        onFocus={({ target }) => {
          if (target instanceof HTMLInputElement) target.select();
        }}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          look="outline"
          onPress={() => {
            // Browsers keep the clipboard from pages that were opened without HTTPS.
            const { clipboard }: { clipboard?: Clipboard } = navigator;
            if (clipboard === undefined) return setCopied('failed');
            clipboard.writeText(token).then(
              () => setCopied('yes'),
              () => setCopied('failed'),
            );
          }}
        >
          鍵をコピーする
        </Button>
        <Button onPress={onDone}>控えたので、鍵を隠す</Button>
        <p role="status" className="text-std-16N-170 empty:hidden">
          {copied === 'yes'
            ? 'コピーしました。'
            : copied === 'failed'
              ? 'コピーできませんでした。鍵の欄を選んで、Ctrl＋Cでコピーしてください。'
              : ''}
        </p>
      </div>
    </div>
  );
}
