import { type Surroundings, VOICE_IDS } from '@madoguchi/flow';
import { showNumber } from '../calls/reading/index.ts';
import type { Database } from '../database/index.ts';
import { ownNumbers } from '../numbers/index.ts';
import { readOwnHosts } from './stored-own-hosts.ts';

type Named = { id: string; name: string };

/** What a flow may refer to, by names that staff know; `numbers` are all that lead here, also those that only a trunk is registered for. */
export async function namedSurroundings(
  db: Database,
  audioIds: readonly string[],
): Promise<{
  numbers: Named[];
  calendars: Named[];
  lists: Named[];
  audio: Named[];
  announcements: Named[];
  ownHosts: string[];
}> {
  const [served, own, calendars, lists, uploads, announcements, { hosts }] = await Promise.all([
    db.selectFrom('phone_number').select(['phone_number', 'name']).execute(),
    ownNumbers(db),
    db.selectFrom('calendar').select(['calendar_id as id', 'name']).orderBy('name').execute(),
    db.selectFrom('number_list').select(['list_id as id', 'name']).orderBy('name').execute(),
    db.selectFrom('uploaded_audio').select(['audio_id', 'name']).execute(),
    db
      .selectFrom('announcement')
      .select(['announcement_id as id', 'name'])
      .where('removed_at', 'is', null)
      .orderBy('name')
      .execute(),
    readOwnHosts(db),
  ]);
  const nameOfNumber = new Map(served.map((row) => [row.phone_number, row.name]));
  const nameOfAudio = new Map(uploads.map((row) => [row.audio_id, row.name]));
  return {
    numbers: [...own].toSorted().map((id) => ({
      id,
      name: `${showNumber(id)} ${nameOfNumber.get(id) ?? ''}`.trim(),
    })),
    calendars,
    lists,
    audio: audioIds.map((id) => ({ id, name: nameOfAudio.get(id) ?? id })),
    announcements,
    ownHosts: hosts,
  };
}

/** The same as the checker wants it. */
export async function surroundingsOf(db: Database, audioIds: readonly string[]): Promise<Surroundings> {
  const { numbers, calendars, lists, announcements, ownHosts } = await namedSurroundings(db, audioIds);
  const ids = (named: readonly Named[]) => named.map(({ id }) => id);
  return {
    ownNumbers: ids(numbers),
    calendarIds: ids(calendars),
    listIds: ids(lists),
    audioIds,
    announcementIds: ids(announcements),
    ownHosts,
    voiceIds: VOICE_IDS,
  };
}
