import { DateField } from '../design/date-field.tsx';
import { Select } from '../design/select.tsx';
import { useCalendarForm } from './form-context.tsx';
import { LabelledHours } from './labelled-hours.tsx';
import { RuleList } from './rule-list.tsx';

const MONTHS = choicesUpTo(12, '月');
const DAYS = choicesUpTo(31, '日');

/** Ranges of every year: 年末年始. */
export function YearlyRangeFields() {
  const { draft, edit } = useCalendarForm();
  return (
    <RuleList
      path="yearlyRanges"
      rules={draft.yearlyRanges}
      addWord="毎年の期間を追加"
      made={() => ({ label: '', from: '12-29', to: '01-03', hours: [] })}
      onChange={(yearlyRanges) => edit({ yearlyRanges })}
    >
      {(rule, change, path) => (
        <>
          <MonthDay
            word="始まり"
            value={rule.from}
            path={`${path}.from`}
            onChange={(from) => change({ from })}
          />
          <MonthDay word="終わり" value={rule.to} path={`${path}.to`} onChange={(to) => change({ to })} />
          <LabelledHours
            of={rule.label}
            hours={rule.hours}
            path={`${path}.hours`}
            onChange={(hours) => change({ hours })}
          />
        </>
      )}
    </RuleList>
  );
}

/** Ranges of one year: a 臨時休業, a busy period. */
export function DateRangeFields({ today }: { today: string }) {
  const { draft, edit, problemAt } = useCalendarForm();
  return (
    <RuleList
      path="dateRanges"
      rules={draft.dateRanges}
      addWord="期間を追加"
      made={() => ({ label: '', from: today, to: today, hours: [] })}
      onChange={(dateRanges) => edit({ dateRanges })}
    >
      {(rule, change, path) => (
        <>
          <DateField label="始まりの日" value={rule.from} onChange={(from = rule.from) => change({ from })} />
          <div>
            <DateField label="終わりの日" value={rule.to} onChange={(to = rule.to) => change({ to })} />
            <Problem words={problemAt(path)} />
          </div>
          <LabelledHours
            of={rule.label}
            hours={rule.hours}
            path={`${path}.hours`}
            onChange={(hours) => change({ hours })}
          />
        </>
      )}
    </RuleList>
  );
}

/** Single days, which the month view sets too. */
export function SpecialDayFields({ today }: { today: string }) {
  const { draft, edit, problemAt } = useCalendarForm();
  return (
    <RuleList
      path="days"
      rules={draft.days}
      addWord="特別日を追加"
      made={() => ({ label: '', date: today, hours: [] })}
      onChange={(days) => edit({ days })}
    >
      {(rule, change, path) => (
        <>
          <div>
            <DateField label="日" value={rule.date} onChange={(date = rule.date) => change({ date })} />
            <Problem words={problemAt(`${path}.date`)} />
          </div>
          <LabelledHours
            of={rule.label}
            hours={rule.hours}
            path={`${path}.hours`}
            onChange={(hours) => change({ hours })}
          />
        </>
      )}
    </RuleList>
  );
}

function MonthDay({
  word,
  value,
  path,
  onChange,
}: {
  word: string;
  value: string;
  path: string;
  onChange: (value: string) => void;
}) {
  const { problemAt } = useCalendarForm();
  const [month = '01', day = '01'] = value.split('-');
  return (
    <div>
      <div className="flex gap-1">
        <Select
          label={`${word}の月`}
          choices={MONTHS}
          value={month}
          onChange={(next) => onChange(`${next}-${day}`)}
        />
        <Select
          label={`${word}の日`}
          choices={DAYS}
          value={day}
          onChange={(next) => onChange(`${month}-${next}`)}
        />
      </div>
      <Problem words={problemAt(path)} />
    </div>
  );
}

function Problem({ words }: { words: string | undefined }) {
  return words === undefined ? null : <p className="text-std-16N-170 text-error-2">＊{words}</p>;
}

function choicesUpTo(last: number, unit: string) {
  return Array.from({ length: last }, (_, index) => ({
    id: String(index + 1).padStart(2, '0'),
    word: `${index + 1}${unit}`,
  }));
}
