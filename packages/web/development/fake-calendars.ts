import {
  type Calendar,
  CalendarSchema,
  checkCalendar,
  defaultHolidays,
  isOpen,
  planOf,
  WEEKDAYS,
} from '@madoguchi/flow';
import type {
  CalendarAt,
  CalendarDetail,
  CalendarListed,
  Holidays,
} from '@madoguchi/server/calendar-contract';
import { iso } from './fake-calls.ts';

type Answer = { readonly status: number; readonly body: unknown };

const AMOUNTS = { none: 0, few: 2, many: 14 } as const;
const NAMES = [
  '市役所の開庁時間',
  '納付相談',
  'とても長い名前の付いた出張所と図書館と公民館の窓口の開庁日カレンダー',
];
const CHANGED = {
  code: 'changedMeanwhile',
  message: 'ほかの職員が先にカレンダーを変更しました。入力した内容はこの画面に残っています。',
};

function fakeCalendar(nth: number): Calendar {
  const usual = [{ from: '08:45', to: '17:15' }];
  const isBusy = nth % 3 === 0;
  return CalendarSchema.parse({
    id: `calendar-${nth}`,
    name: NAMES[nth] ?? `${NAMES[2]}${nth}`,
    weekly: Object.fromEntries(
      WEEKDAYS.map((day) => [day, day === 'saturday' || day === 'sunday' ? [] : usual]),
    ),
    extended: isBusy
      ? [{ label: '木曜延長', nth: 2, weekday: 'thursday', hours: [{ from: '17:15', to: '19:00' }] }]
      : [],
    nthWeekdays: isBusy
      ? [{ label: '日曜開庁', nth: 'last', weekday: 'sunday', hours: [{ from: '09:00', to: '12:00' }] }]
      : [],
    yearlyRanges: [{ label: '年末年始', from: '12-29', to: '01-03' }],
  });
}

/** Answers of the server's `calendars` room; a change that is named 'ほかの人' meets somebody else's, and nothing outlives the answers. */
export function fakeCalendars() {
  const changed = new Map<string, { readonly calendar: Calendar; readonly version: number }>();
  let loaded = false;

  const detailOf = (calendarId: string, now: number): CalendarDetail => {
    const nth = Number(calendarId.replace(/\D/g, ''));
    const { calendar, version } = changed.get(calendarId) ?? { calendar: fakeCalendar(nth), version: 1 };
    const numbers =
      nth % 3 === 0
        ? [
            { phoneNumber: '0725001001', shown: '0725-00-1001', name: '資格給付' },
            { phoneNumber: '0725001002', shown: '0725-00-1002', name: '賦課徴収' },
          ]
        : [];
    return {
      calendarId,
      version,
      calendar,
      changedAt: iso(now - 86_400_000),
      changedBy: nth % 2 === 0 ? null : '見本 花子',
      uses: { numbers, flows: numbers.length > 0 ? ['国保 資格給付'] : [], drafts: [] },
      proposals: [],
      earlierVersions: nth % 3 === 1 ? ['国保 資格給付 第4版', '国保 資格給付 第3版'] : [],
    };
  };

  return (order: {
    readonly method: string;
    readonly url: URL;
    readonly body: Record<string, unknown>;
    readonly amount: keyof typeof AMOUNTS;
    readonly now: number;
  }): Answer => {
    const { method, url, body, amount, now } = order;
    if (url.pathname === '/api/holidays') return holidays(method, body, now);
    const [, , , calendarId, part] = url.pathname.split('/');
    if (calendarId === undefined) {
      if (method === 'POST') return { status: 201, body: { calendarId: 'calendar-7', version: 1 } };
      const ids = Array.from({ length: AMOUNTS[amount] }, (_, nth) => `calendar-${nth}`);
      return {
        status: 200,
        body: { calendars: ids.map((id) => listed(detailOf(id, now), now)), unreadable: 0 },
      };
    }
    const detail = detailOf(calendarId, now);
    if (part === 'at') return { status: 200, body: at(detail, url.searchParams.get('when') ?? '') };
    if (method === 'DELETE') return { status: 200, body: { done: true } };
    if (method !== 'PUT') return { status: 200, body: detail };
    const checked = checkCalendar(body['calendar']);
    if (!checked.ok) {
      return { status: 422, body: { code: 'calendarProblems', message: '誤りがあります。', ...checked } };
    }
    if (checked.calendar.name === 'ほかの人' && detail.version === 1) {
      const name = 'ほかの職員が付けた名前';
      changed.set(calendarId, { calendar: { ...detail.calendar, name }, version: 2 });
      return { status: 409, body: CHANGED };
    }
    const version = detail.version + 1;
    changed.set(calendarId, { calendar: checked.calendar, version });
    return { status: 200, body: { calendarId, version } };
  };

  function holidays(method: string, body: Record<string, unknown>, now: number): Answer {
    if (method === 'POST') {
      if (body['fileName'] !== 'syukujitsu.csv') {
        const message = '祝日ファイルの4行目を読み取れません。内閣府の「国民の祝日」CSVを選んでください。';
        return { status: 422, body: { code: 'holidayFile', message } };
      }
      loaded = true;
      const changes = [{ date: '2027-12-24', before: null, after: '臨時の休日' }];
      return { status: 200, body: { firstYear: 1955, lastYear: 2027, changes } };
    }
    const shown: Holidays = {
      file: loaded
        ? {
            fileName: 'syukujitsu.csv',
            loadedAt: iso(now),
            loadedBy: '見本 花子',
            firstYear: 1955,
            lastYear: 2027,
          }
        : null,
      knownUntil: loaded ? '2027-12-31' : '2026-12-31',
      endsSoon: !loaded,
      holidays: Object.fromEntries([...defaultHolidays].filter(([date]) => date >= '2025-01-01')),
    };
    return { status: 200, body: shown };
  }
}

function listed(detail: CalendarDetail, now: number): CalendarListed {
  const date = new Date(now + 9 * 3_600_000).toISOString().slice(0, 10);
  const { hours, decidedBy } = planOf(detail.calendar, defaultHolidays, date);
  return {
    ...detail,
    today: { date, hours: [...hours], decidedBy, holiday: defaultHolidays.get(date) ?? null },
    now: isOpen(detail.calendar, defaultHolidays, iso(now)),
  };
}

function at({ calendar, uses }: CalendarDetail, when: string): CalendarAt {
  const opening = isOpen(calendar, defaultHolidays, when);
  const open = ['お電話ありがとうございます。見本市役所です。', '届出は1を、給付は2を押してください。'];
  const closed = ['本日の受付は終わりました。受付は平日の8時45分から17時15分までです。'];
  return {
    ...opening,
    numbers: uses.numbers.map((number) => ({
      ...number,
      isForSwitching: false,
      heard: opening.open
        ? { texts: open, stopsAt: 'question', nodeTitle: '用件' }
        : { texts: closed, stopsAt: 'end', nodeTitle: '終わり' },
    })),
  };
}
