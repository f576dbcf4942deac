import type { BudgetStanding, ScopeStanding } from '@madoguchi/server/campaign-cost-contract';
import { Link } from '@tanstack/react-router';
import { Notice } from '../design/notice.tsx';
import { yenWords } from './campaign-words.ts';

/** Says where the month's money will be nearly or more than used up; nothing where there is enough of it. */
export function BudgetNotice({ budget }: { budget: BudgetStanding }) {
  const month = monthWords(budget.month);
  return budget.scopes
    .filter(({ level }) => level !== 'within')
    .map((scope) => (
      <Notice
        key={scope.department}
        kind="warning"
        title={titleOf(month, scope)}
        action={
          <Link
            to="/campaign-cost"
            className="text-std-16N-170 whitespace-nowrap text-key-900 underline underline-offset-4 print:hidden"
          >
            費用と予算を開く
          </Link>
        }
      >
        <p className="numerals">{sumWords(scope)}</p>
        <p>
          {scope.level === 'over'
            ? '予算を超える発信はしません。足りない分は翌月まで待ちます。予算を見直すか、対象の方や回数を減らしてください。'
            : '使い切ると、次の月まで新しい発信が止まります。'}
        </p>
      </Notice>
    ));
}

/** '12月' of 'YYYY-MM-DD'. */
export const monthWords = (day: string): string => `${Number(day.slice(5, 7))}月`;

/** '市全体の予算', '納税課の配分' */
export const moneyWords = (department: string): string =>
  department === '' ? '市の配信の予算' : `${department}の配分`;

function titleOf(month: string, { department, percent, level, plannedYen, estimateYen }: ScopeStanding) {
  const whose = `${month}の${moneyWords(department)}`;
  const isForecast = plannedYen + estimateYen > 0;
  if (level === 'over') return `${whose}を超え${isForecast ? 'る見込みです' : 'ています'}（${percent}％）`;
  return `${whose}の${percent}％を${isForecast ? '使う見込みです' : '使いました'}`;
}

function sumWords({ usedYen, reservedYen, plannedYen, estimateYen, limitYen }: ScopeStanding): string {
  const parts = [
    `使った額${yenWords(usedYen)}`,
    ...(reservedYen === 0 ? [] : [`発信中の取り置き${yenWords(reservedYen)}`]),
    ...(plannedYen === 0
      ? []
      : [`始まっていない${estimateYen === 0 ? '' : 'ほかの'}配信の見込み${yenWords(plannedYen)}`]),
    ...(estimateYen === 0 ? [] : [`この配信の見込み${yenWords(estimateYen)}`]),
  ];
  return `${parts.join('、')}。使える額は${yenWords(limitYen)}です。`;
}
