import type { CampaignDetail } from '@madoguchi/server/campaign-contract';
import { Link } from '@tanstack/react-router';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { withValueWords } from '../../words/value-words.ts';
import { counted, departmentWords, ENDED_BECAUSE, KINDS } from '../campaign-words.ts';
import { Facts } from '../facts.tsx';
import { PreviewPart } from '../preview/preview-part.tsx';
import { settingsWords } from '../settings-words.ts';
import { DraftDeeds } from './draft-deeds.tsx';

/** What a campaign is to do, to be read: it cannot be changed (any more), or not by this person. */
export function PlanShown({ campaign }: { campaign: CampaignDetail }) {
  const { draft, state, proposalId, number, flowName, recipients, nextAt, endedBecause } = campaign;
  const count = Object.values(recipients).reduce((sum, each) => sum + each, 0);
  return (
    <div className="flex flex-col gap-5">
      {state === 'waiting' ? (
        <Notice
          kind={campaign.waitsForMe ? 'warning' : 'info'}
          title={campaign.waitsForMe ? 'あなたの決裁を待っています' : '決裁を待っています'}
          action={proposalId === null ? undefined : <ToProposal proposalId={proposalId} />}
        >
          {campaign.waitsForMe
            ? '伺いを開いて、内容を確かめて決裁してください。'
            : '直したいときは、伺いを取り下げると下書きに戻ります。'}
        </Notice>
      ) : null}
      {state === 'approved' ? (
        <Notice
          kind="success"
          title="決裁が済みました"
          action={proposalId === null ? undefined : <ToProposal proposalId={proposalId} />}
        >
          {nextAt === null ? 'まもなく自動で始まります。' : `${momentShown(nextAt)}に自動で始まります。`}
        </Notice>
      ) : null}
      {endedBecause === null ? null : (
        <Notice kind="info" title={`この配信は終わりました（${ENDED_BECAUSE[endedBecause]}）`} />
      )}
      <Facts
        facts={[
          { name: '種類', value: KINDS[draft.kind].word },
          { name: 'シナリオ', value: flowName ?? 'まだ選んでいません' },
          {
            name: '表示する番号',
            value: number === null ? 'まだ選んでいません' : `${number.shown}　${number.name}`,
          },
          { name: '予算を使う部署', value: departmentWords(draft.department) },
          { name: '名簿', value: counted(count, '人') },
          ...settingsWords(draft.settings).map(({ name, words }) => ({ name, value: words })),
          ...(draft.settings.channels === 'call'
            ? []
            : [
                {
                  name: 'SMSの文面',
                  value: (
                    <span className="whitespace-pre-wrap">{withValueWords(draft.settings.smsText)}</span>
                  ),
                },
              ]),
          ...(proposalId === null || state === 'waiting' || state === 'approved'
            ? []
            : [{ name: '伺い', value: <ToProposal proposalId={proposalId} /> }]),
        ]}
      />
      {count === 0 ? null : (
        <Section title="流れる内容">
          <PreviewPart campaignId={campaign.campaignId} isEdited={false} />
        </Section>
      )}
      <DraftDeeds campaign={campaign} />
    </div>
  );
}

function ToProposal({ proposalId }: { proposalId: string }) {
  return (
    <Link
      to="/campaign-proposals/$proposalId"
      params={{ proposalId }}
      className="inline-flex min-h-10 items-center rounded-8 text-std-16N-170 whitespace-nowrap text-key-900 underline underline-offset-4 print:hidden"
    >
      伺いを開く
    </Link>
  );
}
