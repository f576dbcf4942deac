import { hoursShown } from '@madoguchi/flow';
import type { CalendarListed } from '@madoguchi/server/calendar-contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { meQuery } from '../account-queries.ts';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { type Column, Table } from '../design/table.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { AddCalendar } from './add-calendar.tsx';
import { HolidaysEnd } from './holidays-end.tsx';
import { useCalendars } from './use-calendars.ts';

const COLUMNS: readonly Column<CalendarListed>[] = [
  {
    id: 'name',
    title: '名前',
    isRowHeader: true,
    cell: ({ calendar }) => <span className="font-bold text-key-900 underline">{calendar.name}</span>,
  },
  {
    id: 'now',
    title: 'いま',
    width: 'w-24',
    cell: ({ now }) => (
      <StateLabel
        word={now.open ? '開庁' : '閉庁'}
        icon={now.open ? 'check' : 'cross'}
        tone={now.open ? 'good' : 'plain'}
      />
    ),
  },
  {
    id: 'today',
    title: '今日の時間',
    cell: ({ today }) => (
      <span className="numerals">
        {hoursShown(today.hours)}
        <span className="block text-dns-14N-130 text-solid-gray-700">{today.decidedBy}</span>
      </span>
    ),
  },
  {
    id: 'uses',
    title: '使っている電話番号',
    cell: ({ uses }) =>
      uses.numbers.length === 0 ? 'なし' : uses.numbers.map(({ name }) => name).join('、'),
  },
  {
    id: 'changed',
    title: '最後の変更',
    cell: ({ changedAt, changedBy }) => (
      <span className="numerals">
        {momentShown(changedAt)}
        <span className="block text-dns-14N-130 text-solid-gray-700">{changedBy ?? '初期設定'}</span>
      </span>
    ),
  },
];

/** All calendars with what they say of today. */
export function CalendarsPage() {
  const { data: me } = useQuery(meQuery);
  const { data, error, isPending, refetch } = useCalendars();
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="開庁日カレンダー"
        lead="開庁時間と特別な日を決めます。一つのカレンダーを、いくつもの電話番号で使えます。"
        aside={
          <Link
            to="/calendars/holidays"
            className="inline-flex min-h-12 items-center gap-2 rounded-8 border border-key-900 bg-white px-5 text-oln-16B-100 text-key-900 hover:bg-key-50 hover:underline"
          >
            <Icon name="calendar" />
            祝日の確認と読み込み
          </Link>
        }
      />
      <HolidaysEnd />
      {error === null ? null : (
        <Notice
          kind="error"
          title="カレンダーの一覧を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {data !== undefined && data.unreadable > 0 ? (
        <Notice kind="warning" title={`読み取れないカレンダーが${data.unreadable}件あります`}>
          新しい版のシステムで作られたため、この版では閉庁として扱われます。システムの管理者にご連絡ください。
        </Notice>
      ) : null}
      {isPending ? <Loading rows={5} /> : null}
      {data?.calendars.length === 0 ? (
        <Empty icon="calendar" title="カレンダーはまだありません">
          下の欄に名前を入力して、追加してください。
        </Empty>
      ) : null}
      {data === undefined || data.calendars.length === 0 ? null : (
        <Table
          label="開庁日カレンダー"
          columns={COLUMNS}
          rows={data.calendars}
          idOf={({ calendarId }) => calendarId}
          hrefOf={({ calendarId }) => `/calendars/${calendarId}`}
          textOf={({ calendar }) => calendar.name}
        />
      )}
      {data !== undefined && me?.rights.includes('editCalendars') ? <AddCalendar /> : null}
    </div>
  );
}
