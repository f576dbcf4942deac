import type { AnnouncementShown } from '@madoguchi/server/announcement-contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { TextField } from '../../design/text-field.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { heardOf } from '../listen-part.tsx';
import { SoundPlayer } from '../sound-player.tsx';
import { SubNavigation } from '../sub-navigation.tsx';
import { useAnnouncements } from '../use-announcements.ts';
import { useMayEdit } from '../use-may-edit.ts';
import { matches, placeOf, wordsOf } from './announcement-words.ts';

/** The library アナウンス集. */
export function AnnouncementsPage() {
  const { data, error, isPending, refetch } = useAnnouncements();
  const mayEdit = useMayEdit();
  const [wanted, setWanted] = useState('');
  const shown = data?.announcements.filter((each) => matches(each, wanted)) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="アナウンス集"
        lead="ここで変えると、使っているすべてのフローの下書きに入ります。"
        aside={
          mayEdit ? (
            <Link
              to="/announcements/new"
              className="inline-flex min-h-12 items-center gap-2 rounded-8 border border-key-900 bg-key-900 px-5 text-oln-16B-100 text-white hover:bg-key-1000 hover:underline print:hidden"
            >
              <Icon name="voice" />
              アナウンスを追加する
            </Link>
          ) : null
        }
      />
      <SubNavigation />
      {error === null ? null : (
        <Notice
          kind="error"
          title="アナウンス集を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={6} /> : null}
      {data !== undefined && data.announcements.length > 0 ? (
        <div className="max-w-md print:hidden">
          <TextField label="アナウンスを探す" size="small" value={wanted} onChange={setWanted} />
        </div>
      ) : null}
      {data?.announcements.length === 0 ? (
        <Empty icon="voice" title="アナウンスは、まだありません">
          「アナウンスを追加する」から、よく使う文章や録音を登録してください。
        </Empty>
      ) : data !== undefined && shown.length === 0 ? (
        <Empty icon="search" title="あてはまるアナウンスはありません" />
      ) : null}
      <ol className="flex flex-col gap-3">
        {shown.map((announcement) => (
          <li key={announcement.announcementId}>
            <AnnouncementCard announcement={announcement} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function AnnouncementCard({ announcement }: { announcement: AnnouncementShown }) {
  const { announcementId, name, content, version, voiceCredit, changedAt, changedBy, usages } = announcement;
  const waits = usages.some(({ isNewest }) => !isNewest);
  const [first, ...others] = usages;
  return (
    <article className="flex items-start gap-4 rounded-8 border border-solid-gray-300 bg-white px-5 py-3">
      <div className="min-w-0 grow">
        <h2 className="flex flex-wrap items-center gap-3 text-std-18B-160">
          <Link
            to="/announcements/$announcementId"
            params={{ announcementId }}
            className="break-words text-key-900 underline underline-offset-4"
          >
            {name}
          </Link>
          {waits ? <StateLabel word="公開していない変更があります" icon="wait" tone="warning" /> : null}
        </h2>
        <p className="line-clamp-2 text-std-16N-170 break-words">{wordsOf(announcement)}</p>
        <p className="text-dns-16N-130">
          {first === undefined
            ? 'まだ、どのフローでも使われていません。'
            : `使われている所：${placeOf(first)}${others.length === 0 ? '' : `、ほか${others.length}か所`}`}
        </p>
        <p className="numerals mt-1 text-dns-14N-130 break-words text-solid-gray-700">
          版{version}　{momentShown(changedAt)} {changedBy}
          {voiceCredit === '' ? '' : `　音声: ${voiceCredit}`}
        </p>
      </div>
      <SoundPlayer order={heardOf(content, [])} name={name} />
    </article>
  );
}
