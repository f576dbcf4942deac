import type { ProposalDetail } from '@madoguchi/server/publish-contract';
import { Link, useParams } from '@tanstack/react-router';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { fullDayShown, momentShown, timeShown } from '../words/japanese-time.ts';
import { ChangesList } from './changes-list.tsx';
import { DecisionForm } from './decision-form.tsx';
import { DecisionTable } from './decision-table.tsx';
import { numbersWords, STATES, whenWords } from './proposal-words.ts';
import { SettleButtons } from './settle-buttons.tsx';
import { useDecide, useProposal } from './use-publishing.ts';

/** One proposal 伺い: what changes, who decided, and on paper the form that goes round. */
export function ProposalPage() {
  const { proposalId } = useParams({ from: '/signedIn/approvals/$proposalId' });
  const { data, error, refetch } = useProposal(proposalId);
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/approvals"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          決裁
        </Link>
      </nav>
      <PageTitle
        title={data === undefined ? '伺い' : `${data.flowName}の公開について（伺い）`}
        aside={
          data === undefined ? undefined : (
            <Button look="outline" size="small" onPress={() => window.print()}>
              <Icon name="print" className="size-4" />
              伺いを印刷する
            </Button>
          )
        }
      />
      {error === null ? null : (
        <Notice
          kind="error"
          title="伺いを読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {data === undefined ? error === null ? <Loading /> : null : <Proposal proposal={data} />}
    </>
  );
}

function Proposal({ proposal }: { proposal: ProposalDetail }) {
  const { may, state } = proposal;
  const decide = useDecide(proposal.proposalId);
  return (
    <div className="flex flex-col gap-5">
      {proposal.isDraftNewer ? (
        <Notice kind="info" title="この伺いの後に、下書きか読みの辞書が変わっています">
          変わった分は、この伺いには含まれません。公開されるのは、下に示す内容だけです。
        </Notice>
      ) : null}
      {proposal.reason === null ? null : (
        <Notice kind={state === 'failed' ? 'error' : 'info'} title={STATES[state].word}>
          {proposal.reason}
        </Notice>
      )}
      {state === 'sentBack' ? <SentBack proposal={proposal} /> : null}
      <dl className="grid grid-cols-[9rem_1fr] gap-x-4 gap-y-1 rounded-8 border border-solid-gray-300 bg-white p-4 text-std-16N-170">
        <Fact name="状態">
          <StateLabel {...STATES[state]} />
          {state === 'approved' && !proposal.soundsReady ? '　音声を用意しています…' : null}
        </Fact>
        <Fact name="変更の内容">
          <span className="whitespace-pre-line">{proposal.comment}</span>
        </Fact>
        <Fact name="電話番号">{numbersWords(proposal.numbers)}</Fact>
        <Fact name="公開">
          {proposal.versionNo === null
            ? whenWords(proposal)
            : `第${proposal.versionNo}版　${proposal.settledAt === null ? '' : momentShown(proposal.settledAt)}`}
        </Fact>
        <Fact name="起案">
          {proposal.draftedBy.name}　{fullDayShown(proposal.draftedAt)} {timeShown(proposal.draftedAt)}
        </Fact>
        <Fact name="内容の符号">
          <span className="numerals break-all">{proposal.contentSha256.slice(0, 16)}</span>
        </Fact>
      </dl>
      <DecisionTable proposal={proposal} />
      {may.decide ? <DecisionForm contentSha256={proposal.contentSha256} decide={decide} /> : null}
      {may.whyNot === null ? null : (
        <p className="text-std-16N-170 text-solid-gray-700 print:hidden">{may.whyNot}</p>
      )}
      <SettleButtons proposal={proposal} />
      <Section title={`変わるところ（${proposal.changes.length + proposal.readings.length}件）`}>
        <ChangesList changes={proposal.changes} readings={proposal.readings} />
      </Section>
    </div>
  );
}

/** Who wants what to be changed, and where that is done. */
function SentBack({ proposal: { decisions, flowId } }: { proposal: ProposalDetail }) {
  const decision = decisions.findLast((each) => each.decision === 'sentBack');
  if (decision === undefined) return null;
  return (
    <Notice kind="warning" title={`${decision.by.name} さんが差し戻しました`}>
      <p className="whitespace-pre-line">{decision.reason}</p>
      <Link
        to="/flows/$flowId"
        params={{ flowId }}
        className="text-key-900 underline underline-offset-4 print:hidden"
      >
        フローを直す
      </Link>
    </Notice>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="font-bold">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
