import { type Calendar, type HolidaySet, hoursShown, planOf } from '@madoguchi/flow';

/** A day of the month view: what counts by the unsaved draft, and whether saving would change it. */
export type ShownDay = {
  readonly date: string;
  /** '8:45〜17:15', '閉庁' */
  readonly hours: string;
  readonly isOpen: boolean;
  readonly decidedBy: string;
  readonly holiday: string | null;
  readonly isSpecial: boolean;
  readonly isChanged: boolean;
};

export function shownDay(date: string, draft: Calendar, saved: Calendar, holidays: HolidaySet): ShownDay {
  const plan = planOf(draft, holidays, date);
  const hours = hoursShown(plan.hours);
  return {
    date,
    hours,
    isOpen: plan.hours.length > 0,
    decidedBy: reasonOf(plan),
    holiday: holidays.get(date) ?? null,
    isSpecial: draft.days.some((day) => day.date === date),
    isChanged: hours !== hoursShown(planOf(saved, holidays, date).hours),
  };
}

/** An extended counter decides together with the weekday that it lengthens; a weekday without hours has no 開庁時間 to speak of. */
function reasonOf({ hours, decidedBy }: ReturnType<typeof planOf>): string {
  if (hours.length === 0) return decidedBy.replace(/^(.曜日)の開庁時間$/, '$1');
  const others = hours.map(({ label }) => label).filter((label) => label !== decidedBy);
  return [decidedBy, ...new Set(others)].join('、');
}
