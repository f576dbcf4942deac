import { type Calendar, type HolidaySet, isOpen } from '@madoguchi/flow';
import type { CalendarAt } from '@madoguchi/server/calendar-contract';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { DateField } from '../design/date-field.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/section.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { dayAndTime, instantOf } from '../words/japanese-time.ts';
import { yearAndDay } from './calendar-words.ts';
import { TimeBox } from './hours-fields.tsx';
import { useCalendarAt } from './use-calendars.ts';

const THEN: Readonly<Record<NonNullable<CalendarAt['numbers'][number]['heard']>['stopsAt'], string>> = {
  question: 'ここで、発信者の番号の入力を待ちます。',
  transfer: 'ここで、職員に転送します。',
  voicemail: 'ここで、伝言の録音を始めます。',
  sms: 'ここで、SMSを送ります。',
  end: 'ここで、電話が切れます。',
};

/** 'What will a caller hear at …?': by what is saved; what the unsaved changes would make of it is said beside it. */
export function HearPanel({
  calendarId,
  draft,
  isEdited,
  holidays,
}: {
  calendarId: string;
  draft: Calendar;
  isEdited: boolean;
  holidays: HolidaySet;
}) {
  const [when, setWhen] = useState(() => dayAndTime(new Date().toISOString()));
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const { mutate, data, error, isPending } = useCalendarAt(calendarId);
  const look = (event: FormEvent) => {
    event.preventDefault();
    const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(when.time);
    setProblem(isTime && when.day !== '' ? null : '日と時刻を入力してください（例：17:15）。');
    if (!isTime || when.day === '') return;
    const instant = instantOf(when);
    mutate(instant, { onSuccess: () => setAsked(instant) });
  };
  const byDraft = asked === null || !isEdited ? null : isOpen(draft, holidays, asked);
  return (
    <div className="print:hidden">
      <Section title="この日時に電話すると、何が聞こえますか">
        <div className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white p-5">
          <form onSubmit={look} className="flex flex-wrap items-end gap-3">
            <DateField
              label="日"
              value={when.day === '' ? undefined : when.day}
              onChange={(day = '') => setWhen({ ...when, day })}
            />
            <TimeBox
              label="時刻"
              isLabelShown
              value={when.time}
              onChange={(time) => setWhen({ ...when, time })}
            />
            <Button type="submit" size="small" isPending={isPending}>
              <Icon name="speaker" />
              {isPending ? '調べています…' : '調べる'}
            </Button>
          </form>
          {problem === null ? null : (
            <p role="alert" className="text-std-16N-170 text-error-2">
              ＊{problem}
            </p>
          )}
          {error === null ? null : (
            <Notice kind="error" title="調べられませんでした">
              {messageOf(error)}
            </Notice>
          )}
          <div role="status" className="flex flex-col gap-3">
            {data === undefined || asked === null ? null : <Answer at={data} asked={asked} />}
            {byDraft === null || byDraft.open === data?.open ? null : (
              <p className="text-std-16N-170">
                いまの変更を保存すると、この日時は
                <strong>{byDraft.open ? '開庁' : '閉庁'}</strong>になります（{byDraft.reason}）。
              </p>
            )}
          </div>
        </div>
      </Section>
    </div>
  );
}

function Answer({ at, asked }: { at: CalendarAt; asked: string }) {
  const { day, time } = dayAndTime(asked);
  return (
    <>
      <p className="flex flex-wrap items-center gap-2 text-std-16N-170">
        <span className="numerals">
          {yearAndDay(day)} {time}
        </span>
        <StateLabel
          word={at.open ? '開庁' : '閉庁'}
          icon={at.open ? 'check' : 'cross'}
          tone={at.open ? 'good' : 'plain'}
        />
        <span>{at.reason}</span>
      </p>
      {at.numbers.length === 0 ? (
        <p className="text-std-16N-170 text-solid-gray-700">
          このカレンダーを使っている電話番号は、まだありません。
        </p>
      ) : (
        <p className="text-std-16N-170 text-solid-gray-700">
          携帯電話からかけた人が、最初に聞く案内です（保存されている内容によります）。
        </p>
      )}
      <ul className="grid gap-3 lg:grid-cols-2">
        {at.numbers.map(({ phoneNumber, shown, name, isForSwitching, heard }) => (
          <li key={phoneNumber} className="rounded-8 border border-solid-gray-300 p-3">
            <p className="text-std-16B-170">
              {name} <span className="numerals font-normal">{shown}</span>
            </p>
            {isForSwitching ? (
              <p className="text-std-16N-170">
                緊急アナウンスを電話で切り替えるための番号です。切り替えの案内だけが流れ、フローは流れません。
              </p>
            ) : heard === null ? (
              <p className="text-std-16N-170 text-solid-gray-700">公開中のフローがありません。</p>
            ) : (
              <>
                {heard.texts.map((text, nth) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: announcements may repeat, and their places do not change
                  <p key={nth} className="flex gap-2 text-std-16N-170">
                    <Icon name="speaker" className="mt-1 size-5" />
                    <span>{text}</span>
                  </p>
                ))}
                <p className="text-dns-16N-130 text-solid-gray-700">{THEN[heard.stopsAt]}</p>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
