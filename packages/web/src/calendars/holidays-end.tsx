import { Link } from '@tanstack/react-router';
import { Notice } from '../design/notice.tsx';
import { yearAndDay } from './calendar-words.ts';
import { useHolidays } from './use-calendars.ts';

/** Warns while the published holidays soon end; those of the years after are only computed. */
export function HolidaysEnd({
  isThere = false,
}: {
  /** The screen that loads them is open already. */ isThere?: boolean;
}) {
  const { data } = useHolidays();
  if (data === undefined || !data.endsSoon) return null;
  const next = Number(data.knownUntil.slice(0, 4)) + 1;
  return (
    <div className="print:hidden">
      <Notice
        kind="warning"
        title={`確認済みの祝日は、${yearAndDay(data.knownUntil)}までです`}
        action={
          isThere ? null : (
            <Link
              to="/calendars/holidays"
              className="text-std-16N-170 whitespace-nowrap text-key-900 underline underline-offset-4"
            >
              祝日を読み込む
            </Link>
          )
        }
      >
        {next}年からは計算による祝日で案内します。内閣府のCSVで、{next}
        年の祝日を読み込んでください（前の年の2月に公表されます）。
      </Notice>
    </div>
  );
}
