import type { MonthUseShown } from '@madoguchi/server/campaign-cost-contract';
import { Notice } from '../../design/notice.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { type Column, Table } from '../../design/table.tsx';
import { LEVELS, yenOfSen } from './cost-words.ts';

type Department = MonthUseShown['departments'][number];

const COLUMNS: readonly Column<Department>[] = [
  { id: 'name', title: '部署', isRowHeader: true, cell: ({ department }) => department },
  {
    id: 'used',
    title: '使った額',
    cell: ({ usedSen }) => <span className="numerals">{yenOfSen(usedSen)}</span>,
  },
  {
    id: 'reserved',
    title: '発信中に取り置いた額',
    cell: ({ reservedSen }) => <span className="numerals">{yenOfSen(reservedSen)}</span>,
  },
  {
    id: 'limit',
    title: '配分',
    cell: ({ limitSen }) => (
      <span className="numerals">{limitSen === null ? '定めなし' : yenOfSen(limitSen)}</span>
    ),
  },
  { id: 'level', title: '状態', cell: ({ level }) => <StateLabel {...LEVELS[level]} /> },
];

/** What campaigns have used of this month, in all and by department. */
export function UsePart({ use }: { use: MonthUseShown }) {
  const { usedSen, reservedSen, limitSen, level, departments } = use;
  const percent =
    limitSen === 0 ? 100 : Math.min(100, Math.floor(((usedSen + reservedSen) / limitSen) * 100));
  const month = Number(use.month.slice(5, 7));
  return (
    <div className="flex flex-col gap-4">
      {level === 'warning' ? (
        <Notice kind="warning" title={`${month}月の配信に使える額の${percent}％を使いました`}>
          使い切ると、配信は月末まで自動で止まります。
        </Notice>
      ) : null}
      {level === 'usedUp' ? (
        <Notice kind="error" title={`${month}月の配信に使える額を使い切りました`}>
          新しい発信は止まっています。続けるには、予算を変えるか、次の月までお待ちください。
        </Notice>
      ) : null}
      <div className="rounded-8 border border-solid-gray-300 bg-white p-5">
        <div className="mb-2 flex flex-wrap items-baseline gap-x-6 gap-y-1">
          <span className="numerals text-std-28B-150">{yenOfSen(usedSen)}</span>
          <span className="numerals text-std-16N-170">
            {month}月に使った額（配信に使える額 {yenOfSen(limitSen)}の{percent}％、取り置きを含む）
          </span>
          <StateLabel {...LEVELS[level]} />
        </div>
        <meter aria-label={`${month}月に使った割合`} min={0} max={100} value={percent} className="h-4 w-full">
          {percent}％
        </meter>
        <p className="mt-1 text-std-16N-170 text-solid-gray-700">
          発信中の通話のために取り置いた額：<span className="numerals">{yenOfSen(reservedSen)}</span>
          （いちばん長く話した場合の料金で、通話が終わると実際の料金に置き換わります）
        </p>
      </div>
      {departments.length === 0 ? null : (
        <Table
          label="部署ごとに使った額"
          columns={COLUMNS}
          rows={departments}
          idOf={({ department }) => department}
          textOf={({ department }) => department}
        />
      )}
    </div>
  );
}
