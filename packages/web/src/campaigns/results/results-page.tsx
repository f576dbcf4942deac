import type { CampaignDetail } from '@madoguchi/server/campaign-contract';
import type { ResultTotals } from '@madoguchi/server/campaign-result-contract';
import { useParams } from '@tanstack/react-router';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Section } from '../../design/section.tsx';
import { CampaignFrame } from '../campaign-frame.tsx';
import { dayWords } from '../campaign-words.ts';
import { CountTable } from '../count-table.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { ExportPart } from './export-part.tsx';
import { ReachPart } from './reach-part.tsx';
import { useResultTotals } from './result-queries.ts';

/** What came of a campaign, each result apart from the others, and the files that take it to a core system. */
export function ResultsPage() {
  const { campaignId } = useParams({ from: '/signedIn/campaigns/$campaignId/results' });
  return (
    <CampaignFrame
      campaignId={campaignId}
      aside={
        <Button look="outline" size="small" onPress={() => window.print()}>
          <Icon name="print" className="size-4" />
          結果を印刷する
        </Button>
      }
    >
      {(campaign) => <Results campaign={campaign} />}
    </CampaignFrame>
  );
}

function Results({ campaign: { campaignId } }: { campaign: CampaignDetail }) {
  const { data, error, refetch } = useResultTotals(campaignId);
  return (
    <>
      <ReadingTrouble what="結果" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading rows={6} />
        ) : null
      ) : (
        <>
          <Totals totals={data} />
          <ReachPart campaignId={campaignId} />
          <div className="mt-6 print:hidden">
            <ExportPart campaignId={campaignId} notExported={data.notExported} />
          </div>
        </>
      )}
    </>
  );
}

function Totals({ totals }: { totals: ResultTotals }) {
  const { recipients, results, withoutResult, outcomes, answeredBy, promises } = totals;
  return (
    <Section title={`結果の数（配信先 ${recipients.total.toLocaleString('ja-JP')}人）`}>
      <div className="grid grid-cols-2 items-start gap-x-6 gap-y-5">
        <CountTable
          caption="お話の結果"
          unit="人"
          rows={[
            ...results.map(({ result, label, recipients: count }) => ({ id: result, word: label, count })),
            { id: 'none', word: '結果なし', count: withoutResult },
          ]}
          empty="まだありません。"
        />
        <div className="flex flex-col gap-5">
          <CountTable
            caption="納付約束の日"
            unit="人"
            rows={promises.map(({ day, recipients: count }) => ({
              id: day ?? 'none',
              word: day === null ? '日は決まっていない' : dayWords(day),
              count,
            }))}
            empty="納付約束はまだありません。"
          />
          <CountTable
            caption="電話に出た相手"
            unit="回"
            rows={answeredBy.map(({ answeredBy: id, label, attempts }) => ({
              id,
              word: label,
              count: attempts,
            }))}
            empty="まだありません。"
          />
        </div>
        <CountTable
          caption="電話の結果"
          unit="回"
          rows={ofChannel(outcomes, 'call')}
          empty="まだ電話をかけていません。"
        />
        <CountTable
          caption="SMSの結果"
          unit="通"
          rows={ofChannel(outcomes, 'sms')}
          empty="SMSは送っていません。"
        />
      </div>
    </Section>
  );
}

function ofChannel(outcomes: ResultTotals['outcomes'], channel: 'call' | 'sms') {
  return outcomes
    .filter((each) => each.channel === channel)
    .map(({ outcome, label, attempts }) => ({ id: outcome, word: label, count: attempts }));
}
