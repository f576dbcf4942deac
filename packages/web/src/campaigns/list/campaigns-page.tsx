import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ChoiceBar } from '../../design/choice-bar.tsx';
import { Empty } from '../../design/empty.tsx';
import { Loading } from '../../design/loading.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { BudgetNotice } from '../budget-notice.tsx';
import { useMayEditCampaigns } from '../campaign-deeds.ts';
import { useCampaigns } from '../campaign-queries.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { CampaignsTable } from './campaigns-table.tsx';
import { DepartmentFilter } from './department-filter.tsx';
import { FirstSteps } from './first-steps.tsx';
import { NewCampaignLink } from './new-campaign-link.tsx';

const STATES = [
  { id: 'open', word: '作成中・実行中' },
  { id: 'ended', word: '終わったもの' },
];

/** What holds for all campaigns together. */
const RULES = [
  { to: '/suppressions', word: '発信止め（電話してはいけない方）' },
  { to: '/campaign-cost', word: '費用と予算' },
] as const;

/** Campaigns 配信: what the city tells its citizens by telephone and SMS. */
export function CampaignsPage() {
  const { state = 'open', department } = useSearch({ from: '/signedIn/campaigns' });
  const navigate = useNavigate({ from: '/campaigns' });
  const mayEdit = useMayEditCampaigns();
  const { data, error, refetch } = useCampaigns(state, department);
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="配信"
        lead="市から市民へ、電話やSMSで納付のお知らせをします。"
        aside={mayEdit ? <NewCampaignLink /> : undefined}
      />
      <div className="flex flex-wrap items-end gap-x-8 gap-y-3">
        <ChoiceBar
          label="表示"
          choices={STATES}
          value={state}
          onChange={(next) =>
            void navigate({ search: { department, state: next === 'ended' ? next : undefined } })
          }
        />
        <DepartmentFilter
          value={department}
          onChange={(next) => void navigate({ search: (before) => ({ ...before, department: next }) })}
        />
      </div>
      <nav aria-label="配信の決まり" className="flex flex-wrap gap-x-6 gap-y-2 print:hidden">
        {RULES.map(({ to, word }) => (
          <Link key={to} to={to} className="text-std-16N-170 text-key-900 underline underline-offset-4">
            {word}
          </Link>
        ))}
      </nav>
      {data === undefined ? null : <BudgetNotice budget={data.budget} />}
      <ReadingTrouble what="配信の一覧" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : data.campaigns.length > 0 ? (
        <CampaignsTable campaigns={data.campaigns} />
      ) : department !== undefined ? (
        <Empty icon="phoneOut" title={`${department}の配信はありません`} />
      ) : state === 'ended' ? (
        <Empty icon="phoneOut" title="終わった配信はありません" />
      ) : (
        <FirstSteps mayEdit={mayEdit} />
      )}
    </div>
  );
}
