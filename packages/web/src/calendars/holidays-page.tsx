import type { Holidays, HolidaysLoaded } from '@madoguchi/server/calendar-contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { meQuery } from '../account-queries.ts';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { dayInWords, yearAndDay } from './calendar-words.ts';
import { HolidaysEnd } from './holidays-end.tsx';
import { useHolidays, useLoadHolidays } from './use-calendars.ts';

/** Years that are listed: those that staff plan for. */
const YEARS_SHOWN = 4;

/** Which 祝日 count, and loading 内閣府's file. */
export function HolidaysPage() {
  const { data: me } = useQuery(meQuery);
  const { data, error, isPending, refetch } = useHolidays();
  return (
    <div className="flex flex-col gap-4">
      <PageTitle
        title="祝日"
        lead="すべてのカレンダーと電話が、この祝日によって案内します。"
        aside={
          <Link
            to="/calendars"
            className="inline-flex items-center gap-1 text-std-16N-170 text-key-900 underline underline-offset-4 print:hidden"
          >
            <Icon name="chevronLeft" />
            カレンダーの一覧へ
          </Link>
        }
      />
      <HolidaysEnd isThere />
      {error === null ? null : (
        <Notice
          kind="error"
          title="祝日を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={8} /> : null}
      {data === undefined ? null : (
        <>
          <Source holidays={data} />
          {me?.rights.includes('editCalendars') ? <LoadFile /> : null}
          <Years holidays={data} />
        </>
      )}
    </div>
  );
}

function Source({ holidays: { file, knownUntil } }: { holidays: Holidays }) {
  return (
    <p className="text-std-16N-170">
      {file === null
        ? 'システムに付属の祝日を使っています。'
        : `「${file.fileName}」（${file.firstYear}年〜${file.lastYear}年）を使っています。${file.loadedBy}が${momentShown(file.loadedAt)}に読み込みました。`}
      確認済みの祝日は{yearAndDay(knownUntil)}までで、その後は計算による祝日です。
    </p>
  );
}

function LoadFile() {
  const load = useLoadHolidays();
  const choose = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined && !load.isPending) load.mutate(file);
  };
  return (
    <Section title="内閣府のCSVを読み込む">
      <div className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white p-5">
        <p className="text-std-16N-170">
          内閣府のホームページ「国民の祝日について」にある「syukujitsu.csv」を、そのまま選んでください。次の年の祝日は、毎年2月に加わります。
        </p>
        <div>
          <FileTrigger acceptedFileTypes={['.csv', 'text/csv']} onSelect={choose}>
            <Button isPending={load.isPending}>
              <Icon name="calendar" />
              {load.isPending ? '読み込んでいます…' : 'ファイルを選んで読み込む'}
            </Button>
          </FileTrigger>
        </div>
        {load.error === null ? null : (
          <Notice kind="error" title="読み込めませんでした。祝日は変わっていません。">
            {messageOf(load.error)}
          </Notice>
        )}
        {load.data === undefined ? null : <Loaded loaded={load.data} />}
      </div>
    </Section>
  );
}

function Loaded({ loaded: { firstYear, lastYear, changes } }: { loaded: HolidaysLoaded }) {
  return (
    <Notice kind="success" title={`${firstYear}年から${lastYear}年までの祝日を読み込みました`}>
      {changes.length === 0 ? (
        <p>今日から先の祝日に、変わったところはありません。</p>
      ) : (
        <>
          <p>今日から先の祝日で、変わったところは次のとおりです。</p>
          <ul>
            {changes.map(({ date, before, after }) => (
              <li key={date} className="numerals">
                {yearAndDay(date)}：{before ?? '祝日ではない'} → <strong>{after ?? '祝日ではない'}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}

function Years({ holidays: { holidays, knownUntil } }: { holidays: Holidays }) {
  const byYear = Map.groupBy(Object.entries(holidays), ([date]) => date.slice(0, 4));
  return (
    <div className="grid grid-cols-2 gap-4 min-[90rem]:grid-cols-4 print:grid-cols-2">
      {[...byYear].slice(0, YEARS_SHOWN).map(([year, days]) => (
        <section key={year} aria-label={`${year}年の祝日`}>
          <h2 className="mb-1 text-std-20B-150">
            {year}年
            {year > knownUntil.slice(0, 4) ? (
              <span className="ml-2 text-std-16N-170 font-normal text-solid-gray-700">計算による祝日</span>
            ) : null}
          </h2>
          <ul className="rounded-8 border border-solid-gray-300 bg-white px-4 py-2">
            {days.map(([date, name]) => (
              <li key={date} className="numerals flex gap-3 text-std-16N-170">
                <span className="w-32 shrink-0">{dayInWords(date)}</span>
                {name}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
