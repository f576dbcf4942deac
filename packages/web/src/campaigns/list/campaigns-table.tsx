import type { CampaignSummary } from '@madoguchi/server/campaign-contract';
import { Icon } from '../../design/icon.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { type Column, Table } from '../../design/table.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { KINDS, STATES } from '../campaign-words.ts';
import { RecipientShares } from '../recipient-shares.tsx';
import { campaignHref, nextDeedOf } from './next-deed.ts';

const COLUMNS: readonly Column<CampaignSummary>[] = [
  {
    id: 'name',
    title: '名前と種類',
    isRowHeader: true,
    cell: ({ name, kind, number, department }) => (
      <span className="flex min-w-48 flex-col">
        <span className="font-bold text-key-900 underline underline-offset-4">{name}</span>
        <span className="text-dns-14N-130 text-solid-gray-700">
          {KINDS[kind].word}
          {department === '' ? null : <span className="block">{department}</span>}
          {number === null ? null : <span className="numerals block">{number.shown}</span>}
        </span>
      </span>
    ),
  },
  { id: 'state', title: '状態', cell: ({ state }) => <StateLabel {...STATES[state]} /> },
  {
    id: 'progress',
    title: '進み具合',
    width: 'w-full',
    cell: ({ name, recipients }) =>
      Object.values(recipients).every((count) => count === 0) ? (
        <span className="text-solid-gray-700">名簿はまだありません</span>
      ) : (
        <span className="block min-w-64">
          <RecipientShares recipients={recipients} label={`${name}の進み具合`} />
        </span>
      ),
  },
  { id: 'next', title: '次にすること', cell: (campaign) => <Next campaign={campaign} /> },
  {
    id: 'changedAt',
    title: '最後の変更',
    cell: ({ changedAt, changedBy }) => (
      <span className="numerals text-dns-14N-130">
        {momentShown(changedAt)}
        <span className="block">{changedBy.name}</span>
      </span>
    ),
  },
];

function Next({ campaign }: { campaign: CampaignSummary }) {
  const { words, isWanted } = nextDeedOf(campaign);
  return (
    <span className={`flex min-w-40 items-start gap-1.5 ${isWanted ? 'font-bold' : ''}`}>
      {isWanted ? (
        <span className="text-yellow-1000">
          <Icon name="alert" />
        </span>
      ) : null}
      {words}
    </span>
  );
}

/** Campaigns, one a row; a row opens where one goes on with it. */
export function CampaignsTable({ campaigns }: { campaigns: readonly CampaignSummary[] }) {
  return (
    <Table
      label="配信の一覧"
      columns={COLUMNS}
      rows={campaigns}
      idOf={({ campaignId }) => campaignId}
      hrefOf={campaignHref}
      textOf={({ name }) => name}
    />
  );
}
