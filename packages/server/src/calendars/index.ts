export { asksRemovedCalendar } from './asking-versions.ts';
export { readHolidays } from './holidays-in-force.ts';
export { readOfficialHolidays } from './official-holidays.ts';
