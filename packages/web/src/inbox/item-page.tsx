import type { InboxDetail } from '@madoguchi/server/inbox-contract';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError, messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { RecordingPlayer } from '../story/recording-player.tsx';
import { ItemFacts } from './item-facts.tsx';
import { ItemForm } from './item-form.tsx';
import { ItemHistory } from './item-history.tsx';
import { ITEM_KINDS } from './item-words.ts';
import { useItem } from './use-inbox.ts';

/** One voicemail or request to be called back. */
export function ItemPage() {
  const { itemId } = useParams({ from: '/signedIn/inbox/$itemId' });
  const { data, error, isPending, refetch } = useItem(itemId);
  const isUnknown = error instanceof ApiError && error.status === 404;
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/inbox"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          受付箱
        </Link>
      </nav>
      <PageTitle title={data === undefined ? '受付の内容' : ITEM_KINDS[data.item.kind].word} />
      {error === null ? null : (
        <div className="mb-4">
          <Notice
            kind="error"
            title={isUnknown ? 'この受付は見つかりません' : '受付の内容を読み込めませんでした'}
            action={
              isUnknown ? undefined : (
                <Button look="outline" size="small" onPress={() => void refetch()}>
                  もう一度読み込む
                </Button>
              )
            }
          >
            {isUnknown
              ? '保存期間が過ぎて削除されたか、アドレスが間違っている可能性があります。'
              : messageOf(error)}
          </Notice>
        </div>
      )}
      {isPending ? <Loading rows={8} /> : null}
      {data === undefined ? null : <Item key={itemId} detail={data} />}
    </>
  );
}

function Item({ detail }: { detail: InboxDetail }) {
  return (
    <>
      <ItemFacts item={detail.item} />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)] gap-6 print:grid-cols-1">
        <ItemForm item={detail.item} />
        <div>
          {detail.recordings.length === 0 ? null : (
            <Section title="録音">
              {detail.recordings.map((recording, at) => (
                <RecordingPlayer key={recording.recordingId} recording={recording} nth={at + 1} />
              ))}
            </Section>
          )}
          <Section title="これまでの経過">
            <ItemHistory detail={detail} />
          </Section>
        </div>
      </div>
    </>
  );
}
