import { sql } from 'kysely';
import type { Database } from '../database/index.ts';

/** Every calendar that a stored bundle asks, in whatever flow and node. */
const ASKED = '$.flows.*.nodes.* ? (@.kind == "openingHours").calendarId';

/** What is not in force, and would be without hours if a calendar were gone. */
export type AskingVersions = {
  /** Names of flows with a proposal 伺い that is still to be published as it is. */
  readonly proposals: readonly string[];
  /** Versions to which a number may go back ('資格のフロー 第3版'), the newest first. */
  readonly earlierVersions: readonly string[];
};

export async function readAskingVersions(db: Database, calendarId: string): Promise<AskingVersions> {
  const proposals = await db
    .selectFrom('proposal as p')
    .innerJoin('flow as f', 'f.flow_id', 'p.flow_id')
    .select('f.name')
    .where('p.state', 'in', ['waiting', 'approved'])
    .where(asks(sql.ref('p.bundle'), calendarId))
    .orderBy('f.name')
    .execute();
  const versions = await db
    .selectFrom('flow_bundle as b')
    .select(['b.name', 'b.version_no'])
    .where('b.version_no', 'is not', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('phone_number as n')
          .select('n.phone_number')
          .whereRef('n.flow_id', '=', 'b.flow_id')
          .where('n.bundle_id', 'is distinct from', sql.ref<string>('b.bundle_id')),
      ),
    )
    .where(asks(sql.ref('b.bundle'), calendarId))
    .orderBy('b.published_at', 'desc')
    .execute();
  return {
    proposals: proposals.map(({ name }) => name),
    earlierVersions: versions.map(({ name, version_no }) => `${name} 第${version_no}版`),
  };
}

/** Whether a version asks a calendar that has been removed: its callers would find the counter always closed. */
export async function asksRemovedCalendar(db: Database, bundleId: string): Promise<boolean> {
  const missing = await db
    .selectFrom('flow_bundle as b')
    .select('b.bundle_id')
    .where('b.bundle_id', '=', bundleId)
    .where(
      sql<boolean>`exists (
        select from jsonb_path_query(b.bundle, ${ASKED}::text::jsonpath) as asked
        where not exists (select from calendar as c where c.calendar_id = asked #>> '{}'))`,
    )
    .executeTakeFirst();
  return missing !== undefined;
}

function asks(bundle: ReturnType<typeof sql.ref>, calendarId: string) {
  return sql<boolean>`${calendarId}::text in
    (select asked #>> '{}' from jsonb_path_query(${bundle}, ${ASKED}::text::jsonpath) as asked)`;
}
