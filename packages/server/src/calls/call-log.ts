import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { answeringWithin, ensurePartitions, isRefusedRow } from '../database/index.ts';
import { type Batch, batchOf, type LogEntry, splitByCall } from './call-record.ts';
import type { Spool } from './spool.ts';
import { writeBatch } from './write-batch.ts';

/** Longest time an event waits for company before its group is written. DESIGN.md allows 100 ms in all. */
const GATHER_MS = 50;
const RETRY_MS = 1_000;
/** A PostgreSQL that has not taken a group by then counts as away. Callers who are to be transferred wait that long, once. */
const WRITE_LIMIT_MS = 2_000;
/** A drain that took no longer than this left so little behind that new events may wait for the rest. */
const SHORT_DRAIN_MS = 200;
/** Drains beside new events before the last one; more would only run after a stream of events that is faster than PostgreSQL. */
const MOST_DRAINS = 5;

/**
 * The log of all calls of this process. Entries are written in groups; `durable` resolves when an entry survives a crash: it is in
 * PostgreSQL, or, while that is away, on the local disk.
 *
 * States: `writing` (to PostgreSQL) → `spooling` (PostgreSQL refused, or did not answer in time: everything goes to the spool, in order,
 * also while older parts of it are written to PostgreSQL) → `writing` (the spool was written whole). One group is under way at a time,
 * so the order of a call's events is kept.
 */
export type CallLog = {
  /** Takes an entry; the promise resolves when it is durable. `urgent` does not wait for company. */
  append(entry: LogEntry, urgent: boolean): Promise<void>;
  readonly state: 'writing' | 'spooling';
  /** Writes what the spool holds, now. False where PostgreSQL does not answer: then `spooled` tells what it does not have. */
  drain(): Promise<boolean>;
  spooled(): Promise<readonly Batch[]>;
  /** Resolves when everything appended so far is durable. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

type Waiting = { readonly entry: LogEntry; readonly kept: () => void };

export function createCallLog({
  db,
  spool,
  clock,
  log,
  onPosted,
}: {
  readonly db: Database;
  readonly spool: Spool;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told after text messages entered the outbox. */
  readonly onPosted: () => void;
}): CallLog {
  let waiting: Waiting[] = [];
  let cancelGather: (() => void) | null = null;
  let cancelRetry: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let draining: Promise<void> | null = null;
  let state: 'writing' | 'spooling' = spool.waiting ? 'spooling' : 'writing';
  let stopped = false;
  const bounded = answeringWithin(db, WRITE_LIMIT_MS);

  function append(entry: LogEntry, urgent: boolean): Promise<void> {
    return new Promise((kept) => {
      waiting.push({ entry, kept });
      if (urgent) flush();
      else cancelGather ??= clock.after(GATHER_MS, flush);
    });
  }

  function flush(): void {
    cancelGather?.();
    cancelGather = null;
    running ??= writeAll().finally(() => {
      running = null;
      if (waiting.length > 0) flush();
    });
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await keep(batchOf(group.map((one) => one.entry)));
      for (const one of group) one.kept();
    }
  }

  async function keep(batch: Batch): Promise<void> {
    if (state === 'writing') {
      try {
        await write(batch);
        return;
      } catch (error) {
        log.warn({ err: error }, 'PostgreSQL does not answer: call events go to the spool');
        state = 'spooling';
      }
    }
    await keepInSpool(batch);
    scheduleRetry();
  }

  /** With database and disk both gone, events stay in memory and the calls go on. */
  async function keepInSpool(batch: Batch): Promise<void> {
    for (;;) {
      try {
        return await spool.keep(batch);
      } catch (error) {
        log.error({ err: error }, 'the spool cannot be written: call events wait in memory');
        if (stopped) return;
        await new Promise<void>((resolve) => clock.after(RETRY_MS, resolve));
      }
    }
  }

  async function write(batch: Batch): Promise<void> {
    await ensurePartitions(
      bounded,
      batch.events.map((event) => event.call_day),
    );
    await writeBatch(bounded, batch);
    if (batch.sms.length > 0) onPosted();
  }

  function scheduleRetry(): void {
    if (stopped) return;
    cancelRetry ??= clock.after(RETRY_MS, () => {
      cancelRetry = null;
      void drainSpool();
    });
  }

  function drainSpool(): Promise<void> {
    draining ??= drainAll().finally(() => {
      draining = null;
    });
    return draining;
  }

  async function drainAll(): Promise<void> {
    try {
      await drainBesideNewEvents();
      await drainLast();
      log.info('the spool is written: call events go to PostgreSQL again');
    } catch (error) {
      if (!stopped) log.warn({ err: error }, 'the spool cannot be written to PostgreSQL yet');
      scheduleRetry();
    }
  }

  /** New events are kept in the spool meanwhile: they must not wait for a PostgreSQL that may fall silent again. */
  async function drainBesideNewEvents(): Promise<void> {
    for (let drains = 0; drains < MOST_DRAINS; drains++) {
      const beganMs = clock.monotonicMs();
      await spool.drain(writeOrSetAside);
      if (clock.monotonicMs() - beganMs <= SHORT_DRAIN_MS) return;
    }
  }

  /** Takes the place of a write, so that nothing overtakes what is in the spool. */
  async function drainLast(): Promise<void> {
    while (running !== null) await running;
    const last = (async () => {
      while (spool.waiting) await spool.drain(writeOrSetAside);
      state = 'writing';
    })();
    running = last
      .catch(() => undefined)
      .finally(() => {
        running = null;
        if (waiting.length > 0) flush();
      });
    await last;
  }

  /**
   * A batch that PostgreSQL refuses for what is in it would hold up all others for ever: it is written call by call, and the call
   * that cannot be written is set aside for the operator, in a file beside the spool.
   */
  async function writeOrSetAside(batch: Batch): Promise<void> {
    if (stopped) throw new Error('the log is being closed');
    try {
      await write(batch);
    } catch (error) {
      if (!isRefusedRow(error)) throw error;
      const perCall = splitByCall(batch);
      if (perCall.length > 1) {
        for (const one of perCall) await writeOrSetAside(one);
      } else {
        log.error({ err: error, events: batch.events.length }, 'PostgreSQL refuses the events of a call');
        await spool.setAside(batch);
      }
    }
  }

  if (state === 'spooling') scheduleRetry();

  return {
    append,
    get state() {
      return state;
    },
    async drain() {
      if (state === 'spooling') await drainSpool();
      return state === 'writing';
    },
    spooled: () => spool.batches(),
    async settled() {
      while (waiting.length > 0 || running !== null) {
        if (running === null) flush();
        await running;
      }
    },
    async stop() {
      stopped = true;
      cancelRetry?.();
      await this.settled();
      await draining;
      await spool.close();
    },
  };
}
