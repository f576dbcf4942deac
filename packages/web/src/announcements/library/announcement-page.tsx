import type { AnnouncementDetail, AnnouncementShown } from '@madoguchi/server/announcement-contract';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { BehindNotice } from '../../design/behind-notice.tsx';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { Section } from '../../design/section.tsx';
import { useDraft } from '../../use-draft.ts';
import { momentShown } from '../../words/japanese-time.ts';
import { heardOf, ListenPart } from '../listen-part.tsx';
import { SoundPlayer } from '../sound-player.tsx';
import { useAnnouncement, useRemoveAnnouncement } from '../use-announcements.ts';
import { useMayEdit } from '../use-may-edit.ts';
import { type AnnouncementFields, AnnouncementForm } from './announcement-form.tsx';
import { placeOf, wordsOf } from './announcement-words.ts';
import { UsageList } from './usage-list.tsx';

/** One announcement of the library: its words, where it is used, and what it said before. */
export function AnnouncementPage() {
  const { announcementId } = useParams({ from: '/signedIn/announcements/$announcementId' });
  const { data, error, isPending } = useAnnouncement(announcementId);
  return (
    <div className="flex flex-col gap-4">
      <Link
        to="/announcements"
        className="inline-flex items-center gap-1 self-start text-key-900 underline underline-offset-4 print:hidden"
      >
        <Icon name="chevronLeft" className="size-4" />
        アナウンス集に戻る
      </Link>
      <PageTitle title={data?.announcement.name ?? 'アナウンス'} />
      {error === null ? null : (
        <Notice kind="error" title="アナウンスを読み込めませんでした">
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={6} /> : null}
      {data === undefined ? null : <Announcement key={announcementId} detail={data} />}
    </div>
  );
}

const fieldsOf = ({ name, content, voiceCredit }: AnnouncementShown): AnnouncementFields => ({
  name,
  content,
  voiceCredit,
});

function Announcement({ detail: { announcement, history } }: { detail: AnnouncementDetail }) {
  const mayEdit = useMayEdit();
  const form = useDraft(`announcement ${announcement.announcementId}`, announcement, fieldsOf);
  const [isSaved, setSaved] = useState(false);
  return (
    <>
      {isSaved && !form.isEdited ? (
        <Notice kind="success" title="保存しました">
          使っているフローの下書きに入りました。電話をかけた方には、そのフローを公開すると流れます。
        </Notice>
      ) : null}
      {form.isBehind ? (
        <BehindNotice onKeepMine={form.keepMine} onTakeNewest={form.takeNewest}>
          {announcement.name}
          {'\n'}
          {wordsOf(announcement)}
        </BehindNotice>
      ) : null}
      {mayEdit ? (
        <AnnouncementForm
          stored={form.base}
          fields={form.draft}
          isBehind={form.isBehind}
          onEdit={form.edit}
          onSaved={(saved) => {
            form.saved(saved, form.draft);
            setSaved(true);
          }}
        />
      ) : (
        <>
          <p className="rounded-8 border border-solid-gray-300 bg-white p-5 text-std-16N-170 break-words whitespace-pre-wrap">
            {wordsOf(announcement)}
          </p>
          <ListenPart prompt={announcement.content} values={[]} />
        </>
      )}
      <p className="text-std-16N-170 break-words">
        版{announcement.version}
        {announcement.voiceCredit === '' ? '' : `　音声: ${announcement.voiceCredit}`}
      </p>
      <Section title="使われている所">
        <UsageList usages={announcement.usages} />
      </Section>
      <History history={history} />
      {mayEdit ? <RemoveAnnouncement announcement={announcement} /> : null}
    </>
  );
}

function History({ history }: { history: AnnouncementDetail['history'] }) {
  return (
    <Section title="これまでの内容">
      <ol className="flex flex-col gap-2">
        {history.map((each) => (
          <li
            key={each.version}
            className="flex items-start justify-between gap-4 rounded-8 border border-solid-gray-300 bg-white px-4 py-2"
          >
            <div className="min-w-0">
              <p className="numerals text-dns-14N-130 text-solid-gray-700">
                版{each.version}　{momentShown(each.changedAt)} {each.changedBy}
              </p>
              <p className="text-std-16N-170 break-words whitespace-pre-wrap">{wordsOf(each)}</p>
            </div>
            <SoundPlayer order={heardOf(each.content, [])} name={`版${each.version}`} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function RemoveAnnouncement({ announcement }: { announcement: AnnouncementShown }) {
  const [isAsking, setAsking] = useState(false);
  const removal = useRemoveAnnouncement();
  const navigate = useNavigate();
  const { usages } = announcement;
  return (
    <div className="flex flex-col items-start gap-3 print:hidden">
      {removal.error === null ? null : (
        <Notice kind="error" title="削除できませんでした">
          {messageOf(removal.error)}
        </Notice>
      )}
      <Button look="outline" size="small" isPending={removal.isPending} onPress={() => setAsking(true)}>
        このアナウンスを削除する
      </Button>
      <ConfirmDialog
        title="このアナウンスを削除しますか"
        yes="削除する"
        isOpen={isAsking}
        onAnswer={(go) => {
          setAsking(false);
          if (go) removal.mutate(announcement, { onSuccess: () => void navigate({ to: '/announcements' }) });
        }}
      >
        <p className="text-std-16B-170">{announcement.name}</p>
        {usages.length === 0 ? null : (
          <>
            <ul className="mt-2 list-disc pl-6 text-std-16N-170">
              {usages.map((usage) => (
                <li key={`${usage.kind} ${usage.phoneNumberShown ?? ''} ${usage.flowId}`}>
                  {placeOf(usage)}
                </li>
              ))}
            </ul>
            <p className="mt-2 text-std-16N-170">
              これらのフローには今の文章が残りますが、次に公開するときに、つながりを外すか別のアナウンスを選ぶ必要があります。
            </p>
          </>
        )}
      </ConfirmDialog>
    </div>
  );
}
