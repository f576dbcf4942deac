import type { UploadedAudio } from '@madoguchi/server/announcement-contract';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import { AnnouncementDialog } from '../announcement-dialog.tsx';
import { SoundPlayer } from '../sound-player.tsx';
import { AudioFacts } from './audio-facts.tsx';
import { NewSound } from './new-sound.tsx';
import { useAudio } from './use-audio.ts';

/** Chooses a recorded sound, a known one or a new one. */
export function SoundDialog({
  onChoose,
  onClose,
}: {
  onChoose: (audio: UploadedAudio) => void;
  onClose: () => void;
}) {
  const { data, error, isPending } = useAudio();
  return (
    <AnnouncementDialog title="録音した音声を選ぶ" onClose={onClose}>
      <Section title="新しい音声">
        <NewSound useWord="この音声を使う" onUse={onChoose} />
      </Section>
      <Section title="登録されている音声">
        {error === null ? null : (
          <Notice kind="error" title="音声の一覧を読み込めませんでした">
            {messageOf(error)}
          </Notice>
        )}
        {isPending ? <Loading rows={3} /> : null}
        {data?.audio.length === 0 ? (
          <Empty icon="voice" title="登録されている音声は、まだありません" />
        ) : null}
        <ul className="flex flex-col gap-2">
          {data?.audio.map((audio) => (
            <li
              key={audio.audioId}
              className="flex items-center justify-between gap-3 rounded-8 border border-solid-gray-300 px-4 py-2"
            >
              <div className="min-w-0">
                <p className="text-std-16B-170 break-words">{audio.name}</p>
                <AudioFacts audio={audio} />
              </div>
              <div className="flex gap-2">
                <SoundPlayer
                  order={{ content: { type: 'audio', audioId: audio.audioId } }}
                  name={audio.name}
                />
                <Button
                  look="outline"
                  size="small"
                  aria-label={`使う：${audio.name}`}
                  onPress={() => onChoose(audio)}
                >
                  使う
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </Section>
    </AnnouncementDialog>
  );
}
