import { monthInWords, WEEKDAY_SIGNS } from './calendar-words.ts';
import { weeksOf } from './days.ts';
import type { ShownDay } from './shown-day.ts';

/** Twelve months on one sheet of paper: closed days striped and marked 休, days that follow no weekday's rule marked 特. */
export function YearView({
  months,
  dayOf,
}: {
  months: readonly string[];
  dayOf: (date: string) => ShownDay;
}) {
  return (
    <div>
      <p className="mb-2 flex flex-wrap gap-4 text-std-16N-170">
        <span>
          <span className="closed-day mr-1 rounded-4 border border-solid-gray-420 px-1.5 font-bold">休</span>
          閉庁
        </span>
        <span>
          <span className="mr-1 rounded-4 border border-solid-gray-420 px-1.5 font-bold">特</span>
          開庁（ふだんと違う時間、または特別な開庁）
        </span>
        <span>印なし：ふだんどおり開庁</span>
      </p>
      <div className="grid grid-cols-3 gap-4 min-[90rem]:grid-cols-4 print:grid-cols-3 print:gap-x-3 print:gap-y-1">
        {months.map((month) => (
          <table
            key={month}
            className="w-full table-fixed break-inside-avoid self-start border-collapse border border-solid-gray-420 bg-white text-center"
          >
            <caption className="pb-1 text-left text-std-16B-170">{monthInWords(month)}</caption>
            <thead>
              <tr>
                {WEEKDAY_SIGNS.map((sign) => (
                  <th key={sign} scope="col" className="bg-solid-gray-50 text-dns-14B-130">
                    {sign}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(month).map((week) => (
                <tr key={week.find((date) => date !== null)}>
                  {week.map((date, place) => {
                    // biome-ignore lint/suspicious/noArrayIndexKey: a place without a day has no other name
                    if (date === null) return <td key={place} />;
                    return <SmallDay key={date} day={dayOf(date)} />;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </div>
  );
}

function SmallDay({ day: { date, isOpen, decidedBy } }: { day: ShownDay }) {
  const isUsual = /^.曜日の開庁時間$/.test(decidedBy);
  return (
    <td className={`numerals border border-solid-gray-200 text-dns-14N-130 ${isOpen ? '' : 'closed-day'}`}>
      {Number(date.slice(8))}
      <span className="block h-4 text-dns-14B-130">{isOpen ? (isUsual ? '' : '特') : '休'}</span>
    </td>
  );
}
