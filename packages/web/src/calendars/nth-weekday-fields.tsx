import { useCalendarForm } from './form-context.tsx';
import { LabelledHours } from './labelled-hours.tsx';
import { MonthFields, NTHS_ONLY, NTHS_OR_EVERY_WEEK, NthFields } from './nth-fields.tsx';
import { RuleList } from './rule-list.tsx';

/** 延長窓口: longer hours on a weekday, of every week or of some. */
export function ExtendedFields() {
  const { draft, edit } = useCalendarForm();
  return (
    <RuleList
      path="extended"
      rules={draft.extended}
      addWord="延長窓口を追加"
      made={() => ({
        label: '',
        nth: null,
        weekday: 'thursday' as const,
        months: [],
        hours: [{ from: '17:15', to: '19:00' }],
      })}
      onChange={(extended) => edit({ extended })}
    >
      {(rule, change, path) => (
        <>
          <NthFields
            nth={rule.nth}
            weekday={rule.weekday}
            choices={NTHS_OR_EVERY_WEEK}
            onNth={(nth) => change({ nth })}
            onWeekday={(weekday) => change({ weekday })}
          />
          <LabelledHours
            of={rule.label}
            title="延長する時間"
            hours={rule.hours}
            path={`${path}.hours`}
            onChange={(hours) => change({ hours })}
          />
          <MonthFields months={rule.months} onChange={(months) => change({ months })} />
        </>
      )}
    </RuleList>
  );
}

/** 第2日曜開庁: decides the whole day, also where it is a 祝日. */
export function NthWeekdayFields() {
  const { draft, edit } = useCalendarForm();
  return (
    <RuleList
      path="nthWeekdays"
      rules={draft.nthWeekdays}
      addWord="第○曜日のきまりを追加"
      made={() => ({
        label: '',
        nth: 2 as const,
        weekday: 'sunday' as const,
        months: [],
        hours: [{ from: '09:00', to: '12:00' }],
      })}
      onChange={(nthWeekdays) => edit({ nthWeekdays })}
    >
      {(rule, change, path) => (
        <>
          <NthFields
            nth={rule.nth}
            weekday={rule.weekday}
            choices={NTHS_ONLY}
            onNth={(nth) => change({ nth })}
            onWeekday={(weekday) => change({ weekday })}
          />
          <LabelledHours
            of={rule.label}
            hours={rule.hours}
            path={`${path}.hours`}
            onChange={(hours) => change({ hours })}
          />
          <MonthFields months={rule.months} onChange={(months) => change({ months })} />
        </>
      )}
    </RuleList>
  );
}
