import type { EmergencyPeriod } from '@madoguchi/server/emergency-contract';
import { type Column, Table } from '../design/table.tsx';
import { momentShown } from '../words/japanese-time.ts';

const COLUMNS: readonly Column<EmergencyPeriod>[] = [
  {
    id: 'name',
    title: '案内',
    isRowHeader: true,
    width: 'w-full',
    cell: ({ name, text }) => (
      <span className="flex flex-col">
        <span className="font-bold">{name}</span>
        <span className="text-dns-14N-130 text-solid-gray-700">{text}</span>
      </span>
    ),
  },
  {
    id: 'began',
    title: '流し始め',
    cell: ({ began, beganBy, beganByTelephone }) => (
      <span className="whitespace-nowrap">
        <span className="numerals block">{momentShown(began)}</span>
        {beganBy}
        {beganByTelephone ? '（電話から）' : ''}
      </span>
    ),
  },
  {
    id: 'ended',
    title: '終わり',
    cell: ({ ended, endsAt, endedBy, endedByTelephone }) => (
      <span className="whitespace-nowrap">
        <span className="numerals block">{momentShown(ended ?? endsAt)}</span>
        {endedBy ?? '時刻が来て終了'}
        {endedByTelephone ? '（電話から）' : ''}
      </span>
    ),
  },
];

export function HistoryTable({ periods }: { periods: readonly EmergencyPeriod[] }) {
  return (
    <Table
      label="これまでに流した案内"
      columns={COLUMNS}
      rows={periods}
      idOf={({ began, name }) => `${began} ${name}`}
      textOf={({ name }) => name}
    />
  );
}
