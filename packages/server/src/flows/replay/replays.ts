import { randomUUID } from 'node:crypto';
import type { ReplayTotals, RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import { countPastCalls, type PastCalls } from '../../calls/reading/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { MOST_REPLAYED_CALLS } from '../../http/trial-contract.ts';
import { readHouse } from '../trial/house.ts';
import { replayCalls } from './replay-calls.ts';

export type ReplayOrder = PastCalls & { readonly flowId: string; readonly draft: RunnableFlow };

/** Replays that staff asked for. They run one after another in this process; a row tells how far each has come. */
export type Replays = {
  /** Closes what a process before this one left undone. */
  begin(): Promise<void>;
  /** @returns the id of the new replay. */
  ask(order: ReplayOrder, personId: string): Promise<string>;
  /** Of one that is over already nothing changes. */
  cancel(flowId: string, replayId: string): Promise<void>;
  /** Resolves when the replays asked for so far are over. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

/** Older ones of a flow are removed: a draft has changed since. */
const KEPT_REPLAYS = 20;

export function createReplays({
  db,
  clock,
  log,
  mostCalls = MOST_REPLAYED_CALLS,
}: {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Logger, 'error'>;
  readonly mostCalls?: number;
}): Replays {
  let queue: Promise<void> = Promise.resolve();
  let stopping = false;

  return {
    async begin() {
      await db
        .updateTable('flow_replay')
        .set({ state: 'failed', settled_at: new Date(clock.now()) })
        .where('state', 'in', ['waiting', 'running'])
        .execute();
    },
    async ask(order, personId) {
      const replayId = randomUUID();
      await db
        .insertInto('flow_replay')
        .values({
          replay_id: replayId,
          flow_id: order.flowId,
          from_day: order.from,
          to_day: order.to,
          phone_numbers: JSON.stringify(order.phoneNumbers),
          total: null,
          totals: null,
          asked_at: new Date(clock.now()),
          asked_by: personId,
          settled_at: null,
        })
        .execute();
      await removeOld(db, order.flowId);
      queue = queue.then(() => attempt(replayId, order));
      return replayId;
    },
    async cancel(flowId, replayId) {
      await db
        .updateTable('flow_replay')
        .set({ state: 'cancelled', settled_at: new Date(clock.now()) })
        .where('flow_id', '=', flowId)
        .where('replay_id', '=', replayId)
        .where('state', 'in', ['waiting', 'running'])
        .execute();
    },
    settled: () => queue,
    async stop() {
      stopping = true;
      await queue;
    },
  };

  /** One that fails keeps no other from running. */
  async function attempt(replayId: string, order: ReplayOrder): Promise<void> {
    try {
      await run(replayId, order);
    } catch (error) {
      log.error({ err: error, replayId }, 'a replay failed');
      await settle(replayId, 'failed', null).catch((again: unknown) =>
        log.error({ err: again, replayId }, 'a failed replay could not be closed'),
      );
    }
  }

  async function run(replayId: string, order: ReplayOrder): Promise<void> {
    if (!(await progress(replayId, 0))) return;
    const found = await countPastCalls(db, order);
    const total = Math.min(found, mostCalls);
    await db
      .updateTable('flow_replay')
      .set({ total, is_cut: found > total })
      .where('replay_id', '=', replayId)
      .execute();
    const house = await readHouse(db, { lists: true });
    const totals = await replayCalls({ db, house, draft: order.draft }, order, mostCalls, (done) =>
      progress(replayId, done),
    );
    if (totals !== 'stopped') await settle(replayId, 'done', totals);
  }

  /** @returns whether to go on. */
  async function progress(replayId: string, done: number): Promise<boolean> {
    if (stopping) {
      await settle(replayId, 'failed', null);
      return false;
    }
    const { numUpdatedRows } = await db
      .updateTable('flow_replay')
      .set({ state: 'running', done })
      .where('replay_id', '=', replayId)
      .where('state', 'in', ['waiting', 'running'])
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async function settle(
    replayId: string,
    state: 'done' | 'failed',
    totals: ReplayTotals | null,
  ): Promise<void> {
    await db
      .updateTable('flow_replay')
      .set({
        state,
        totals: totals === null ? null : JSON.stringify(totals),
        settled_at: new Date(clock.now()),
      })
      .where('replay_id', '=', replayId)
      .where('state', 'in', ['waiting', 'running'])
      .execute();
  }
}

async function removeOld(db: Database, flowId: string): Promise<void> {
  await db
    .deleteFrom('flow_replay')
    .where('flow_id', '=', flowId)
    .where('state', 'not in', ['waiting', 'running'])
    .where('replay_id', 'not in', (select) =>
      select
        .selectFrom('flow_replay')
        .select('replay_id')
        .where('flow_id', '=', flowId)
        .orderBy('asked_at', 'desc')
        .limit(KEPT_REPLAYS),
    )
    .execute();
}
