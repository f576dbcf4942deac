import { type ContactCaps, ContactCapsSchema } from '@madoguchi/server/campaign-cost-contract';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useSaveCaps } from './cost-queries.ts';

const CHANNELS = [
  { id: 'call', word: '電話' },
  { id: 'sms', word: 'SMS' },
] as const;
const PERIODS = [
  { id: 'perDay', word: '1日に' },
  { id: 'per7Days', word: '7日間に' },
  { id: 'per30Days', word: '30日間に' },
] as const;

/** How often one person may be called and written to, by all campaigns together. */
export function CapsForm({
  caps,
  version,
  mayChange,
}: {
  caps: ContactCaps;
  version: number;
  mayChange: boolean;
}) {
  const [typed, setTyped] = useState(() => ({
    call: textsOf(caps.call),
    sms: textsOf(caps.sms),
  }));
  // what was looked at, however often the screen reads it again meanwhile
  const [seen, setSeen] = useState(version);
  const save = useSaveCaps();
  const read = ContactCapsSchema.safeParse({ call: numbersOf(typed.call), sms: numbersOf(typed.sms) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read.success && !save.isPending)
      save.mutate({ caps: read.data, version: seen }, { onSuccess: () => setSeen(seen + 1) });
  };
  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5"
    >
      <p className="text-std-16N-170">
        すべての課の配信を合わせた回数です。上限に達した方には、次の日まで発信しません。ほかの課がかけたことは、だれにも分かりません。話し中や圏外など、相手に伝わらなかった発信は数えません。
      </p>
      {CHANNELS.map((channel) => (
        <fieldset key={channel.id} className="flex flex-wrap items-end gap-4">
          <legend className="mb-1 text-std-16B-170">{channel.word}（1人・1台あたり）</legend>
          {PERIODS.map((period) => (
            <div key={period.id} className="w-40">
              <TextField
                label={`${period.word}（回まで）`}
                aria-label={`${channel.word}は${period.word}（回まで）`}
                size="small"
                inputMode="numeric"
                isReadOnly={!mayChange}
                value={typed[channel.id][period.id]}
                onChange={(value) =>
                  setTyped({ ...typed, [channel.id]: { ...typed[channel.id], [period.id]: value } })
                }
              />
            </div>
          ))}
        </fieldset>
      ))}
      {mayChange ? (
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" look="outline" isPending={save.isPending} isDisabled={!read.success}>
            上限を保存する
          </Button>
          {read.success ? null : (
            <p className="text-std-16N-170 text-error-2">
              ＊1以上の数字で、1日・7日間・30日間の順に小さくならないように入力してください。
            </p>
          )}
        </div>
      ) : null}
      {save.error === null ? null : (
        <Notice kind="error" title="上限を保存できませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      {save.isSuccess ? <Notice kind="success" title="上限を保存しました" /> : null}
    </Form>
  );
}

type CapTexts = Readonly<Record<keyof ContactCaps['call'], string>>;

function textsOf({ perDay, per7Days, per30Days }: ContactCaps['call']): CapTexts {
  return { perDay: String(perDay), per7Days: String(per7Days), per30Days: String(per30Days) };
}

function numbersOf({ perDay, per7Days, per30Days }: CapTexts) {
  const read = (text: string) => Number(text.normalize('NFKC'));
  return { perDay: read(perDay), per7Days: read(per7Days), per30Days: read(per30Days) };
}
