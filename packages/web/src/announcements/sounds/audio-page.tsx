import type { UploadedAudio } from '@madoguchi/server/announcement-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { AnnouncementDialog } from '../announcement-dialog.tsx';
import { SoundPlayer } from '../sound-player.tsx';
import { SubNavigation } from '../sub-navigation.tsx';
import { useMayEdit } from '../use-may-edit.ts';
import { AudioFacts } from './audio-facts.tsx';
import { NewSound } from './new-sound.tsx';
import { useAudio, useRemoveAudio } from './use-audio.ts';

/** The sounds that staff have uploaded or recorded. */
export function AudioPage() {
  const { data, error, isPending, refetch } = useAudio();
  const removal = useRemoveAudio();
  const mayEdit = useMayEdit();
  const [isAdding, setAdding] = useState(false);
  const [asked, setAsked] = useState<UploadedAudio | null>(null);
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="録音した音声"
        lead="アナウンスとして流す録音です。使われていない音声は、削除できます。"
        aside={
          mayEdit ? (
            <Button onPress={() => setAdding(true)}>
              <Icon name="microphone" />
              音声を追加する
            </Button>
          ) : null
        }
      />
      <SubNavigation />
      {error === null ? null : (
        <Notice
          kind="error"
          title="音声の一覧を読み込めませんでした"
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
      {data?.audio.length === 0 ? (
        <Empty icon="voice" title="録音した音声は、まだありません">
          「音声を追加する」から、ファイルの登録や録音ができます。
        </Empty>
      ) : null}
      <ol className="flex flex-col gap-2">
        {data?.audio.map((audio) => (
          <li
            key={audio.audioId}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-8 border border-solid-gray-300 bg-white px-4 py-3"
          >
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-2 text-std-16B-170 break-words">
                {audio.name}
                {audio.isUsed ? <StateLabel word="使われています" icon="check" tone="plain" /> : null}
              </p>
              <AudioFacts audio={audio} />
              <p className="numerals text-dns-14N-130 text-solid-gray-700">{momentShown(audio.uploadedAt)}</p>
            </div>
            <SoundPlayer order={{ content: { type: 'audio', audioId: audio.audioId } }} name={audio.name} />
            {mayEdit && !audio.isUsed ? (
              <Button
                look="quiet"
                size="small"
                aria-label={`削除する：${audio.name}`}
                onPress={() => setAsked(audio)}
              >
                削除する
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      {isAdding ? (
        <AnnouncementDialog title="音声を追加する" onClose={() => setAdding(false)}>
          <NewSound useWord="一覧に戻る" onUse={() => setAdding(false)} />
        </AnnouncementDialog>
      ) : null}
      <ConfirmDialog
        title="この音声を削除しますか"
        yes="削除する"
        isOpen={asked !== null}
        onAnswer={(go) => {
          if (go && asked !== null) removal.mutate(asked.audioId);
          setAsked(null);
        }}
      >
        <p className="text-std-16B-170">{asked?.name}</p>
        <p className="mt-2 text-std-16N-170">削除した音声は、元に戻せません。</p>
      </ConfirmDialog>
    </div>
  );
}
