import { OwnHostsSchema, ownHostOf } from '@madoguchi/server/campaign-cost-contract';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useSaveOwnHosts } from './cost-queries.ts';

/** The only pages to which texts of campaigns may lead. */
export function OwnHostsForm({
  hosts,
  version,
  mayChange,
}: {
  hosts: readonly string[];
  version: number;
  mayChange: boolean;
}) {
  const [typed, setTyped] = useState(() => hosts.join('\n'));
  // what was looked at, however often the screen reads it again meanwhile
  const [seen, setSeen] = useState(version);
  const save = useSaveOwnHosts();
  const read = readHosts(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read.wrong !== null || save.isPending) return;
    save.mutate(
      { hosts: read.hosts, version: seen },
      {
        onSuccess: () => {
          setSeen(seen + 1);
          setTyped(read.hosts.join('\n'));
        },
      },
    );
  };
  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5"
    >
      <p className="text-std-16N-170">
        配信の案内やSMSには、ここに登録したアドレスへのリンクだけを入れられます。ほかのリンクが入った配信は、詐欺と見分けがつかないため、決裁に出せません。
      </p>
      {hosts.length === 0 ? (
        <Notice kind="info" title="まだ登録されていません">
          登録するまで、リンクの入った配信は決裁に出せません。
        </Notice>
      ) : null}
      {mayChange ? (
        <>
          <TextField
            label="市のホームページのアドレス"
            description="1行に1つずつ入力してください（例：www.city.mihon.lg.jp）。その下のアドレスも、市のものとして扱います。"
            rows={3}
            value={typed}
            onChange={setTyped}
            errorMessage={read.wrong ?? undefined}
          />
          <div>
            <Button type="submit" look="outline" isPending={save.isPending} isDisabled={read.wrong !== null}>
              アドレスを保存する
            </Button>
          </div>
        </>
      ) : hosts.length === 0 ? null : (
        <ul aria-label="市のホームページのアドレス" className="list-disc pl-6 text-std-16N-170">
          {hosts.map((host) => (
            <li key={host}>{host}</li>
          ))}
        </ul>
      )}
      {save.error === null ? null : (
        <Notice kind="error" title="アドレスを保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      {save.isSuccess ? <Notice kind="success" title="アドレスを保存しました" /> : null}
    </Form>
  );
}

/** `wrong`: what is to be mended, in words; null: nothing. */
function readHosts(typed: string): { readonly hosts: readonly string[]; readonly wrong: string | null } {
  const lines = typed.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const hosts: string[] = [];
  for (const line of lines) {
    const host = ownHostOf(line);
    if (host === null)
      return { hosts, wrong: `「${line}」は、市だけのアドレスとして読み取れません。ご確認ください。` };
    if (!hosts.includes(host)) hosts.push(host);
  }
  return OwnHostsSchema.safeParse(hosts).success
    ? { hosts, wrong: null }
    : { hosts, wrong: 'アドレスは、50個までにしてください。' };
}
