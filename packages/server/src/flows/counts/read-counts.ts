import { OutcomeSchema, type RunnableFlow } from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { BranchCount, CountQuery, Counts } from '../../http/count-contract.ts';
import { placesOf, type Standing } from './places.ts';

/** Which calls of `call_summary as s` count: those that were let in, and are no test caller's. */
const COUNTED = sql<boolean>`s.outcome is distinct from 'refused' and not s.is_test and not s.is_placed`;

/** Where the calls of a version went in a period. */
export async function readCounts(db: Database, bundle: RunnableFlow, query: CountQuery): Promise<Counts> {
  const [branches, standings, numbers] = await Promise.all([
    branchesTaken(db, query),
    standingsOf(db, query),
    callsByNumber(db, query),
  ]);
  const sum = (some: readonly Standing[]) => some.reduce((calls, each) => calls + each.calls, 0);
  return {
    calls: sum(standings),
    unanswered: sum(standings.filter(({ wasAnswered }) => !wasAnswered)),
    branches: [...branches],
    places: [...placesOf(bundle, branches, standings)],
    numbers: [...numbers],
  };
}

/** How often each branch was taken. */
async function branchesTaken(
  db: Database,
  { bundleId, from, to, phoneNumber }: CountQuery,
): Promise<readonly BranchCount[]> {
  return await db
    .selectFrom('branch_count')
    .select(['flow_id as flowId', 'node_id as nodeId', 'branch'])
    .select(sql<number>`sum(count)::integer`.as('count'))
    .where('bundle_id', '=', bundleId)
    .where('call_day', '>=', from)
    .where('call_day', '<=', to)
    .$if(phoneNumber !== undefined, (all) => all.where('phone_number', '=', phoneNumber ?? ''))
    .groupBy(['flow_id', 'node_id', 'branch'])
    .orderBy('flow_id')
    .orderBy('node_id')
    .orderBy('branch')
    .execute();
}

const TakenSchema = z.object({ flowId: z.string(), nodeId: z.string(), branch: z.string() });

/** Where the calls stand now, or stood when they ended. The summary names a node but not its flow: that is known from the last branch. */
async function standingsOf(
  db: Database,
  { bundleId, from, to, phoneNumber }: CountQuery,
): Promise<readonly Standing[]> {
  const rows = await db
    .selectFrom('call_summary as s')
    .leftJoinLateral(
      (of) =>
        of
          .selectFrom('call_event as e')
          .select(['e.seq', sql<unknown>`e.taken -> -1`.as('taken')])
          .whereRef('e.call_day', '=', 's.call_day')
          .whereRef('e.call_id', '=', 's.call_id')
          .where(sql<boolean>`e.taken <> '[]'`)
          .orderBy('e.seq', 'desc')
          .limit(1)
          .as('last'),
      (join) => join.onTrue(),
    )
    .select([
      's.node_id',
      's.outcome',
      'last.taken',
      sql<boolean>`s.answered_at is not null`.as('was_answered'),
      sql<boolean>`s.ended_at is not null and last.seq is not distinct from s.last_seq`.as('by_ending'),
      sql<number>`count(*)::integer`.as('calls'),
    ])
    .where('s.bundle_id', '=', bundleId)
    .where('s.call_day', '>=', from)
    .where('s.call_day', '<=', to)
    .where(COUNTED)
    .$if(phoneNumber !== undefined, (all) => all.where('s.phone_number', '=', phoneNumber ?? ''))
    .groupBy([sql`1`, sql`2`, sql`3`, sql`4`, sql`5`])
    .execute();
  return rows.map((row) => ({
    nodeId: row.node_id,
    lastTaken: row.taken === null ? null : TakenSchema.parse(row.taken),
    tookItByEnding: row.by_ending,
    outcome: row.outcome === null ? null : OutcomeSchema.parse(row.outcome),
    wasAnswered: row.was_answered,
    calls: row.calls,
  }));
}

/** How many calls each number had of the version. */
async function callsByNumber(db: Database, { bundleId, from, to }: CountQuery): Promise<Counts['numbers']> {
  const rows = await db
    .selectFrom('call_summary as s')
    .leftJoin('phone_number as n', 'n.phone_number', 's.phone_number')
    .select(['s.phone_number', 'n.name', sql<number>`count(*)::integer`.as('calls')])
    .where('s.bundle_id', '=', bundleId)
    .where('s.call_day', '>=', from)
    .where('s.call_day', '<=', to)
    .where(COUNTED)
    .groupBy(['s.phone_number', 'n.name'])
    .orderBy('s.phone_number')
    .execute();
  return rows.map(({ phone_number, name, calls }) => ({
    phoneNumber: phone_number,
    shown: showNumber(phone_number),
    name: name ?? '登録のない番号',
    calls,
  }));
}
