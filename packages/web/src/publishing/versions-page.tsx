import type { VersionList } from '@madoguchi/server/publish-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery } from '../account-queries.ts';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Empty } from '../design/empty.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { ChangesList } from './changes-list.tsx';
import { useDifference, useRollBack, useVersions } from './use-publishing.ts';

type Version = VersionList['versions'][number];
type GoingBack = {
  readonly version: Version;
  readonly phoneNumber: string;
  readonly shown: string;
  readonly from: string | null;
};

/** Every version of a flow that callers have heard, and the way back to one. */
export function VersionsPage() {
  const { flowId } = useParams({ from: '/signedIn/flows/$flowId/versions' });
  const { data, error, refetch } = useVersions(flowId);
  const { data: me } = useQuery(meQuery);
  const rollBack = useRollBack();
  const [compared, setCompared] = useState<string | null>(null);
  const [going, setGoing] = useState<GoingBack | null>(null);
  const mayPublish = me?.rights.includes('publishFlows') ?? false;
  const versions = data?.versions ?? [];
  const inForce = (phoneNumber: string) =>
    versions.find(({ inForceFor }) => inForceFor.some((each) => each.phoneNumber === phoneNumber))
      ?.bundleId ?? null;
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130">
        <Link
          to="/flows/$flowId"
          params={{ flowId }}
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          フローに戻る
        </Link>
      </nav>
      <PageTitle title="公開した版" lead="前の版に戻すと、次にかかってくる電話からその案内になります。" />
      {error === null ? null : (
        <Notice
          kind="error"
          title="版の一覧を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {rollBack.error === null ? null : (
        <Notice kind="error" title="版を変えられませんでした">
          {messageOf(rollBack.error)}
        </Notice>
      )}
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : versions.length === 0 ? (
        <Empty icon="note" title="公開した版はまだありません" />
      ) : (
        <ol aria-label="版の一覧" className="flex flex-col gap-3">
          {versions.map((version) => (
            <li
              key={version.bundleId}
              className="flex flex-col gap-2 rounded-8 border border-solid-gray-300 bg-white p-4"
            >
              <p className="flex flex-wrap items-center gap-3 text-std-16B-170">
                第{version.versionNo}版
                <span className="font-normal">
                  {momentShown(version.publishedAt)}　{version.publishedBy?.name ?? ''}
                </span>
                {version.inForceFor.length === 0 ? null : (
                  <StateLabel
                    word={`使用中：${version.inForceFor.map(({ shown, name }) => `${shown}（${name}）`).join('、')}`}
                    icon="check"
                    tone="good"
                  />
                )}
              </p>
              <p className="text-std-16N-170 whitespace-pre-line">{version.comment}</p>
              <div className="flex flex-wrap gap-2">
                <Button
                  look="outline"
                  size="small"
                  onPress={() =>
                    setCompared((before) => (before === version.bundleId ? null : version.bundleId))
                  }
                >
                  {compared === version.bundleId ? '違いを閉じる' : '下書きとの違いを見る'}
                </Button>
                <Link
                  to="/flows/$flowId/counts"
                  params={{ flowId }}
                  search={{ version: version.bundleId }}
                  aria-label={`第${version.versionNo}版の通話の件数を見る`}
                  className="inline-flex min-h-10 items-center rounded-8 border border-key-900 bg-white px-3 text-oln-14B-100 text-key-900 underline-offset-4 hover:bg-key-50 hover:underline print:hidden"
                >
                  通話の件数を見る
                </Link>
                {mayPublish
                  ? version.couldServe.map(({ phoneNumber, shown }) => (
                      <Button
                        key={phoneNumber}
                        look="outline"
                        size="small"
                        isPending={rollBack.isPending}
                        onPress={() => setGoing({ version, phoneNumber, shown, from: inForce(phoneNumber) })}
                      >
                        {shown}をこの版にする
                      </Button>
                    ))
                  : null}
              </div>
              {compared === version.bundleId ? (
                <SinceVersion flowId={flowId} bundleId={version.bundleId} />
              ) : null}
            </li>
          ))}
        </ol>
      )}
      <ConfirmDialog
        title={`第${going?.version.versionNo ?? ''}版にしますか`}
        yes="この版にする"
        isOpen={going !== null}
        onAnswer={(go) => {
          if (go && going !== null) {
            const { version, phoneNumber, from } = going;
            rollBack.mutate({ phoneNumber, bundleId: version.bundleId, from });
          }
          setGoing(null);
        }}
      >
        <p className="text-std-16N-170">
          {going?.shown}は、次にかかってくる電話から第{going?.version.versionNo}
          版の案内と、その版の読みになります。いま話し中の電話は、そのまま続きます。
        </p>
      </ConfirmDialog>
    </>
  );
}

function SinceVersion({ flowId, bundleId }: { flowId: string; bundleId: string }) {
  const { data, error } = useDifference(flowId, bundleId);
  if (error !== null)
    return (
      <Notice kind="error" title="違いを読み込めませんでした">
        {messageOf(error)}
      </Notice>
    );
  return (
    <Section title="いまの下書きで変わったところ">
      {data === undefined ? <Loading /> : <ChangesList changes={data.changes} readings={data.readings} />}
    </Section>
  );
}
