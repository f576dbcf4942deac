import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { Section } from '../../design/section.tsx';
import { BudgetForm } from './budget-form.tsx';
import { CapsForm } from './caps-form.tsx';
import { useBudget, useCaps, useMayChangeCost, useOwnHosts, useRates } from './cost-queries.ts';
import { OwnHostsForm } from './own-hosts-form.tsx';
import { RatesPart } from './rates-part.tsx';
import { UsePart } from './use-part.tsx';

/** 配信の費用と予算: what was used of this month, what may be used, how often one person is called, where links may lead, what it costs. */
export function CostPage() {
  const budget = useBudget();
  const caps = useCaps();
  const ownHosts = useOwnHosts();
  const rates = useRates();
  const mayChange = useMayChangeCost();
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/campaigns"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          配信
        </Link>
      </nav>
      <PageTitle
        title="配信の費用と予算"
        lead="予算を使い切る前に、配信は自動で止まります。金額は税込みです。"
        aside={
          <Link
            to="/suppressions"
            className="text-std-16N-170 text-key-900 underline underline-offset-4 print:hidden"
          >
            発信止めへ
          </Link>
        }
      />
      <Section title="今月使った額">
        <Read query={budget}>{({ use }) => <UsePart use={use} />}</Read>
      </Section>
      {mayChange ? (
        <Section title="予算">
          <Read query={budget}>
            {({ budget: set, changed }) => <BudgetForm budget={set} version={changed.version} />}
          </Read>
        </Section>
      ) : null}
      <Section title="同じ方に発信する回数の上限">
        <Read query={caps}>
          {({ caps: set, changed }) => (
            <CapsForm caps={set} version={changed.version} mayChange={mayChange} />
          )}
        </Read>
      </Section>
      <Section title="市のホームページのアドレス">
        <Read query={ownHosts}>
          {({ hosts, changed }) => (
            <OwnHostsForm hosts={hosts} version={changed.version} mayChange={mayChange} />
          )}
        </Read>
      </Section>
      <Section title="料金">
        <Read query={rates}>
          {({ rates: listed }) =>
            listed.length === 0 ? (
              <Empty icon="list" title="料金はまだありません" />
            ) : (
              <RatesPart rates={listed} mayChange={mayChange} />
            )
          }
        </Read>
      </Section>
    </>
  );
}

/** What was read, or that it is being read, or why it could not be. */
function Read<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error === null) return <Loading rows={3} />;
  return (
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
  );
}
