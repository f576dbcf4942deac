import type { ReadingShown } from '@madoguchi/server/announcement-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { Section } from '../../design/section.tsx';
import { TextField } from '../../design/text-field.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { SoundPlayer } from '../sound-player.tsx';
import { SubNavigation } from '../sub-navigation.tsx';
import { useMayEdit } from '../use-may-edit.ts';
import { HeardOtherwiseList } from './heard-otherwise.tsx';
import { ReadingDialog } from './reading-dialog.tsx';
import { useReadings, useRemoveReading } from './use-readings.ts';

const matches = ({ surface, reading }: ReadingShown, wanted: string) =>
  surface.includes(wanted) || reading.includes(wanted);

/** The reading dictionary 読みの辞書. */
export function ReadingsPage() {
  const { data, error, isPending, refetch } = useReadings();
  const removal = useRemoveReading();
  const mayEdit = useMayEdit();
  const [wanted, setWanted] = useState('');
  const [edited, setEdited] = useState<string | null>(null);
  const [asked, setAsked] = useState<ReadingShown | null>(null);
  const shown = data?.readings.filter((entry) => matches(entry, wanted.trim())) ?? [];
  const removed = data?.removed.filter(({ surface }) => surface.includes(wanted.trim())) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="読みの辞書"
        lead="読み間違える言葉の、正しい読みを登録します。電話では、フローを次に公開したときから変わります。"
        aside={
          mayEdit ? (
            <Button onPress={() => setEdited('')}>
              <Icon name="note" />
              言葉を追加する
            </Button>
          ) : null
        }
      />
      <SubNavigation />
      {error === null ? null : (
        <Notice
          kind="error"
          title="読みの辞書を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {removal.error === null ? null : (
        <Notice kind="error" title="削除できませんでした">
          {messageOf(removal.error)}
        </Notice>
      )}
      {isPending ? <Loading rows={6} /> : null}
      {data !== undefined && data.readings.length > 0 ? (
        <div className="max-w-md">
          <TextField label="言葉を探す" size="small" value={wanted} onChange={setWanted} />
        </div>
      ) : null}
      {data?.readings.length === 0 ? (
        <Empty icon="note" title="登録されている言葉は、まだありません">
          役所でよく使う言葉の読みは、はじめから備わっています。
        </Empty>
      ) : data !== undefined && shown.length === 0 ? (
        <Empty icon="search" title="あてはまる言葉はありません" />
      ) : null}
      <ol className="flex flex-col gap-2">
        {shown.map((entry) => (
          <li
            key={entry.surface}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-8 border border-solid-gray-300 bg-white px-4 py-3"
          >
            <div className="min-w-0 grow">
              <p className="text-std-16B-170 break-words">
                {entry.surface}
                <span className="ml-3 font-normal">{entry.reading}</span>
              </p>
              <p className="text-dns-16N-130">{placesOf(entry)}</p>
              <p className="numerals text-dns-14N-130 text-solid-gray-700">
                {momentShown(entry.changedAt)}
                {entry.changedBy === null ? '' : ` ${entry.changedBy}`}
              </p>
            </div>
            <SoundPlayer order={{ content: { type: 'text', text: entry.surface } }} name={entry.surface} />
            {mayEdit ? (
              <>
                <Button
                  look="outline"
                  size="small"
                  aria-label={`読みを直す：${entry.surface}`}
                  onPress={() => setEdited(entry.surface)}
                >
                  読みを直す
                </Button>
                <Button
                  look="quiet"
                  size="small"
                  aria-label={`削除する：${entry.surface}`}
                  onPress={() => setAsked(entry)}
                >
                  削除する
                </Button>
              </>
            ) : null}
            <HeardOtherwiseList surface={entry.surface} flows={entry.heardOtherwise} />
          </li>
        ))}
      </ol>
      {removed.length === 0 ? null : (
        <Section title="削除した言葉で、前の読みがまだ流れているもの">
          <ul className="flex flex-col gap-2">
            {removed.map(({ surface, heardOtherwise }) => (
              <li key={surface} className="rounded-8 border border-solid-gray-300 bg-white px-4 py-3">
                <p className="text-std-16B-170 break-words">{surface}</p>
                <HeardOtherwiseList surface={surface} flows={heardOtherwise} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {edited === null ? null : (
        <ReadingDialog surface={edited} sentence={null} onClose={() => setEdited(null)} />
      )}
      <ConfirmDialog
        title="この読みを削除しますか"
        yes="削除する"
        isOpen={asked !== null}
        onAnswer={(go) => {
          if (go && asked !== null) removal.mutate(asked);
          setAsked(null);
        }}
      >
        <p className="text-std-16B-170">
          {asked?.surface}（{asked?.reading}）
        </p>
        <p className="mt-2 text-std-16N-170">
          読み上げる声が、もとの読み方に戻ります。電話の案内は、フローを次に公開したときから戻ります。
        </p>
      </ConfirmDialog>
    </div>
  );
}

function placesOf({ announcements, flows }: ReadingShown): string {
  const places = [
    ...announcements.map((name) => `アナウンス「${name}」`),
    ...flows.map((name) => `フロー「${name}」`),
  ];
  if (places.length === 0) return '今は、どのアナウンスでも使われていません。';
  const [first = '', second] = places;
  const others = places.length > 2 ? `、ほか${places.length - 2}件` : '';
  return `使われている所：${second === undefined ? first : `${first}、${second}`}${others}`;
}
