import { BundleDraftSchema, difference } from '@madoguchi/flow';
import { mayDo, type Role } from '../../accounts/index.ts';
import { storedReadings } from '../../announcements/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { ProposalDetail, ProposalSummary } from '../../http/publish-contract.ts';
import { isDraftNewer } from '../drafts/is-draft-newer.ts';
import { readFlows } from '../drafts/read-flows.ts';
import { readingChanges, withReadings } from '../version-readings.ts';
import { whyNotDecide } from './may-decide.ts';

const MOST = 200;
const OPEN = ['waiting', 'approved'] as const;
/** Stands for somebody whose account is gone: what they did stays. */
const GONE = '登録のない職員';

/** Proposals that are open, or that are settled; newest first. */
export async function listProposals(db: Database, state: 'open' | 'settled'): Promise<ProposalSummary[]> {
  const rows = await proposals(db)
    .where('p.state', state === 'open' ? 'in' : 'not in', [...OPEN])
    .orderBy('p.drafted_at', 'desc')
    .limit(MOST)
    .execute();
  const numbers = await numbersOf(
    db,
    rows.map((row) => row.proposal_id),
  );
  return rows.map((row) => summary(row, numbers));
}

/** One proposal with what it changes and what has been decided; null where there is none. */
export async function readProposal(
  db: Database,
  proposalId: string,
  person: { readonly userId: string; readonly role: Role },
): Promise<ProposalDetail | null> {
  const row = await proposals(db).where('p.proposal_id', '=', proposalId).executeTakeFirst();
  if (row === undefined) return null;
  const decisions = await db
    .selectFrom('proposal_decision as d')
    .leftJoin('person', 'person.id', 'd.decided_by')
    .select([
      'd.step',
      'd.decision',
      'd.decided_by',
      'd.on_behalf_of',
      'd.reason',
      'd.decided_at',
      'person.name',
    ])
    .where('d.proposal_id', '=', proposalId)
    .orderBy('d.step')
    .execute();
  const bundle = BundleDraftSchema.parse(row.bundle);
  const before = await versionBefore(db, row);
  const isNewer =
    isDraftNewer(bundle, await readFlows(db)) ||
    readingChanges(bundle, withReadings(bundle, await storedReadings(db))).length > 0;
  const mayApprove = mayDo(person.role, 'approveFlows');
  const why = whyNotDecide(
    {
      draftedBy: row.drafted_by,
      state: row.state,
      deciders: decisions.map((each) => each.decided_by),
    },
    person.userId,
  );
  const isOpen = row.state === 'waiting' || row.state === 'approved';
  return {
    ...summary(row, await numbersOf(db, [proposalId])),
    contentSha256: row.content_sha256,
    changes: difference(before, bundle).map((change) => ({ ...change, settings: [...change.settings] })),
    readings: [...readingChanges(before, bundle)],
    decisions: decisions.map((each) => ({
      step: each.step,
      decision: each.decision,
      by: { personId: each.decided_by, name: each.name ?? GONE },
      onBehalfOf: each.on_behalf_of,
      reason: each.reason,
      at: each.decided_at.toISOString(),
    })),
    isDraftNewer: isOpen && isNewer,
    soundsReady: row.sounds_ready_at !== null,
    reason: row.reason,
    versionNo: row.version_no,
    settledAt: row.settled_at?.toISOString() ?? null,
    may: {
      decide: mayApprove && why === null,
      whyNot: row.state === 'waiting' && mayApprove ? why : null,
      withdraw: isOpen && row.drafted_by === person.userId,
      publish: row.state === 'approved' && row.sounds_ready_at !== null && mayDo(person.role, 'publishFlows'),
    },
  };
}

function proposals(db: Database) {
  return db
    .selectFrom('proposal as p')
    .innerJoin('flow as f', 'f.flow_id', 'p.flow_id')
    .leftJoin('person', 'person.id', 'p.drafted_by')
    .leftJoin('flow_bundle as b', 'b.bundle_id', 'p.bundle_id')
    .selectAll('p')
    .select(['f.name as flow_name', 'person.name as drafter_name', 'b.version_no'])
    .select((select) =>
      select
        .selectFrom('proposal_decision as d')
        .select((count) => count.fn.countAll<string>().as('count'))
        .whereRef('d.proposal_id', '=', 'p.proposal_id')
        .where('d.decision', '=', 'approved')
        .as('steps_done'),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof proposals>['executeTakeFirstOrThrow']>>;
type Numbers = ReadonlyMap<string, ProposalSummary['numbers']>;

function summary(row: Row, numbers: Numbers): ProposalSummary {
  return {
    proposalId: row.proposal_id,
    flowId: row.flow_id,
    flowName: row.flow_name,
    comment: row.comment,
    draftedBy: { personId: row.drafted_by, name: row.drafter_name ?? GONE },
    draftedAt: row.drafted_at.toISOString(),
    state: row.state,
    steps: row.steps,
    stepsDone: Number(row.steps_done ?? 0),
    publishWhen: row.publish_when,
    publishAt: row.publish_at?.toISOString() ?? null,
    numbers: numbers.get(row.proposal_id) ?? [],
  };
}

async function numbersOf(db: Database, proposalIds: readonly string[]): Promise<Numbers> {
  if (proposalIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('proposal_number as p')
    .innerJoin('phone_number as n', 'n.phone_number', 'p.phone_number')
    .select(['p.proposal_id', 'n.phone_number', 'n.name'])
    .where('p.proposal_id', 'in', proposalIds)
    .orderBy('n.phone_number')
    .execute();
  return new Map(
    [...Map.groupBy(rows, (row) => row.proposal_id)].map(([id, own]) => [
      id,
      own.map(({ phone_number, name }) => ({
        phoneNumber: phone_number,
        shown: showNumber(phone_number),
        name,
      })),
    ]),
  );
}

/** What was the newest version when the proposal was published, or is now. */
async function versionBefore(db: Database, row: Row) {
  const version = await db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('flow_id', '=', row.flow_id)
    .where('version_no', 'is not', null)
    .$if(row.version_no !== null, (query) => query.where('version_no', '<', row.version_no ?? 0))
    .orderBy('version_no', 'desc')
    .limit(1)
    .executeTakeFirst();
  const bundle = BundleDraftSchema.safeParse(version?.bundle);
  return bundle.success ? bundle.data : null;
}
