import { AnnouncementContentSchema, type FileAnnouncement } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';

/** The whole library as a file of flows has it, by name. */
export async function namedAnnouncements(db: Database): Promise<readonly FileAnnouncement[]> {
  const rows = await db
    .selectFrom('announcement')
    .select(['announcement_id', 'name', 'content'])
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('announcement_id')
    .execute();
  return rows.map(({ announcement_id, name, content }) => ({
    announcementId: announcement_id,
    name,
    prompt: AnnouncementContentSchema.parse(content),
  }));
}
