import type { CampaignDetail, CampaignProgress } from '@madoguchi/server/campaign-contract';
import { useParams } from '@tanstack/react-router';
import { Empty } from '../../design/empty.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import { momentShown, timeShown } from '../../words/japanese-time.ts';
import { BudgetNotice } from '../budget-notice.tsx';
import { CampaignFrame } from '../campaign-frame.tsx';
import { useCampaignProgress } from '../campaign-queries.ts';
import { ENDED_BECAUSE } from '../campaign-words.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { RecipientShares } from '../recipient-shares.tsx';
import { BigFigures } from './big-figures.tsx';
import { BudgetWait } from './budget-wait.tsx';
import { OutcomeTables } from './outcome-tables.tsx';
import { ReachChart } from './reach-chart.tsx';
import { reachSoFar } from './reach-so-far.ts';
import { SoundsPart } from './sounds-part.tsx';
import { StateButtons } from './state-buttons.tsx';

/** How a campaign goes just now, and the buttons that stop it. */
export function RunningPage() {
  const { campaignId } = useParams({ from: '/signedIn/campaigns/$campaignId/running' });
  return (
    <CampaignFrame campaignId={campaignId}>{(campaign) => <Running campaign={campaign} />}</CampaignFrame>
  );
}

function Running({ campaign }: { campaign: CampaignDetail }) {
  const { data, error, refetch } = useCampaignProgress(campaign.campaignId);
  return (
    <div className="flex flex-col gap-5">
      <StateButtons campaign={campaign} />
      <ReadingTrouble what="実行の様子" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading rows={6} />
        ) : null
      ) : campaign.startedAt === null ? (
        <>
          <NotBegun campaign={campaign} />
          {campaign.state === 'draft' ? null : <SoundsPart sounds={data.sounds} />}
        </>
      ) : (
        <Progress campaign={campaign} progress={data} />
      )}
    </div>
  );
}

function NotBegun({ campaign: { state, nextAt } }: { campaign: CampaignDetail }) {
  return (
    <Empty icon="phoneOut" title="まだ始まっていません">
      {state === 'approved'
        ? nextAt === null
          ? 'まもなく自動で始まります。'
          : `${momentShown(nextAt)}に自動で始まります。`
        : '決裁が済むと、決めた日に自動で始まります。'}
    </Empty>
  );
}

function Progress({ campaign, progress }: { campaign: CampaignDetail; progress: CampaignProgress }) {
  const points = reachSoFar(progress.reach);
  return (
    <>
      {progress.waitsForBudget === null ? (
        <BudgetNotice budget={progress.budget} />
      ) : (
        <BudgetWait campaign={campaign} wait={progress.waitsForBudget} left={progress.recipients.waiting} />
      )}
      {progress.endsTooLate && progress.waitsForBudget === null ? (
        <Notice kind="warning" title="最後の日までに終わらない見込みです">
          同時にかける数を増やすか、最後の日を延ばすには、新しい伺いが要ります。終わらなかった方には、かけないまま終わります。
        </Notice>
      ) : null}
      <BigFigures progress={progress} />
      <div className="rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
        <RecipientShares recipients={progress.recipients} label="配信先の進み具合" />
        <p className="numerals mt-2 text-std-16N-170">{endWords(campaign, progress)}</p>
        <p className="numerals text-dns-14N-130 text-solid-gray-700">
          {timeShown(progress.at)} の様子です。数秒ごとに新しくなります。
        </p>
      </div>
      <SoundsPart sounds={progress.sounds} />
      <Section title="連絡がついた人の移り変わり">
        <div className="rounded-8 border border-solid-gray-300 bg-white p-4">
          {points.length === 0 ? (
            <p className="text-std-16N-170">まだありません。</p>
          ) : (
            <ReachChart points={points} />
          )}
        </div>
      </Section>
      <OutcomeTables progress={progress} />
    </>
  );
}

function endWords(
  { state, endedBecause, endedAt, nextAt }: CampaignDetail,
  { expectedEndAt, waitsForBudget }: CampaignProgress,
): string {
  if (state === 'ended') {
    const because = endedBecause === null ? '終わりました' : ENDED_BECAUSE[endedBecause];
    return endedAt === null ? because : `${because}（${momentShown(endedAt)}）`;
  }
  if (state === 'paused') return '一時停止しています。再開するまで、新しい発信はありません。';
  if (waitsForBudget !== null) return '予算を待っています。終わる時刻は、まだ分かりません。';
  const goesOn =
    nextAt === null ? '' : `いまは発信しない時間です。${momentShown(nextAt)}から、また発信します。`;
  return `${goesOn}${expectedEndAt === null ? '終わる時刻は、まだ分かりません。' : `終わる見込み：${momentShown(expectedEndAt)}`}`;
}
