import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { listen } from '../../database/index.ts';
import type { CallSummary } from '../../http/contract.ts';
import { loggable } from '../../loggable-error.ts';
import { type SummaryShownRow, selectSummaries, summaryOf } from './call-summary.ts';
import { beginChangeHorizon, type ChangeHorizon, drawnIds } from './change-horizon.ts';

const CHANNEL = 'call_changed';
/** Readers look by themselves this often: a lost notification costs at most this much. */
const LOOK_EVERY_MS = 1_000;
/** Under load one look gathers many notifications. */
const LEAST_PAUSE_MS = 50;
/** A browser that missed more changes than this gets a new snapshot instead. */
const CATCH_UP_CHANGES = 1_000;

/** Somebody who looks at the calls: one browser's stream. */
export type Watcher = {
  /** `id` names what has been told so far; `data` is JSON (LiveSnapshotSchema). */
  tell(event: 'snapshot' | 'calls', id: string, data: string): void;
  /** False while it cannot take anything: it misses changes and gets a new snapshot on `refresh`. */
  readonly ready: boolean;
};

export type LiveReader = {
  start(): void;
  stop(): Promise<void>;
  /** `lastEventId` as the browser sent it, or null. @returns stops watching. */
  watch(watcher: Watcher, lastEventId: string | null): Watching;
};

export type Watching = {
  /** Asks for a new snapshot: what came before may have been missed. */
  refresh(): void;
  stop(): void;
};

type Seat = {
  readonly watcher: Watcher;
  /** What it needs before it can follow the changes: a snapshot, or what came after an id. */
  needs: 'nothing' | 'snapshot' | { readonly after: number };
};

/**
 * One reader for all browsers of this process. It is woken by NOTIFY and otherwise looks every second; with nobody watching it
 * rests. Reads one after another, never two at once.
 */
export function createLiveReader({
  databaseUrl,
  db,
  clock,
  log,
}: {
  readonly databaseUrl: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}): LiveReader {
  const seats = new Set<Seat>();
  /** Changes told since the horizon, so that reading them again tells nothing twice. */
  const told = new Map<string, number>();
  let horizon: ChangeHorizon | null = null;
  let stopListening: (() => Promise<void>) | null = null;
  let cancelTimer: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let failing = false;
  let lastLookMs = Number.NEGATIVE_INFINITY;

  function lookSoon(delayMs: number): void {
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    cancelTimer?.();
    const pauseMs = lastLookMs + LEAST_PAUSE_MS - clock.monotonicMs();
    cancelTimer = clock.after(Math.max(delayMs, pauseMs), () => {
      cancelTimer = null;
      lastLookMs = clock.monotonicMs();
      if (seats.size === 0) {
        horizon = null;
        return;
      }
      running = look().finally(() => {
        running = null;
        const delay = again ? 0 : LOOK_EVERY_MS;
        again = false;
        lookSoon(delay);
      });
    });
  }

  async function look(): Promise<void> {
    try {
      if (horizon === null) {
        horizon = await beginWatching();
      } else {
        await tellChanges(horizon);
      }
      for (const seat of seats)
        if (seat.needs !== 'nothing' && seat.watcher.ready) await supply(seat, horizon);
      if (failing) log.info('live calls are read again');
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ err: loggable(error) }, 'live calls cannot be read just now');
      failing = true;
    }
  }

  /** Calls that campaigns place are watched on their own screen: hundreds at once would hide who calls us. */
  function receivedCalls() {
    return selectSummaries(db).where('s.is_placed', '=', false);
  }

  /** What is visible now reaches everybody by the snapshot that follows, so it counts as told. */
  async function beginWatching(): Promise<ChangeHorizon> {
    const beginning = await beginChangeHorizon(db);
    told.clear();
    const visible = await db
      .selectFrom('call_summary')
      .select(['call_id', 'change_id'])
      .where('change_id', '>', beginning.settledId)
      .execute();
    for (const row of visible) told.set(row.call_id, row.change_id);
    return beginning;
  }

  async function tellChanges(known: ChangeHorizon): Promise<void> {
    const from = known.settledId;
    await known.look();
    const rows = await receivedCalls().where('s.change_id', '>', from).orderBy('s.change_id').execute();
    const fresh = rows.filter((row) => told.get(row.call_id) !== row.change_id);
    for (const row of fresh) told.set(row.call_id, row.change_id);
    for (const [callId, changeId] of told) if (changeId <= known.settledId) told.delete(callId);
    if (fresh.length === 0) return;
    const data = payload(fresh.map(summaryOf));
    for (const seat of seats) {
      if (seat.needs !== 'nothing') continue;
      if (seat.watcher.ready) seat.watcher.tell('calls', String(known.settledId), data);
      else seat.needs = 'snapshot';
    }
  }

  /** Runs after `tellChanges` in the same round, so that whatever it does not see is told in a later one. */
  async function supply(seat: Seat, known: ChangeHorizon): Promise<void> {
    const id = String(known.settledId);
    if (typeof seat.needs === 'object') {
      const { after } = seat.needs;
      const drawn = await drawnIds(db);
      if (after <= drawn && drawn - after <= CATCH_UP_CHANGES) {
        const rows = await receivedCalls().where('s.change_id', '>', after).orderBy('s.change_id').execute();
        settle(seat, 'calls', id, rows);
        return;
      }
    }
    const rows = await receivedCalls().where('s.ended_at', 'is', null).orderBy('s.began_at').execute();
    settle(seat, 'snapshot', id, rows);
  }

  function settle(
    seat: Seat,
    event: 'snapshot' | 'calls',
    id: string,
    rows: readonly SummaryShownRow[],
  ): void {
    // It may have become full during the read: it then asks again.
    if (!seat.watcher.ready) {
      seat.needs = 'snapshot';
      return;
    }
    seat.needs = 'nothing';
    seat.watcher.tell(event, id, payload(rows.map(summaryOf)));
  }

  function payload(calls: readonly CallSummary[]): string {
    return JSON.stringify({ calls, at: new Date(clock.now()).toISOString() });
  }

  return {
    start() {
      stopListening = listen(databaseUrl, [CHANNEL], {
        clock,
        onWake: () => {
          if (seats.size > 0) lookSoon(0);
        },
        onLost: (error) =>
          log.warn({ err: loggable(error) }, 'the connection that hears of changed calls was lost'),
      });
    },
    async stop() {
      stopped = true;
      cancelTimer?.();
      seats.clear();
      await running;
      await stopListening?.();
    },
    watch(watcher, lastEventId) {
      const after =
        lastEventId !== null && /^\d{1,15}$/.test(lastEventId) ? { after: Number(lastEventId) } : null;
      const seat: Seat = { watcher, needs: after ?? 'snapshot' };
      seats.add(seat);
      lookSoon(0);
      return {
        refresh() {
          seat.needs = 'snapshot';
          lookSoon(0);
        },
        stop() {
          seats.delete(seat);
        },
      };
    },
  };
}
