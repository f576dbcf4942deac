import { type Calendar, calendarChanges, type HolidaySet, hoursShown } from '@madoguchi/flow';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { dayInWords } from './calendar-words.ts';

/** How far ahead it is told what a change does. */
export const DAYS_TOLD = 90;

/** What saving changes in the next 90 days, before it is done. */
export function SaveDialog({
  saved,
  draft,
  holidays,
  today,
  isOpen,
  onAnswer,
}: {
  saved: Calendar;
  draft: Calendar;
  holidays: HolidaySet;
  today: string;
  isOpen: boolean;
  onAnswer: (go: boolean) => void;
}) {
  const changes = isOpen ? calendarChanges(saved, draft, holidays, today, DAYS_TOLD) : [];
  return (
    <ConfirmDialog title="この内容で保存しますか" yes="保存する" isOpen={isOpen} onAnswer={onAnswer}>
      {changes.length === 0 ? (
        <p className="text-std-16N-170">今日から{DAYS_TOLD}日間の開庁時間は変わりません。</p>
      ) : (
        <>
          <p className="text-std-16N-170">
            今日から{DAYS_TOLD}日間で、<strong>{changes.length}日</strong>の開庁時間が変わります。
          </p>
          <ul
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
            tabIndex={0}
            aria-label="変わる日"
            className="mt-2 max-h-72 overflow-auto rounded-8 border border-solid-gray-300 px-4 py-2"
          >
            {changes.map(({ date, before, after }) => (
              <li key={date} className="numerals text-std-16N-170">
                {dayInWords(date)}：{hoursShown(before.hours)} → <strong>{hoursShown(after.hours)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="mt-3 text-std-16N-170 text-solid-gray-700">
        保存すると、次の電話からこの内容で案内します。いま話し中の電話は変わりません。
      </p>
    </ConfirmDialog>
  );
}
