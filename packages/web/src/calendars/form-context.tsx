import type { Calendar, CalendarProblem } from '@madoguchi/flow';
import { createContext, type ReactNode, use } from 'react';

type CalendarForm = {
  readonly draft: Calendar;
  readonly edit: (change: Partial<Calendar>) => void;
  /** What is wrong at a place ('weekly.monday.0.from') or inside of it, once saving was tried. */
  readonly problemAt: (path: string) => string | undefined;
};

const Context = createContext<CalendarForm | null>(null);

export function CalendarFormProvider({
  draft,
  edit,
  problems,
  children,
}: {
  draft: Calendar;
  edit: (change: Partial<Calendar>) => void;
  problems: readonly CalendarProblem[];
  children: ReactNode;
}) {
  const problemAt = (path: string) => problems.find((problem) => problem.path === path)?.message;
  return <Context value={{ draft, edit, problemAt }}>{children}</Context>;
}

export function useCalendarForm(): CalendarForm {
  const form = use(Context);
  if (form === null) throw new Error('there is no calendar to be edited here');
  return form;
}
