import { CheckBox } from '../../design/check-box.tsx';
import { WEEKDAYS } from '../campaign-words.ts';

/** Monday first, as the week of a town hall begins. */
const ORDER = [1, 2, 3, 4, 5, 6, 0] as const;

/** Days of the week on which people may be called. Sunday is 0. */
export function WeekdayField({
  value,
  onChange,
  errorMessage,
}: {
  value: readonly number[];
  onChange: (value: number[]) => void;
  errorMessage?: string | undefined;
}) {
  return (
    <fieldset>
      <legend className="text-std-16B-170">かける曜日</legend>
      <div className="flex flex-wrap gap-x-4">
        {ORDER.map((day) => (
          <CheckBox
            key={day}
            label={WEEKDAYS[day]}
            name={`${WEEKDAYS[day]}曜日`}
            isSelected={value.includes(day)}
            onChange={(isChosen) =>
              onChange(
                [...value.filter((each) => each !== day), ...(isChosen ? [day] : [])].toSorted(
                  (a, b) => a - b,
                ),
              )
            }
          />
        ))}
      </div>
      {errorMessage === undefined ? null : <p className="text-std-16N-170 text-error-2">＊{errorMessage}</p>}
    </fieldset>
  );
}
