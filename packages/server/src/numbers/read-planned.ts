import type { Database } from '../database/index.ts';
import type { NumberPlan, Planned } from '../http/number-contract.ts';

const GONE = '削除された利用者';
const SETTLED_SHOWN = 50;

/**
 * What is to happen to numbers by itself. @returns by number and its opening day: changes of state, versions that wait, and the day itself,
 * the next one first, what has no time last
 */
export async function readPlanned(
  db: Database,
  now: Date,
): Promise<(phoneNumber: string, opensOn: string | null) => Planned[]> {
  const states = await selectPlans(db).where('n.result', 'is', null).orderBy('n.plan_id').execute();
  const versions = await db
    .selectFrom('proposal as p')
    .innerJoin('proposal_number as n', 'n.proposal_id', 'p.proposal_id')
    .innerJoin('flow as f', 'f.flow_id', 'p.flow_id')
    .leftJoin('person', 'person.id', 'p.drafted_by')
    .select([
      'p.proposal_id',
      'p.state',
      'p.publish_at',
      'n.phone_number',
      'f.name',
      'person.name as drafter',
    ])
    .where('p.state', 'in', ['waiting', 'approved'])
    .orderBy('p.drafted_at')
    .execute();
  return (phoneNumber, opensOn) => {
    const ofNumber = (row: { readonly phone_number: string }) => row.phone_number === phoneNumber;
    const opening = opensOn === null ? null : new Date(`${opensOn}T00:00:00+09:00`);
    const planned: Planned[] = [
      ...states.filter(ofNumber).map((row) => ({
        type: 'state' as const,
        planId: row.plan_id,
        state: row.state ?? 'preparing',
        at: row.due_at.toISOString(),
        by: row.planner ?? GONE,
      })),
      ...versions.filter(ofNumber).map((row) => ({
        type: 'version' as const,
        proposalId: row.proposal_id,
        flowName: row.name,
        isApproved: row.state === 'approved',
        at: row.publish_at?.toISOString() ?? null,
        by: row.drafter ?? GONE,
      })),
      ...(opensOn === null || opening === null || opening <= now
        ? []
        : [{ type: 'opening' as const, day: opensOn, at: opening.toISOString() }]),
    ];
    const timeOf = ({ at }: Planned) => (at === null ? Number.POSITIVE_INFINITY : Date.parse(at));
    return planned.toSorted((one, other) =>
      timeOf(one) < timeOf(other) ? -1 : Number(timeOf(one) > timeOf(other)),
    );
  };
}

/** Changes of a number's state that are settled, the latest first. */
export async function readSettledPlans(db: Database, phoneNumber: string): Promise<NumberPlan[]> {
  const rows = await selectPlans(db)
    .where('n.phone_number', '=', phoneNumber)
    .where('n.result', 'is not', null)
    .orderBy('n.due_at', 'desc')
    .limit(SETTLED_SHOWN)
    .execute();
  return rows.flatMap(({ result, ...row }) =>
    result === null
      ? []
      : [
          {
            planId: row.plan_id,
            state: row.state ?? 'preparing',
            dueAt: row.due_at.toISOString(),
            createdBy: row.planner ?? GONE,
            result,
            reason: row.reason,
          },
        ],
  );
}

function selectPlans(db: Database) {
  return db
    .selectFrom('number_plan as n')
    .leftJoin('person as p', 'p.id', 'n.created_by')
    .selectAll('n')
    .select('p.name as planner');
}
