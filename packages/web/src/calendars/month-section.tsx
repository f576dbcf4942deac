import type { Calendar, HolidaySet } from '@madoguchi/flow';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { Icon } from '../design/icon.tsx';
import { monthInWords } from './calendar-words.ts';
import { DayDialog } from './day-dialog.tsx';
import { addMonths } from './days.ts';
import { MonthGrid } from './month-grid.tsx';
import { shownDay } from './shown-day.ts';
import { YearView } from './year-view.tsx';

/** The calendar as it would be once saved, by month or for twelve months; a day is opened to make it a 特別日. */
export function MonthSection({
  draft,
  saved,
  holidays,
  today,
  onDays,
}: {
  draft: Calendar;
  saved: Calendar;
  holidays: HolidaySet;
  today: string;
  /** Null: only to be looked at. */
  onDays: ((days: Calendar['days']) => void) | null;
}) {
  const [view, setView] = useState('month');
  const [month, setMonth] = useState(today.slice(0, 7));
  const [opened, setOpened] = useState<string | null>(null);
  const dayOf = (date: string) => shownDay(date, draft, saved, holidays);
  const isMonth = view === 'month';
  const step = isMonth ? 1 : 12;
  const title = isMonth ? monthInWords(month) : `${monthInWords(month)}から1年間`;
  return (
    <section aria-label="開庁日の表">
      <div className="mb-2 flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="flex items-center gap-1">
          <Button
            look="outline"
            size="small"
            aria-label={isMonth ? '前の月' : '前の年'}
            onPress={() => setMonth(addMonths(month, -step))}
          >
            <Icon name="chevronLeft" />
          </Button>
          <h2 className="numerals min-w-40 text-center text-std-22B-150" aria-live="polite">
            {title}
          </h2>
          <Button
            look="outline"
            size="small"
            aria-label={isMonth ? '次の月' : '次の年'}
            onPress={() => setMonth(addMonths(month, step))}
          >
            <Icon name="chevronRight" />
          </Button>
          <Button look="quiet" size="small" onPress={() => setMonth(today.slice(0, 7))}>
            今月へ
          </Button>
        </div>
        <div className="ml-auto flex items-end gap-3 print:hidden [&_label]:text-dns-14B-130">
          <ChoiceBar
            label="表示"
            choices={[
              { id: 'month', word: '1か月' },
              { id: 'year', word: '1年' },
            ]}
            value={view}
            onChange={setView}
          />
          <Button look="outline" onPress={() => window.print()}>
            <Icon name="print" />
            印刷する
          </Button>
        </div>
      </div>
      {isMonth ? (
        <>
          {onDays === null ? null : (
            <p className="mb-1 text-std-16N-170 text-solid-gray-700 print:hidden">
              日を押すと、その日だけの扱い（特別日）を決められます。矢印キーで移動し、Enterキーで開けます。
            </p>
          )}
          <MonthGrid
            month={month}
            today={today}
            dayOf={dayOf}
            onMonth={setMonth}
            onOpen={onDays === null ? null : setOpened}
          />
        </>
      ) : (
        <YearView months={Array.from({ length: 12 }, (_, at) => addMonths(month, at))} dayOf={dayOf} />
      )}
      {opened === null || onDays === null ? null : (
        <DayDialog
          day={dayOf(opened)}
          draft={draft}
          onDecide={(days) => {
            onDays(days);
            setOpened(null);
          }}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  );
}
