import type { Hours } from '@madoguchi/flow';
import { useCalendarForm } from './form-context.tsx';
import { HoursFields } from './hours-fields.tsx';

/** The hours of a rule under a word of their own. */
export function LabelledHours({
  of,
  hours,
  path,
  onChange,
  title = '時間',
}: {
  of: string;
  hours: readonly Hours[];
  path: string;
  onChange: (hours: Hours[]) => void;
  title?: string;
}) {
  const { problemAt } = useCalendarForm();
  return (
    <div className="flex flex-col gap-1">
      <p className="text-std-16B-170">{title}</p>
      <HoursFields of={of} hours={hours} onChange={onChange} problemAt={problemAt} path={path} />
    </div>
  );
}
