import type { Updateable } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database, Tables } from '../../database/index.ts';
import type { PlacedCallEvent, PlacedCallSounds, PlacingLine } from '../../line/index.ts';
import { type ClaimedOrder, claimOrder, expireOrders } from './orders.ts';
import { OPEN_STATES } from './tables.ts';

/** Of each telephone. */
const RING_MS = 45_000;
/** From the order to the talk, whatever is not reported. */
const CONNECTING_LIMIT_MS = 2 * RING_MS + 60_000;
/** As of a transfer's talk (docs/flow.md). */
const TALK_LIMIT_MS = 4 * 3_600_000;
const TRY_AGAIN_MS = 2_000;

export type OrderedCalls = {
  /** Looks for orders and for orders to stop. Call it once the line is started, and whenever either may be there. */
  wake(): void;
  stop(): Promise<void>;
};

type Change = Omit<Updateable<Tables['placed_call']>, 'placed_call_id'>;

/**
 * Places what staff have ordered. Each order is claimed in PostgreSQL first and dialled once at most: of what a former process of this machine
 * left open, talks go on and the rest becomes 'unknown'. Make it before the line is started, so that nothing is missed.
 */
export function placeOrderedCalls(parts: {
  readonly line: PlacingLine;
  readonly sounds: () => Promise<PlacedCallSounds>;
  readonly db: Database;
  readonly clock: Clock;
  readonly callNode: string;
  readonly log: Logger;
}): OrderedCalls {
  const { line, db, clock, callNode, log } = parts;
  const deadlines = new Map<string, () => void>();
  let isSettled = false;
  let stopped = false;
  let looking: Promise<void> | null = null;
  let isWoken = false;
  let cancelRetry: (() => void) | null = null;
  /** One after the other, so that an end is never overwritten by what came before it. */
  let writing: Promise<void> = Promise.resolve();

  line.onPlacedCall(hear);

  function hear(event: PlacedCallEvent): void {
    const { id } = event;
    const at = new Date(clock.now());
    switch (event.type) {
      case 'ringingCitizen':
        write(id, { state: 'ringingCitizen' });
        return;
      case 'talking':
        limit(id, TALK_LIMIT_MS);
        write(id, { state: 'talking', connected_at: at });
        return;
      case 'ended':
        over(id, { state: 'ended', ended_at: at });
        return;
      case 'failed':
        over(id, { state: 'failed', reason: event.reason, ended_at: at });
        return;
      case 'lost':
        over(id, { state: 'unknown', ended_at: at });
    }
  }

  function over(id: string, change: Change): void {
    deadlines.get(id)?.();
    deadlines.delete(id);
    write(id, change);
  }

  function limit(id: string, ms: number): void {
    deadlines.get(id)?.();
    deadlines.set(
      id,
      clock.after(ms, () => {
        void takeDown(id);
        // Where the line knows nothing of it any more.
        if (deadlines.has(id)) over(id, { state: 'unknown', ended_at: new Date(clock.now()) });
      }),
    );
  }

  async function takeDown(id: string): Promise<void> {
    try {
      await line.endPlacedCall(id);
    } catch (error) {
      log.warn({ err: error }, 'a placed call could not be taken down');
    }
  }

  function write(id: string, change: Change): void {
    writing = writing.then(async () => {
      while (!stopped) {
        try {
          await db
            .updateTable('placed_call')
            .set(change)
            .where('placed_call_id', '=', id)
            .where('state', 'in', OPEN_STATES)
            .execute();
          return;
        } catch (error) {
          log.warn({ err: error }, 'the state of a placed call is written later');
          await new Promise<void>((resolve) => clock.after(TRY_AGAIN_MS, resolve));
        }
      }
    });
  }

  async function settleFormer(): Promise<void> {
    const open = await db
      .selectFrom('placed_call')
      .select('placed_call_id')
      .where('call_node', '=', callNode)
      .where('state', 'in', OPEN_STATES)
      .execute();
    for (const { placed_call_id: id } of open) {
      if (line.placedCallIds.has(id)) limit(id, TALK_LIMIT_MS);
      else write(id, { state: 'unknown', ended_at: new Date(clock.now()) });
    }
    isSettled = true;
  }

  async function look(): Promise<void> {
    if (!isSettled) await settleFormer();
    await expireOrders(db, clock.now());
    const unwanted = await db
      .selectFrom('placed_call')
      .select('placed_call_id')
      .where('call_node', '=', callNode)
      .where('state', 'in', OPEN_STATES)
      .where('stop_asked_at', 'is not', null)
      .execute();
    await Promise.all(unwanted.map(({ placed_call_id: id }) => takeDown(id)));
    for (;;) {
      const order = stopped ? null : await claimOrder(db, { callNode, now: clock.now() });
      if (order === null) return;
      await place(order);
    }
  }

  async function place(order: ClaimedOrder): Promise<void> {
    const { id } = order;
    limit(id, CONNECTING_LIMIT_MS);
    try {
      await line.placeCall({ ...order, ringTimeoutMs: RING_MS, sounds: await parts.sounds() });
    } catch (error) {
      log.warn({ err: error }, 'a call could not be placed');
      over(id, { state: 'failed', reason: 'staffFailed', ended_at: new Date(clock.now()) });
    }
  }

  function wake(): void {
    if (stopped) return;
    isWoken = true;
    looking ??= lookAll().finally(() => {
      looking = null;
      // Woken between the last look and here.
      if (isWoken && cancelRetry === null) wake();
    });
  }

  async function lookAll(): Promise<void> {
    cancelRetry?.();
    cancelRetry = null;
    try {
      while (isWoken && !stopped) {
        isWoken = false;
        await look();
      }
    } catch (error) {
      log.warn({ err: error }, 'ordered calls are looked for again');
      cancelRetry = clock.after(TRY_AGAIN_MS, wake);
    }
  }

  return {
    wake,
    async stop() {
      stopped = true;
      cancelRetry?.();
      for (const cancel of deadlines.values()) cancel();
      await looking;
      await writing;
    },
  };
}
