import type { CampaignSettings } from '@madoguchi/server/campaign-contract';
import { TimeBox } from '../../calendars/hours-fields.tsx';
import { CheckBox } from '../../design/check-box.tsx';
import { DateField } from '../../design/date-field.tsx';
import { NumberField } from '../../design/number-field.tsx';
import type { SettingsEdit } from './settings-edit.ts';
import { WeekdayField } from './weekday-field.tsx';

/** On which days and at what hours people are called, and how often. */
export function TimesFields({ settings, edit, problem }: SettingsEdit) {
  const { times } = settings;
  const editTimes = (change: Partial<CampaignSettings['times']>) => edit({ times: { ...times, ...change } });
  return (
    <>
      <div className="grid grid-cols-[auto_auto_1fr] items-start gap-x-8 gap-y-4">
        <DateField
          label="はじめの日"
          value={settings.firstDay ?? undefined}
          onChange={(day) => edit({ firstDay: day ?? null })}
        />
        <DateField
          label="最後の日"
          value={settings.lastDay ?? undefined}
          onChange={(day) => edit({ lastDay: day ?? null })}
        />
        <p className="pt-8 text-std-16N-170 text-solid-gray-700">
          決裁の後、はじめの日に自動で始まります。最後の日を過ぎると自動で終わります。
        </p>
        {[problem('settings.firstDay'), problem('settings.lastDay')].map((message) =>
          message === undefined ? null : (
            <p key={message} className="col-span-3 text-std-16N-170 text-error-2">
              ＊{message}
            </p>
          ),
        )}
      </div>
      <WeekdayField
        value={times.weekdays}
        onChange={(weekdays) => editTimes({ weekdays })}
        errorMessage={times.weekdays.length === 0 ? '1つ以上選んでください。' : undefined}
      />
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <TimeBox
          label="始める時刻"
          isLabelShown
          value={times.from}
          onChange={(from) => editTimes({ from })}
          errorMessage={problem('settings.times.from')}
        />
        <span className="pt-9 text-std-16N-170">から</span>
        <TimeBox
          label="終える時刻"
          isLabelShown
          value={times.to}
          onChange={(to) => editTimes({ to })}
          errorMessage={problem('settings.times.to')}
        />
        <span className="pt-9 text-std-16N-170">まで</span>
        <div className="pt-8 pl-5">
          <CheckBox
            label="祝日にもかける"
            isSelected={times.onHolidays}
            onChange={(onHolidays) => editTimes({ onHolidays })}
          />
        </div>
      </div>
      <div className="flex flex-wrap items-start gap-x-10 gap-y-4">
        <NumberField
          label="ひとりにかける回数"
          unit="回まで"
          min={1}
          max={10}
          value={settings.tries}
          onChange={(tries) => edit({ tries })}
          errorMessage={problem('settings.tries')}
        />
        <NumberField
          label="呼び出す長さ"
          unit="秒"
          min={10}
          max={60}
          step={5}
          value={settings.ringTimeoutS}
          onChange={(ringTimeoutS) => edit({ ringTimeoutS })}
          errorMessage={problem('settings.ringTimeoutS')}
        />
      </div>
    </>
  );
}
