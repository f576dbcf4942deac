import {
  AnnouncementContentSchema,
  type FileAnnouncement,
  type FileReading,
  type FlowDraft,
  saysTheSame,
  withLinks,
} from '@madoguchi/flow';
import { type AuditAction, writeAudit } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { AnnouncementDraftSchema } from '../../http/announcement-contract.ts';
import type { FlowImported } from '../../http/flow-contract.ts';
import { Refusal } from '../../http/index.ts';
import { DictionaryEntrySchema } from '../../speech/index.ts';
import { addAnnouncement } from '../library/change-announcement.ts';
import { saveReading, storedReadings } from '../readings/readings.ts';
import { namedAnnouncements } from './named-announcements.ts';

type Deed = { readonly personId: string; readonly at: Date; readonly address: string };
type Told = FlowImported['announcements'];

/**
 * Takes what a file says of the library into this house, and ties its flows to it. What is missing here is added. Where the house has one of
 * that name, or that very one, with other words, both stay as they are: the flow keeps the words of the file, without a tie. Call it in the
 * transaction that adds the flows.
 */
export async function takeOverAnnouncements(
  trx: Database,
  { flows, announcements }: { flows: readonly FlowDraft[]; announcements: readonly FileAnnouncement[] },
  deed: Deed,
): Promise<{ readonly flows: readonly FlowDraft[]; readonly told: Told }> {
  const here = [...(await namedAnnouncements(trx))];
  const told: Told = { added: [], different: [], leftOut: [] };
  /** By the file's ids; null: the flows keep a copy. */
  const ids = new Map<string, string | null>();
  for (const announcement of announcements) {
    const { announcementId, name, prompt } = announcement;
    const alike = here.filter((each) => each.announcementId === announcementId || each.name === name.trim());
    const same = alike.find((each) => saysTheSame(each.prompt, prompt));
    if (same !== undefined || alike.length > 0) {
      if (same === undefined) told.different.push(name);
      ids.set(announcementId, same?.announcementId ?? null);
      continue;
    }
    const newId = await added(trx, announcement, deed);
    ids.set(announcementId, newId);
    (newId === null ? told.leftOut : told.added).push(name);
    if (newId !== null) here.push({ announcementId: newId, name: name.trim(), prompt });
  }
  const inFile = new Map(announcements.map((each) => [each.announcementId, each.prompt]));
  const tied = flows.map((flow) =>
    withLinks(flow, (id, prompt) => {
      const words = inFile.get(id);
      if (words === undefined) return id;
      // A file that was written by hand may say something else where it is used.
      return saysTheSame(words, prompt) ? (ids.get(id) ?? null) : null;
    }),
  );
  return { flows: tied, told };
}

/** @returns null where this house cannot say it: a sound that is not here, words that no flow may say. */
async function added(
  trx: Database,
  { name, prompt }: FileAnnouncement,
  { personId, at, address }: Deed,
): Promise<string | null> {
  const draft = AnnouncementDraftSchema.safeParse({ name, content: AnnouncementContentSchema.parse(prompt) });
  if (!draft.success) return null;
  try {
    const id = await addAnnouncement(trx, { draft: draft.data, personId, at });
    await audit(trx, 'announcementAdded', id, { personId, at, address });
    return id;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** Adds the readings of words that this house does not know; where it reads one otherwise, it goes on doing so, and it is told. @throws Refusal 400 */
export async function takeOverReadings(
  trx: Database,
  readings: readonly FileReading[],
  deed: Deed,
): Promise<FlowImported['readings']> {
  const told: FlowImported['readings'] = { added: [], different: [] };
  const here = new Map((await storedReadings(trx)).map(({ surface, reading }) => [surface, reading]));
  for (const written of readings) {
    const entry = DictionaryEntrySchema.safeParse(written);
    if (!entry.success)
      throw new Refusal(
        400,
        'badReading',
        `ファイルの中の言葉「${written.surface}」の読み方：${entry.error.issues[0]?.message ?? '正しくありません。'}`,
      );
    const { surface, reading } = entry.data;
    const own = here.get(surface);
    if (own !== undefined) {
      if (own !== reading) told.different.push({ surface, here: own, file: reading });
      continue;
    }
    await saveReading(trx, { entry: entry.data, version: null, personId: deed.personId, at: deed.at });
    await audit(trx, 'readingSaved', surface, deed);
    here.set(surface, reading);
    told.added.push(surface);
  }
  return told;
}

function audit(
  trx: Database,
  action: AuditAction,
  subject: string,
  { personId, at, address }: Deed,
): Promise<void> {
  const detail = { from: 'file' };
  return writeAudit(trx, { at: at.getTime(), userId: personId, action, subject, address, detail });
}
