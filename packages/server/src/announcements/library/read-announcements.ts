import {
  type AnnouncementContent,
  AnnouncementContentSchema,
  type Library,
  saysTheSame,
} from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import type { AnnouncementDetail, AnnouncementShown, Usage } from '../../http/announcement-contract.ts';
import { Refusal } from '../../http/index.ts';
import { namesOf } from '../../inbox/index.ts';
import { VOICE_CREDITS } from '../../speech/index.ts';
import type { UsedFlow, UsedFlows } from '../used-flows.ts';
import { usualVoice } from '../voices/usual-voice.ts';

/** What every announcement says now, by its id: what `withLibrary` puts into flows. */
export async function readLibrary(db: Database): Promise<Library> {
  const rows = await db
    .selectFrom('announcement')
    .select(['announcement_id', 'content'])
    .where('removed_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.announcement_id, AnnouncementContentSchema.parse(row.content)]));
}

/** All announcements, by name, with where they are used. */
export async function listAnnouncements(db: Database, flows: UsedFlows): Promise<AnnouncementShown[]> {
  const rows = await db
    .selectFrom('announcement')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('announcement_id')
    .execute();
  const used = await flows.read();
  const creditOf = await creditsOf(db);
  const nameOf = await namesOf(
    db,
    rows.map((row) => row.changed_by),
  );
  return rows.map((row) => {
    const content = AnnouncementContentSchema.parse(row.content);
    return {
      announcementId: row.announcement_id,
      version: row.version,
      name: row.name,
      content,
      voiceCredit: creditOf(content, row.voice_credit),
      changedAt: row.changed_at.toISOString(),
      changedBy: nameOf(row.changed_by)?.name ?? '',
      usages: used.flatMap((flow) => usageOf(row.announcement_id, content, flow)),
    };
  });
}

/** One announcement with all that it ever said. @throws Refusal 404 */
export async function readAnnouncement(
  db: Database,
  flows: UsedFlows,
  announcementId: string,
): Promise<AnnouncementDetail> {
  const announcement = (await listAnnouncements(db, flows)).find(
    (each) => each.announcementId === announcementId,
  );
  if (announcement === undefined) throw announcementNotFound();
  const rows = await db
    .selectFrom('announcement_version')
    .selectAll()
    .where('announcement_id', '=', announcementId)
    .orderBy('version', 'desc')
    .execute();
  const nameOf = await namesOf(
    db,
    rows.map((row) => row.changed_by),
  );
  const creditOf = await creditsOf(db);
  const history = rows.map((row) => {
    const content = AnnouncementContentSchema.parse(row.content);
    return {
      version: row.version,
      name: row.name,
      content,
      voiceCredit: creditOf(content, row.voice_credit),
      changedAt: row.changed_at.toISOString(),
      changedBy: nameOf(row.changed_by)?.name ?? '',
    };
  });
  return { announcement, history };
}

/** Who is to be named: of a text the voice that reads it now, of a sound who is stored with it. */
async function creditsOf(db: Database): Promise<(content: AnnouncementContent, stored: string) => string> {
  const credit = VOICE_CREDITS[await usualVoice(db)];
  return (content, stored) => (content.type === 'text' ? credit : stored);
}

export function announcementNotFound(): Refusal {
  return new Refusal(
    404,
    'announcementNotFound',
    'このアナウンスは見つかりません。削除された可能性があります。',
  );
}

function usageOf(
  announcementId: string,
  content: AnnouncementShown['content'],
  flow: UsedFlow,
): readonly Usage[] {
  const links = flow.links.filter((link) => link.announcementId === announcementId);
  if (links.length === 0) return [];
  const nodes = new Map(links.map(({ nodeId, nodeTitle }) => [nodeId, { nodeId, title: nodeTitle }]));
  const { kind, flowId, flowName, phoneNumberShown, phoneNumberName } = flow;
  return [
    {
      kind,
      flowId,
      flowName,
      phoneNumberShown,
      phoneNumberName,
      nodes: [...nodes.values()],
      // A draft is read with the newest words of the library.
      isNewest: kind === 'draft' || links.every(({ prompt }) => saysTheSame(prompt, content)),
    },
  ];
}
