import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { RadioGroup } from 'react-aria-components/RadioGroup';
import { meQuery } from '../../account-queries.ts';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { SubNavigation } from '../sub-navigation.tsx';
import { useChooseUsualVoice, useVoices } from './use-voices.ts';
import { VoiceRow } from './voice-row.tsx';

/** The usual voice いつもの声: who speaks where no flow says otherwise. */
export function UsualVoicePage() {
  const { error, isPending, refetch } = useVoices();
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="いつもの声"
        lead="声を選んでいないフローと、緊急アナウンスなどの決まった案内を話す声です。"
      />
      <SubNavigation />
      {error === null ? null : (
        <Notice
          kind="error"
          title="声の一覧を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={4} /> : null}
      <UsualVoiceForm />
    </div>
  );
}

function UsualVoiceForm() {
  const { data } = useVoices();
  const { data: me } = useQuery(meQuery);
  const choose = useChooseUsualVoice();
  const [typed, setTyped] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  if (data === undefined) return null;
  const mayChoose = me?.rights.includes('publishFlows') ?? false;
  const chosen = data.voices.find(({ id }) => id === (typed ?? data.usual));
  const isOther = chosen !== undefined && chosen.id !== data.usual;
  return (
    <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5">
      {choose.error === null ? null : (
        <Notice kind="error" title="声を変えられませんでした">
          {messageOf(choose.error)}
        </Notice>
      )}
      <RadioGroup
        value={chosen?.id ?? null}
        onChange={setTyped}
        isReadOnly={!mayChoose}
        className="flex max-w-3xl flex-col gap-2"
      >
        <Label className="text-std-16B-170">声</Label>
        {data.voices.map(({ id, name, credit }) => (
          <VoiceRow
            key={id}
            id={id}
            word={id === data.usual ? `${name}（いまの声）` : name}
            credit={`音声: ${credit}`}
            voice={id}
          />
        ))}
      </RadioGroup>
      {mayChoose ? (
        <div className="flex flex-wrap items-center gap-3">
          <Button isBusy={choose.isPending} isDisabled={!isOther} onPress={() => setAsking(true)}>
            この声に変える
          </Button>
          <p role="status" className="text-std-16N-170">
            {choose.isSuccess && !isOther
              ? '声を変えました。電話では、音声の用意ができたときから変わります。'
              : ''}
          </p>
        </div>
      ) : (
        <p className="text-std-16N-170 text-solid-gray-700">責任者と管理者が変えられます。</p>
      )}
      <ConfirmDialog
        title="いつもの声を変えますか"
        yes="変える"
        isOpen={isAsking}
        onAnswer={(go) => {
          setAsking(false);
          if (go && chosen !== undefined) choose.mutate(chosen.id, { onSuccess: () => setTyped(null) });
        }}
      >
        <p className="text-std-16N-170">
          声を選んでいないフローは、公開中のものも、「{chosen?.name}」で話すようになります。
        </p>
      </ConfirmDialog>
    </div>
  );
}
