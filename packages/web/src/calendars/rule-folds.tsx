import type { CalendarProblem, HolidaySet } from '@madoguchi/flow';
import { useState } from 'react';
import { Fold } from '../design/fold.tsx';
import { useCalendarForm } from './form-context.tsx';
import { HolidayFields } from './holiday-fields.tsx';
import { ExtendedFields, NthWeekdayFields } from './nth-weekday-fields.tsx';
import { DateRangeFields, SpecialDayFields, YearlyRangeFields } from './range-fields.tsx';
import { WeeklyFields } from './weekly-fields.tsx';

/** All rules in the order in which they decide, the weakest first; a fold that holds something to be mended is open. */
export function RuleFolds({
  holidays,
  today,
  problems,
}: {
  holidays: HolidaySet;
  today: string;
  problems: readonly CalendarProblem[];
}) {
  const { draft } = useCalendarForm();
  const [open, setOpen] = useState<readonly string[]>([]);
  const folds = [
    {
      id: 'weekly',
      title: '曜日ごとの開庁時間',
      explanation: 'ふだんの1週間です',
      fields: <WeeklyFields />,
    },
    {
      id: 'extended',
      title: '延長窓口',
      explanation: `ふだんの時間に足します（${count(draft.extended)}）`,
      fields: <ExtendedFields />,
    },
    {
      id: 'holidays',
      title: '祝日・休日',
      explanation: '曜日より優先します',
      fields: <HolidayFields holidays={holidays} />,
    },
    {
      id: 'nthWeekdays',
      title: '第○曜日の開庁・閉庁',
      explanation: `祝日より優先します（${count(draft.nthWeekdays)}）`,
      fields: <NthWeekdayFields />,
    },
    {
      id: 'yearlyRanges',
      title: '年末年始など、毎年の期間',
      explanation: `第○曜日より優先します（${count(draft.yearlyRanges)}）`,
      fields: <YearlyRangeFields />,
    },
    {
      id: 'dateRanges',
      title: '臨時の期間',
      explanation: `毎年の期間より優先します（${count(draft.dateRanges)}）`,
      fields: <DateRangeFields today={today} />,
    },
    {
      id: 'days',
      title: '特別日',
      explanation: `何よりも優先します。上の表の日を押しても決められます（${count(draft.days)}）`,
      fields: <SpecialDayFields today={today} />,
    },
  ];
  return (
    <div className="flex flex-col gap-2 print:hidden">
      {folds.map(({ id, title, explanation, fields }) => (
        <Fold
          key={id}
          title={title}
          explanation={explanation}
          isOpen={open.includes(id) || problems.some(({ path }) => path.split('.')[0] === id)}
          onOpenChange={(isOpen) =>
            setOpen((before) => (isOpen ? [...before, id] : before.filter((each) => each !== id)))
          }
        >
          {fields}
        </Fold>
      ))}
    </div>
  );
}

function count(rules: readonly unknown[]): string {
  return rules.length === 0 ? 'いまはありません' : `${rules.length}件`;
}
