import { useMemo, useState } from 'react';
import { type Column, type Sort, Table } from '../../design/table.tsx';
import { percentOf } from './figures.ts';
import type { CountRow } from './rows.ts';

const COLUMNS: readonly Column<CountRow>[] = [
  {
    id: 'place',
    title: 'ノード（電話が進む順）',
    isSortable: true,
    isRowHeader: true,
    cell: ({ title }) => title,
  },
  { id: 'came', title: '来た件数', isSortable: true, cell: ({ came }) => <Figure>{came}件</Figure> },
  { id: 'what', title: 'そのあと', width: 'w-full', cell: ({ what }) => what },
  { id: 'count', title: '件数', isSortable: true, cell: ({ count }) => <Figure>{count}件</Figure> },
  {
    id: 'share',
    title: '割合',
    isSortable: true,
    cell: ({ count, came }) => <Figure>{came === 0 ? '－' : percentOf(count, came)}</Figure>,
  },
];

const KEYS: Readonly<Record<string, (row: CountRow) => number>> = {
  place: ({ place }) => place,
  came: ({ came }) => came,
  count: ({ count }) => count,
  share: ({ count, came }) => (came === 0 ? -1 : count / came),
};

/** The same figures as on the picture, to be sorted, read aloud and printed. */
export function CountsTable({ rows }: { rows: readonly CountRow[] }) {
  const [sort, setSort] = useState<Sort>({ column: 'place', direction: 'ascending' });
  const sorted = useMemo(() => {
    const keyOf = KEYS[sort.column] ?? (({ place }: CountRow) => place);
    const sign = sort.direction === 'ascending' ? 1 : -1;
    return rows.toSorted((a, b) => sign * (keyOf(a) - keyOf(b)) || a.place - b.place);
  }, [rows, sort]);
  return (
    <Table
      label="ノードごとの件数"
      columns={COLUMNS}
      rows={sorted}
      idOf={({ id }) => id}
      textOf={({ title, what }) => `${title} ${what}`}
      sort={sort}
      onSort={setSort}
    />
  );
}

function Figure({ children }: { children: React.ReactNode }) {
  return <span className="numerals block text-right whitespace-nowrap">{children}</span>;
}
