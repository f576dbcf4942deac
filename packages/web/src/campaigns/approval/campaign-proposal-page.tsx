import type { CampaignProposal } from '@madoguchi/server/campaign-contract';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { Section } from '../../design/section.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { DecisionTable } from '../../publishing/decision-table.tsx';
import { fullDayShown, timeShown } from '../../words/japanese-time.ts';
import { withValueWords } from '../../words/value-words.ts';
import { BudgetNotice } from '../budget-notice.tsx';
import { useCampaignProposal } from '../campaign-queries.ts';
import { counted, departmentWords, KINDS } from '../campaign-words.ts';
import { CostPart } from '../draft/cost-part.tsx';
import { Facts } from '../facts.tsx';
import { PreviewPart } from '../preview/preview-part.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { settingsWords } from '../settings-words.ts';
import { CampaignDecisionForm } from './campaign-decision-form.tsx';
import { PROPOSAL_STATES } from './proposal-words.ts';
import { WithdrawButton } from './withdraw-button.tsx';

/** One proposal 伺い of a campaign: everything that it binds, who decided; on paper the form that goes round. */
export function CampaignProposalPage() {
  const { proposalId } = useParams({ from: '/signedIn/campaign-proposals/$proposalId' });
  const { data, error, refetch } = useCampaignProposal(proposalId);
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 flex gap-4 text-dns-16N-130 print:hidden">
        <Link
          to="/campaigns"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          配信
        </Link>
        {data === undefined ? null : (
          <Link
            to="/campaigns/$campaignId"
            params={{ campaignId: data.campaignId }}
            className="rounded-4 text-key-900 underline underline-offset-4"
          >
            この配信を開く
          </Link>
        )}
      </nav>
      <PageTitle
        title={data === undefined ? '伺い' : `${data.bound.name}の実施について（伺い）`}
        aside={
          data === undefined ? undefined : (
            <Button look="outline" size="small" onPress={() => window.print()}>
              <Icon name="print" className="size-4" />
              伺いを印刷する
            </Button>
          )
        }
      />
      <ReadingTrouble what="伺い" error={error} onAgain={() => void refetch()} />
      {data === undefined ? error === null ? <Loading /> : null : <Proposal proposal={data} />}
    </>
  );
}

function Proposal({ proposal }: { proposal: CampaignProposal }) {
  const { bound, state, may, decisions, personalInSms, removedSince } = proposal;
  const sentBack =
    state === 'sentBack' ? decisions.findLast(({ decision }) => decision === 'sentBack') : undefined;
  const errors = proposal.findings.filter(({ severity }) => severity === 'error');
  return (
    <div className="flex flex-col gap-5">
      {proposal.reason === null ? null : (
        <Notice kind="warning" title={`この伺いは${PROPOSAL_STATES[state].word}です`}>
          {proposal.reason}
        </Notice>
      )}
      {sentBack === undefined ? null : (
        <Notice kind="warning" title={`${sentBack.by.name} さんが差し戻しました`}>
          <p className="whitespace-pre-line">{sentBack.reason}</p>
          <Link
            to="/campaigns/$campaignId"
            params={{ campaignId: proposal.campaignId }}
            className="text-key-900 underline underline-offset-4 print:hidden"
          >
            下書きを直す
          </Link>
        </Notice>
      )}
      {errors.length === 0 ? null : (
        <Notice kind="warning" title={`シナリオに直すところが${errors.length}件あります`}>
          <ul className="list-disc pl-5">
            {errors.map(({ flowId, nodeId, code, message, mend }) => (
              <li key={`${flowId} ${nodeId} ${code}`}>
                {message}
                {mend}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Facts
        facts={[
          { name: '状態', value: <StateLabel {...PROPOSAL_STATES[state]} /> },
          { name: '内容と理由', value: <span className="whitespace-pre-line">{proposal.comment}</span> },
          { name: '種類', value: KINDS[bound.kind].word },
          { name: '予算を使う部署', value: departmentWords(bound.department) },
          { name: '表示する番号', value: `${bound.number.shown}　${bound.number.name}` },
          { name: 'シナリオ', value: bound.flowName ?? 'なし（SMSだけ）' },
          ...(bound.callBackFlowName === null
            ? []
            : [{ name: '折り返しの方に流す案内', value: bound.callBackFlowName }]),
          {
            name: '名簿',
            value: `${counted(bound.recipients, '人')}${removedSince === 0 ? '' : `（伺いの後に${counted(removedSince, '人')}を取りやめました。決裁はそのまま有効です）`}`,
          },
          ...settingsWords(bound.settings).map(({ name, words }) => ({ name, value: words })),
          {
            name: '起案',
            value: `${proposal.draftedBy.name}　${fullDayShown(proposal.draftedAt)} ${timeShown(proposal.draftedAt)}`,
          },
          {
            name: '内容の符号',
            value: <span className="numerals break-all">{proposal.contentSha256.slice(0, 16)}</span>,
          },
        ]}
      />
      <DecisionTable proposal={proposal} />
      <Section title="費用の見込み">
        {proposal.budget === null ? null : (
          <div className="mb-3 flex flex-col gap-3">
            <BudgetNotice budget={proposal.budget} />
          </div>
        )}
        <div className="rounded-8 border border-solid-gray-300 bg-white p-4">
          <CostPart estimate={bound.estimate} />
        </div>
      </Section>
      {personalInSms.length === 0 ? null : (
        <Notice kind="warning" title={`SMSに、個人に関わる値（${personalInSms.join('、')}）が入っています`}>
          決裁する人が許可したときだけ、送ることができます。
        </Notice>
      )}
      {bound.settings.channels === 'call' ? null : (
        <Section title="SMSの文面">
          <p className="rounded-8 border border-solid-gray-300 bg-white px-4 py-3 text-std-16N-170 whitespace-pre-wrap">
            {withValueWords(bound.settings.smsText)}
          </p>
        </Section>
      )}
      <Section title={`電話で流す案内（${bound.texts.length}件）`}>
        <TextList texts={bound.texts} />
      </Section>
      {bound.textsSent.length === 0 ? null : (
        <Section title={`通話中に送るSMS（${bound.textsSent.length}件）`}>
          <TextList texts={bound.textsSent} />
        </Section>
      )}
      <div className="print:hidden">
        <Section title="ひとりずつの内容を確かめる">
          <PreviewPart campaignId={proposal.campaignId} isEdited={false} />
        </Section>
      </div>
      {/* After all that it decides of. */}
      {may.decide ? <CampaignDecisionForm proposal={proposal} /> : null}
      {may.whyNot === null ? null : (
        <p className="text-std-16N-170 text-solid-gray-700 print:hidden">{may.whyNot}</p>
      )}
      {may.withdraw ? <WithdrawButton proposal={proposal} /> : null}
    </div>
  );
}

function TextList({ texts }: { texts: CampaignProposal['bound']['texts'] }) {
  return (
    <ol className="flex flex-col gap-2">
      {texts.map(({ flowId, nodeId, title, text }) => (
        <li
          key={`${flowId} ${nodeId} ${text}`}
          className="rounded-8 border border-solid-gray-300 bg-white px-4 py-2 text-std-16N-170 whitespace-pre-wrap"
        >
          <p className="text-dns-14B-130 text-solid-gray-700">{title}</p>
          {withValueWords(text)}
        </li>
      ))}
    </ol>
  );
}
