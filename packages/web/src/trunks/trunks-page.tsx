import { Link, useSearch } from '@tanstack/react-router';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { PlaceButtons } from './place-buttons.tsx';
import { TrunkCard } from './trunk-card.tsx';
import { useLinesInUse, useOrderTrunks, useTrunks } from './use-trunks.ts';

const DONE = {
  saved: {
    title: '保存しました',
    text: '数秒後から、この設定で電話を受けます。「接続を試す」で、電話会社の機器につながるかを確かめられます。',
  },
  removed: { title: '削除しました', text: '数秒後から、この回線では電話を受けません。' },
} as const;

/** The ways to the carriers. */
export function TrunksPage() {
  const { done } = useSearch({ from: '/signedIn/trunks' });
  const { data, error, isPending, refetch } = useTrunks();
  const order = useOrderTrunks();
  const linesInUse = useLinesInUse();
  const trunkIds = data?.trunks.map(({ trunkId }) => trunkId) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="回線"
        lead="電話会社との接続です。転送には、電話が届いた回線を使い、空きがなければ上から順に使います。"
        aside={
          <Link
            to="/trunks/new"
            className="inline-flex min-h-12 items-center gap-2 rounded-8 border border-key-900 bg-key-900 px-5 text-oln-16B-100 text-white hover:bg-key-1000 hover:underline"
          >
            <Icon name="plug" />
            回線を追加する
          </Link>
        }
      />
      {done === undefined ? null : (
        <Notice kind="success" title={DONE[done].title}>
          {DONE[done].text}
        </Notice>
      )}
      {error === null ? null : (
        <Notice
          kind="error"
          title="回線の一覧を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {order.error === null ? null : (
        <Notice kind="error" title="順番を変えられませんでした">
          {messageOf(order.error)}
        </Notice>
      )}
      {data !== undefined && data.unreadable > 0 ? (
        <Notice kind="warning" title={`読み取れない回線が${data.unreadable}件あります`}>
          新しい版のシステムで作られた設定のため、この版では電話を受けられません。システムの管理者にご連絡ください。
        </Notice>
      ) : null}
      {isPending ? <Loading rows={6} /> : null}
      {data?.trunks.length === 0 ? (
        <Empty icon="plug" title="回線はまだありません">
          「回線を追加する」から、電話会社との接続を設定してください。
        </Empty>
      ) : null}
      <ol className="flex flex-col gap-4">
        {data?.trunks.map((trunk) => (
          <li key={trunk.trunkId}>
            <TrunkCard
              trunk={trunk}
              inUse={linesInUse?.[trunk.trunkId] ?? null}
              place={
                <PlaceButtons
                  name={trunk.draft.name}
                  id={trunk.trunkId}
                  ids={trunkIds}
                  isPending={order.isPending}
                  onOrder={(ids) => order.mutate(ids)}
                />
              }
            />
          </li>
        ))}
      </ol>
    </div>
  );
}
