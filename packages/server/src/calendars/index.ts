export { readOfficialHolidays } from './official-holidays.ts';
