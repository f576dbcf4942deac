import { type FileAnnouncement, type FileReading, type FlowDraft, libraryLinksIn } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { readingsIn } from '../../speech/index.ts';
import { storedReadings } from '../readings/readings.ts';
import { namedAnnouncements } from './named-announcements.ts';

/** What a file with these flows has to hold besides them: the announcements to which they are tied, and the readings of words in them. */
export async function wordsOfFlows(
  db: Database,
  flows: readonly FlowDraft[],
): Promise<{ readonly announcements: FileAnnouncement[]; readonly readings: FileReading[] }> {
  const linked = new Set(flows.flatMap(libraryLinksIn).map(({ announcementId }) => announcementId));
  const announcements = (await namedAnnouncements(db)).filter(({ announcementId }) =>
    linked.has(announcementId),
  );
  // A word may be said wherever it stands: in a prompt, in the name of a choice that is read out, in a value.
  const texts = [flows, announcements].flatMap(textsIn);
  return { announcements, readings: [...readingsIn(texts, await storedReadings(db))] };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
