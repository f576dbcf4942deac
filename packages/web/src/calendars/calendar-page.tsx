import type { HolidaySet } from '@madoguchi/flow';
import type { CalendarDetail } from '@madoguchi/server/calendar-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { meQuery } from '../account-queries.ts';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { dayAndTime } from '../words/japanese-time.ts';
import { CalendarEditor } from './calendar-editor.tsx';
import { rulesInWords } from './calendar-words.ts';
import { HearPanel } from './hear-panel.tsx';
import { HolidaysEnd } from './holidays-end.tsx';
import { MonthSection } from './month-section.tsx';
import { RemoveCalendar } from './remove-calendar.tsx';
import { useCalendar, useHolidaySet, useHolidays } from './use-calendars.ts';

/** One calendar: its month, what callers hear, its rules. */
export function CalendarPage() {
  const { calendarId } = useParams({ from: '/signedIn/calendars/$calendarId' });
  const navigate = useNavigate();
  const { data: me } = useQuery(meQuery);
  const { data, error, refetch } = useCalendar(calendarId);
  const holidaysQuery = useHolidays();
  const holidays = useHolidaySet();
  const mayEdit = me?.rights.includes('editCalendars') ?? false;
  const trouble = error ?? holidaysQuery.error;
  const isThere = data !== undefined && holidays !== null;
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title={data?.calendar.name ?? '開庁日カレンダー'}
        lead={data === undefined ? undefined : usesInWords(data)}
        aside={
          <div className="flex items-center gap-6 print:hidden">
            {data !== undefined && mayEdit ? (
              <RemoveCalendar detail={data} onRemoved={() => void navigate({ to: '/calendars' })} />
            ) : null}
            <Link
              to="/calendars"
              className="inline-flex items-center gap-1 text-std-16N-170 text-key-900 underline underline-offset-4"
            >
              <Icon name="chevronLeft" />
              カレンダーの一覧へ
            </Link>
          </div>
        }
      />
      <HolidaysEnd />
      {trouble === null ? null : (
        <Notice
          kind="error"
          title="カレンダーを読み込めませんでした"
          action={
            <Button
              look="outline"
              size="small"
              onPress={() => void Promise.all([refetch(), holidaysQuery.refetch()])}
            >
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(trouble)}
        </Notice>
      )}
      {isThere || trouble !== null ? null : <Loading rows={8} />}
      {!isThere ? null : mayEdit ? (
        <CalendarEditor key={calendarId} detail={data} holidays={holidays} />
      ) : (
        <ToLookAt detail={data} holidays={holidays} />
      )}
    </div>
  );
}

function ToLookAt({ detail, holidays }: { detail: CalendarDetail; holidays: HolidaySet }) {
  const { calendar, calendarId } = detail;
  const today = dayAndTime(new Date().toISOString()).day;
  return (
    <>
      <MonthSection draft={calendar} saved={calendar} holidays={holidays} today={today} onDays={null} />
      <HearPanel calendarId={calendarId} draft={calendar} isEdited={false} holidays={holidays} />
      <Section title="開庁のきまり">
        <ul className="rounded-8 border border-solid-gray-300 bg-white px-5 py-3">
          {rulesInWords(calendar).map((words) => (
            <li key={words} className="numerals text-std-16N-170">
              {words}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

function usesInWords({ uses }: CalendarDetail): string {
  if (uses.numbers.length === 0) return 'このカレンダーを使っている電話番号は、まだありません。';
  return `使っている電話番号：${uses.numbers.map(({ name, shown }) => `${name}（${shown}）`).join('、')}`;
}
