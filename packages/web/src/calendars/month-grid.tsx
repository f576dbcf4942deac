import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { monthInWords, WEEKDAY_SIGNS } from './calendar-words.ts';
import { DayCell } from './day-cell.tsx';
import { addDays, moveMonths, weekdayOf, weeksOf } from './days.ts';
import type { ShownDay } from './shown-day.ts';

/** Where a key leads from a day, as in any calendar of dates (WAI-ARIA APG, date grid). */
function dayAfterKey(date: string, key: string): string | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(date, -1);
    case 'ArrowRight':
      return addDays(date, 1);
    case 'ArrowUp':
      return addDays(date, -7);
    case 'ArrowDown':
      return addDays(date, 7);
    case 'Home':
      return addDays(date, -weekdayOf(date));
    case 'End':
      return addDays(date, 6 - weekdayOf(date));
    case 'PageUp':
      return moveMonths(date, -1);
    case 'PageDown':
      return moveMonths(date, 1);
    default:
      return null;
  }
}

/** A month as it hangs on the wall. One stop of the Tab key; arrow keys go from day to day, Enter opens the day. */
export function MonthGrid({
  month,
  today,
  dayOf,
  onMonth,
  onOpen,
}: {
  month: string;
  today: string;
  dayOf: (date: string) => ShownDay;
  onMonth: (month: string) => void;
  /** Null: days are only looked at. */
  onOpen: ((date: string) => void) | null;
}) {
  const [chosen, setChosen] = useState(today);
  const focused = chosen.startsWith(month) ? chosen : today.startsWith(month) ? today : `${month}-01`;
  const gridRef = useRef<HTMLTableElement>(null);
  const moves = useRef(false);
  useEffect(() => {
    if (!moves.current) return;
    moves.current = false;
    gridRef.current?.querySelector<HTMLElement>(`[data-date="${focused}"]`)?.focus();
  }, [focused]);

  const press = (event: KeyboardEvent) => {
    const next = dayAfterKey(focused, event.key);
    if (next === null) return;
    event.preventDefault();
    moves.current = true;
    setChosen(next);
    if (!next.startsWith(month)) onMonth(next.slice(0, 7));
  };

  return (
    <table
      ref={gridRef}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: walked by arrow keys it is a grid (WAI-ARIA APG)
      role="grid"
      aria-label={`${monthInWords(month)}の開庁日`}
      className="w-full table-fixed border-collapse border border-solid-gray-420 bg-white"
    >
      <thead>
        <tr>
          {WEEKDAY_SIGNS.map((sign) => (
            <th
              key={sign}
              scope="col"
              abbr={`${sign}曜日`}
              className="border border-solid-gray-420 bg-solid-gray-50 py-1 text-std-16B-170"
            >
              {sign}
            </th>
          ))}
        </tr>
      </thead>
      <tbody onKeyDown={press}>
        {weeksOf(month).map((week) => (
          <tr key={week.find((date) => date !== null)}>
            {week.map((date, place) =>
              date === null ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: a place without a day has no other name
                <td key={place} className="border border-solid-gray-300 bg-solid-gray-50" />
              ) : (
                <DayCell
                  key={date}
                  day={dayOf(date)}
                  isToday={date === today}
                  isStop={date === focused}
                  onFocus={() => setChosen(date)}
                  onOpen={onOpen === null ? null : () => onOpen(date)}
                />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
