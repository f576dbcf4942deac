import type { CampaignList, ListPreview } from '@madoguchi/server/campaign-list-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { counted } from '../campaign-words.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { FirstRows } from './first-rows.tsx';
import { LeftOutPart } from './left-out-part.tsx';
import { useListPreview, useSettleList } from './list-queries.ts';
import { MappingForm } from './mapping-form.tsx';

/** A list as it was read: how many, who is left out and why; taken in only now. */
export function CheckedList({ list, wanted }: { list: CampaignList; wanted: readonly string[] }) {
  const [isMapping, setMapping] = useState(false);
  const preview = useListPreview(list.listId);
  if (isMapping) return <MappingForm list={list} wanted={wanted} onBack={() => setMapping(false)} />;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-std-16N-170">
        「{list.fileName}」を読み終わりました。まだ取り込んでいません。内容を確かめてください。
      </p>
      <dl className="flex flex-wrap gap-x-10 gap-y-2">
        <Figure name="ファイルの行" count={list.counts.rows} />
        <Figure name={list.purpose === 'paid' ? '取りやめになる行' : '使える行'} count={list.counts.usable} />
        <Figure name="除く行" count={list.counts.leftOut} />
        <Figure name="注意のある行" count={list.counts.warned} />
      </dl>
      <ReadingTrouble what="名簿の内容" error={preview.error} onAgain={() => void preview.refetch()} />
      {preview.data === undefined ? (
        preview.error === null ? (
          <Loading rows={4} />
        ) : null
      ) : (
        <>
          <LeftOutPart list={list} preview={preview.data} />
          <FirstRows purpose={list.purpose} rows={preview.data.first} />
          <Deeds list={list} preview={preview.data} onMapping={() => setMapping(true)} />
        </>
      )}
    </div>
  );
}

function Deeds({
  list: { listId, counts, purpose },
  preview,
  onMapping,
}: {
  list: CampaignList;
  preview: ListPreview;
  onMapping: () => void;
}) {
  const settle = useSettleList(listId);
  const [isAsking, setAsking] = useState(false);
  const isPaid = purpose === 'paid';
  const people = isPaid ? preview.recipientsConcerned : counts.usable;
  const mustAsk = isPaid || preview.recipientsConcerned > 0;
  const accept = () => settle.mutate('accept');
  return (
    <>
      {settle.error === null ? null : (
        <Notice kind="error" title="できませんでした">
          {messageOf(settle.error)}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          isBusy={settle.isPending}
          isDisabled={counts.usable === 0}
          onPress={() => (mustAsk ? setAsking(true) : accept())}
        >
          {isPaid ? `${counted(people, '人')}への発信を取りやめる` : `${counted(people, '人')}を取り込む`}
        </Button>
        <Button look="outline" onPress={onMapping}>
          割り当てを直して読み直す
        </Button>
        <Button look="outline" isBusy={settle.isPending} onPress={() => settle.mutate('cancel')}>
          このファイルをやめる
        </Button>
        {counts.usable === 0 ? (
          <p className="text-std-16N-170 text-solid-gray-700">
            使える行がありません。ファイルか割り当てを直してください。
          </p>
        ) : null}
      </div>
      <ConfirmDialog
        title={isPaid ? '納付済みの方への発信を取りやめますか' : 'いまの名簿と入れ替えますか'}
        yes={isPaid ? '取りやめる' : '入れ替える'}
        isOpen={isAsking}
        no="戻る"
        onAnswer={(go) => {
          setAsking(false);
          if (go) accept();
        }}
      >
        <p className="text-std-16N-170">
          {isPaid
            ? `この配信の${counted(people, '人')}には、もう電話もSMSも届かなくなります。元には戻せません。`
            : `いまの${counted(preview.recipientsConcerned, '人')}の名簿は消え、新しい${counted(people, '人')}の名簿になります。`}
        </p>
      </ConfirmDialog>
    </>
  );
}

function Figure({ name, count }: { name: string; count: number }) {
  return (
    <div>
      <dt className="text-dns-14B-130 text-solid-gray-700">{name}</dt>
      <dd className="numerals text-std-22B-150">{count.toLocaleString('ja-JP')}</dd>
    </div>
  );
}
