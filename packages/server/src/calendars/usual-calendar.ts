import { type Calendar, CalendarSchema } from '@madoguchi/flow';

/** What a new calendar begins with: the hours of an ordinary city hall. */
export function usualCalendar(id: string, name: string): Calendar {
  const officeHours = [{ from: '08:45', to: '17:15' }];
  return CalendarSchema.parse({
    id,
    name,
    weekly: {
      monday: officeHours,
      tuesday: officeHours,
      wednesday: officeHours,
      thursday: officeHours,
      friday: officeHours,
      saturday: [],
      sunday: [],
    },
    yearlyRanges: [{ label: '年末年始', from: '12-29', to: '01-03' }],
  });
}
