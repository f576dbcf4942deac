import { dayInWords } from './calendar-words.ts';
import type { ShownDay } from './shown-day.ts';

/** One day: its number, 祝日, hours, and what decided them; a closed one is striped and says so. */
export function DayCell({
  day,
  isToday,
  isStop,
  onFocus,
  onOpen,
}: {
  day: ShownDay;
  isToday: boolean;
  /** The Tab key stops here. */
  isStop: boolean;
  onFocus: () => void;
  onOpen: (() => void) | null;
}) {
  const { date, hours, isOpen, decidedBy, holiday, isSpecial, isChanged } = day;
  const spoken = [
    dayInWords(date),
    isToday ? '今日' : null,
    holiday,
    isOpen ? `開庁 ${hours}` : hours,
    decidedBy,
    isChanged ? '保存前の変更あり' : null,
  ];
  return (
    <td className={`h-19 border border-solid-gray-300 p-0 align-top ${isOpen ? '' : 'closed-day'}`}>
      <button
        type="button"
        data-date={date}
        tabIndex={isStop ? 0 : -1}
        aria-label={spoken.filter((part) => part !== null).join('、')}
        aria-disabled={onOpen === null}
        aria-current={isToday ? 'date' : undefined}
        onFocus={onFocus}
        onClick={() => onOpen?.()}
        className="flex h-full min-h-19 w-full flex-col items-start gap-0.5 px-1.5 py-1 text-left hover:bg-key-50 focus-visible:-outline-offset-4"
      >
        <span className="flex w-full items-center gap-1">
          <span
            className={`numerals text-std-16B-170 ${isToday ? 'rounded-4 bg-key-900 px-1.5 text-white' : ''}`}
          >
            {Number(date.slice(8))}
          </span>
          {holiday === null ? null : (
            <span className="truncate text-dns-14B-130 text-red-1000">{holiday}</span>
          )}
          {isSpecial ? <Mark word="特別日" /> : null}
          {isChanged ? <Mark word="変更" /> : null}
        </span>
        <span className={`numerals text-dns-14B-130 ${isOpen ? 'text-key-1000' : 'text-solid-gray-800'}`}>
          {hours}
        </span>
        <span className="line-clamp-2 text-dns-14N-130 text-solid-gray-800">{decidedBy}</span>
      </button>
    </td>
  );
}

function Mark({ word }: { word: string }) {
  return (
    <span className="ml-auto rounded-4 border border-key-900 bg-white px-1 text-dns-14B-130 whitespace-nowrap text-key-900">
      {word}
    </span>
  );
}
