import { Link, useParams } from '@tanstack/react-router';
import { SpokenIn } from '../announcements/spoken-voice.tsx';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { ChangesList } from './changes-list.tsx';
import { ProposalForm } from './proposal-form.tsx';
import { TextsToHear } from './texts-to-hear.tsx';
import { useOutlook } from './use-publishing.ts';

/** From a draft to a proposal: what is to be seen, heard and said before. */
export function PublishPage() {
  const { flowId } = useParams({ from: '/signedIn/flows/$flowId/publish' });
  const { data, error, refetch } = useOutlook(flowId);
  const errors = data?.problems.filter(({ severity }) => severity === 'error') ?? [];
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
      <PageTitle
        title="公開の準備"
        lead="変わるところを確かめ、新しい案内を聞いてから、公開の伺いを出します。"
      />
      {error === null ? null : (
        <Notice
          kind="error"
          title="読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <div className="flex flex-col gap-5">
          {data.openProposalId === null ? null : (
            <Notice kind="info" title="このフローには、進行中の伺いがあります">
              <Link
                to="/approvals/$proposalId"
                params={{ proposalId: data.openProposalId }}
                className="text-key-900 underline underline-offset-4"
              >
                進行中の伺いを見る
              </Link>
              <br />
              新しい伺いを出すと、進行中の伺いは取り下げられます。
            </Notice>
          )}
          {errors.length === 0 ? null : (
            <Notice kind="error" title={`直すところが${errors.length}件あります`}>
              <ul className="list-disc pl-5">
                {errors.map(({ flowId: of, nodeId, code, message, mend }) => (
                  <li key={`${of} ${nodeId} ${code} ${message}`}>
                    {message}
                    {mend}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          {data.failedTests.length === 0 ? null : (
            <Notice kind="error" title="フローの確認が通りません">
              <ul className="list-disc pl-5">
                {data.failedTests.map(({ name, message }) => (
                  <li key={name}>
                    「{name}」：{message}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          <Section title={`1. 変わるところ（${data.changes.length + data.readings.length}件）`}>
            <ChangesList changes={data.changes} readings={data.readings} />
          </Section>
          <Section
            title={`2. 新しい案内を聞く（残り${data.texts.filter(({ isHeard }) => !isHeard).length}件）`}
          >
            <SpokenIn voice={data.voice}>
              <TextsToHear texts={data.texts} onHeard={() => void refetch()} />
            </SpokenIn>
          </Section>
          <Section title="3. 伺いを出す">
            <ProposalForm flowId={flowId} outlook={data} />
          </Section>
        </div>
      )}
    </>
  );
}
