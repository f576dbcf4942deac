import { type Nth, WEEKDAY_NAMES, WEEKDAYS, type Weekday } from '@madoguchi/flow';
import { CheckBox } from '../design/check-box.tsx';
import { Select } from '../design/select.tsx';
import { nthInWords } from './calendar-words.ts';

const NTHS: readonly (Nth | null)[] = [null, 1, 2, 3, 4, 5, 'last'];
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** '第2' '木曜日'. */
export function NthFields<N extends Nth | null>({
  nth,
  weekday,
  choices,
  onNth,
  onWeekday,
}: {
  nth: N;
  weekday: Weekday;
  choices: readonly N[];
  onNth: (nth: N) => void;
  onWeekday: (weekday: Weekday) => void;
}) {
  return (
    <>
      <Select
        label="週"
        choices={choices.map((each) => ({ id: String(each), word: nthInWords(each) }))}
        value={String(nth)}
        onChange={(value) => {
          const chosen = choices.find((each) => String(each) === value);
          if (chosen !== undefined) onNth(chosen);
        }}
      />
      <Select
        label="曜日"
        choices={WEEKDAYS.map((day) => ({ id: day, word: WEEKDAY_NAMES[day] }))}
        value={weekday}
        onChange={(value) => {
          const chosen = WEEKDAYS.find((day) => day === value);
          if (chosen !== undefined) onWeekday(chosen);
        }}
      />
    </>
  );
}

export const NTHS_OR_EVERY_WEEK = NTHS;
export const NTHS_ONLY: readonly Nth[] = NTHS.filter((nth) => nth !== null);

/** Months to which a rule is limited; none: every month. */
export function MonthFields({
  months,
  onChange,
}: {
  months: readonly number[];
  onChange: (months: number[]) => void;
}) {
  return (
    <fieldset className="basis-full">
      <legend className="text-std-16B-170">
        月<span className="font-normal text-solid-gray-700">（選ばなければ毎月）</span>
      </legend>
      <div className="flex flex-wrap gap-x-3">
        {MONTHS.map((month) => (
          <CheckBox
            key={month}
            label={`${month}月`}
            isSelected={months.includes(month)}
            onChange={(isSelected) =>
              onChange(MONTHS.filter((each) => (each === month ? isSelected : months.includes(each))))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
