import { CalendarSchema, type HouseView } from '@madoguchi/flow';
import { readHolidays } from '../../calendars/index.ts';
import type { Database } from '../../database/index.ts';

/**
 * What calls ask outside their flow, as it stands now. A calendar that cannot be read is left out.
 * @param lists false: nobody is looked up on a list. A trial's caller is invented, and stands where its setting says.
 */
export async function readHouse(db: Database, { lists }: { readonly lists: boolean }): Promise<HouseView> {
  const rows = await db.selectFrom('calendar').select('calendar').orderBy('calendar_id').execute();
  const calendars = rows.flatMap(({ calendar }) => CalendarSchema.safeParse(calendar).data ?? []);
  const standing = lists ? await readLists(db) : new Map<string, ReadonlySet<string>>();
  return {
    calendars,
    holidays: await readHolidays(db),
    standsOn: (listId, number) => standing.get(listId)?.has(number) ?? null,
  };
}

async function readLists(db: Database): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const lists = await db.selectFrom('number_list').select('list_id').execute();
  const numbers = new Map<string, Set<string>>(lists.map(({ list_id }) => [list_id, new Set<string>()]));
  const entries = await db.selectFrom('number_list_entry').select(['list_id', 'number']).execute();
  for (const { list_id, number } of entries) numbers.get(list_id)?.add(number);
  return numbers;
}
