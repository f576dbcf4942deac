import type { CampaignDetail, CampaignProgress } from '@madoguchi/server/campaign-contract';
import { Link } from '@tanstack/react-router';
import { Notice } from '../../design/notice.tsx';
import { moneyWords } from '../budget-notice.tsx';
import { counted, dayWords } from '../campaign-words.ts';

/** It waits for the next month's money: why, for whom, and what staff can do. */
export function BudgetWait({
  campaign,
  wait: { until, department },
  left,
}: {
  campaign: CampaignDetail;
  wait: NonNullable<CampaignProgress['waitsForBudget']>;
  left: number;
}) {
  const { lastDay } = campaign.draft.settings;
  const month = Number(until.slice(5, 7));
  return (
    <Notice
      kind="warning"
      title={`今月の${department === '' ? '予算' : moneyWords(department)}に達したため、${month}月1日まで待っています`}
      action={
        <Link
          to="/campaign-cost"
          className="text-std-16N-170 whitespace-nowrap text-key-900 underline underline-offset-4"
        >
          費用と予算を開く
        </Link>
      }
    >
      <p>
        残りの{counted(left, '人')}には、
        {lastDay !== null && lastDay < until
          ? `最後の日（${dayWords(lastDay)}）までに発信できないまま終わる見込みです。`
          : `${dayWords(until)}から、また自動で発信します。`}
      </p>
      <ul className="list-disc pl-6">
        <li>
          今月のうちに続けるには、決裁する人に、{moneyWords(department)}
          を増やすよう依頼してください。増やすと、10分ほどで自動で続きます。
        </li>
        <li>続けないときは、「中止する」を押してください。</li>
      </ul>
    </Notice>
  );
}
