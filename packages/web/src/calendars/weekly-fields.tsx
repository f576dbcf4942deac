import { WEEKDAY_NAMES, WEEKDAYS } from '@madoguchi/flow';
import { useCalendarForm } from './form-context.tsx';
import { HoursFields } from './hours-fields.tsx';

/** Hours of an ordinary week. */
export function WeeklyFields() {
  const { draft, edit, problemAt } = useCalendarForm();
  return (
    <ul className="flex flex-col">
      {WEEKDAYS.map((day) => (
        <li key={day} className="flex gap-4 border-b border-solid-gray-200 py-2 last:border-b-0">
          <span className="w-20 shrink-0 pt-1.5 text-std-16B-170">{WEEKDAY_NAMES[day]}</span>
          <HoursFields
            of={WEEKDAY_NAMES[day]}
            hours={draft.weekly[day]}
            onChange={(hours) => edit({ weekly: { ...draft.weekly, [day]: hours } })}
            problemAt={problemAt}
            path={`weekly.${day}`}
          />
        </li>
      ))}
    </ul>
  );
}
