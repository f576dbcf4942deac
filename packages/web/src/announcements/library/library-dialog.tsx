import type { AnnouncementShown } from '@madoguchi/server/announcement-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { AnnouncementDialog } from '../announcement-dialog.tsx';
import { heardOf } from '../listen-part.tsx';
import { SoundPlayer } from '../sound-player.tsx';
import { useAnnouncements } from '../use-announcements.ts';
import { matches, wordsOf } from './announcement-words.ts';

/** Chooses an announcement of the library. */
export function LibraryDialog({
  onChoose,
  onClose,
}: {
  onChoose: (announcement: AnnouncementShown) => void;
  onClose: () => void;
}) {
  const { data, error, isPending } = useAnnouncements();
  const [wanted, setWanted] = useState('');
  const shown = data?.announcements.filter((each) => matches(each, wanted)) ?? [];
  return (
    <AnnouncementDialog title="アナウンス集から選ぶ" onClose={onClose}>
      {error === null ? null : (
        <Notice kind="error" title="アナウンス集を読み込めませんでした">
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={4} /> : null}
      {data === undefined ? null : (
        <TextField label="アナウンスを探す" size="small" value={wanted} onChange={setWanted} autoFocus />
      )}
      {data !== undefined && shown.length === 0 ? (
        <Empty
          icon="voice"
          title={
            data.announcements.length === 0
              ? 'アナウンス集は、まだ空です'
              : 'あてはまるアナウンスはありません'
          }
        />
      ) : null}
      <ul className="flex flex-col gap-2">
        {shown.map((announcement) => (
          <li
            key={announcement.announcementId}
            className="flex items-center justify-between gap-3 rounded-8 border border-solid-gray-300 px-4 py-2"
          >
            <div className="min-w-0">
              <p className="text-std-16B-170 break-words">{announcement.name}</p>
              <p className="line-clamp-2 text-dns-16N-130 break-words">{wordsOf(announcement)}</p>
            </div>
            <div className="flex gap-2">
              <SoundPlayer order={heardOf(announcement.content, [])} name={announcement.name} />
              <Button
                look="outline"
                size="small"
                aria-label={`使う：${announcement.name}`}
                onPress={() => onChoose(announcement)}
              >
                使う
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </AnnouncementDialog>
  );
}
