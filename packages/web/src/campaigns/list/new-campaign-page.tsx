import type { CampaignKind } from '@madoguchi/server/campaign-contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ChoiceList } from '../../design/choice-list.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { TextField } from '../../design/text-field.tsx';
import { campaignProblemOf, useAddCampaign } from '../campaign-deeds.ts';
import { KIND_CHOICES } from '../campaign-words.ts';

/** Asks for a name and the kind; everything else is decided in the draft that it opens. */
export function NewCampaignPage() {
  const navigate = useNavigate();
  const add = useAddCampaign();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<CampaignKind | null>(null);
  const [isTried, setTried] = useState(false);
  const problem = campaignProblemOf(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === '' || kind === null || add.isPending) return;
    add.mutate(
      { name: name.trim(), kind },
      {
        onSuccess: ({ campaignId }) => navigate({ to: '/campaigns/$campaignId', params: { campaignId } }),
      },
    );
  };
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130">
        <Link
          to="/campaigns"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          配信
        </Link>
      </nav>
      <PageTitle
        title="配信を作る"
        lead="まず、種類と名前を決めます。ここでは、まだだれにも発信されません。"
      />
      <Form
        onSubmit={submit}
        validationBehavior="aria"
        className="flex flex-col gap-5 rounded-8 border border-solid-gray-300 bg-white p-5"
      >
        {add.error === null ? null : (
          <Notice kind="error" title="作れませんでした">
            {messageOf(add.error)}
          </Notice>
        )}
        <ChoiceList
          label="種類"
          choices={KIND_CHOICES}
          columns={2}
          value={kind}
          onChange={(id) => setKind(KIND_CHOICES.find((choice) => choice.id === id)?.id ?? null)}
          errorMessage={isTried && kind === null ? '種類を選んでください。' : undefined}
        />
        <TextField
          label="名前"
          description="職員が見分けるための名前です。市民には聞こえません（例：国保料 4期 納期限のお知らせ）"
          autoComplete="off"
          isRequired
          maxLength={200}
          value={name}
          onChange={setName}
          errorMessage={
            problem('name') ?? (isTried && name.trim() === '' ? '名前を入力してください。' : undefined)
          }
        />
        <div>
          <Button type="submit" isBusy={add.isPending}>
            下書きを作って次へ
          </Button>
        </div>
      </Form>
    </>
  );
}
