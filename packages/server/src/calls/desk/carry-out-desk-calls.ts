import { join } from 'node:path';
import type { Updateable } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database, Tables } from '../../database/index.ts';
import type { DeskCallEvent, DeskCallOrder, DeskLine } from '../../line/index.ts';
import type { VoicedPrompts } from '../../speech/index.ts';
import { keepRecorded, type RecordedSoundParts } from './keep-recorded.ts';
import { type ClaimedDeskOrder, claimDeskOrder, expireDeskOrders } from './orders.ts';
import { deskRecordSounds } from './sounds.ts';
import { DeskHeardSchema, OPEN_DESK_STATES } from './tables.ts';

const RING_MS = 45_000;
/** As long as an uploaded sound may be. */
const MAX_RECORDING_MS = 10 * 60_000;
const MAX_SILENCE_MS = 15_000;
const TRY_AGAIN_MS = 2_000;

export type CarriedOutDeskCalls = {
  /** Looks for orders and for orders to stop. Call it once the line is started, and whenever either may be there. */
  wake(): void;
  stop(): Promise<void>;
};

type Change = Omit<Updateable<Tables['desk_call']>, 'desk_call_id'>;

/**
 * Rings clerks' own telephones as they have ordered. Each order is claimed in PostgreSQL first and dialled once at most; what a former process of this
 * machine left open is 'unknown'. Make it before the line is started, so that nothing is missed.
 */
export function carryOutDeskCalls(
  parts: {
    readonly line: DeskLine;
    readonly prompts: VoicedPrompts;
    readonly clock: Clock;
    readonly callNode: string;
    readonly log: Logger;
  } & RecordedSoundParts,
): CarriedOutDeskCalls {
  const { line, prompts, db, clock, callNode, recordingsDir, log } = parts;
  const orders = new Map<string, ClaimedDeskOrder>();
  let isSettled = false;
  let stopped = false;
  /** One after the other, so that an end is never overwritten by what came before it. */
  let writing: Promise<void> = Promise.resolve();
  let looking: Promise<void> = Promise.resolve();
  let cancelRetry: (() => void) | null = null;
  const ringing = new Set<Promise<void>>();

  line.onDeskCall(hear);

  const pathOf = (id: string) => join(recordingsDir, `desk-${id}`);
  const now = () => new Date(clock.now());

  function hear(event: DeskCallEvent): void {
    const { id } = event;
    switch (event.type) {
      case 'listening':
      case 'recording':
      case 'reviewing':
        write(id, async () => ({ state: event.type }));
        return;
      case 'listened':
        over(id, async (order) => {
          if (event.toEnd) await markHeard(db, order, now());
          return { state: 'done' };
        });
        return;
      case 'recorded':
        over(
          id,
          async ({ personId }) => await keepRecorded(parts, { path: pathOf(id), personId, at: now() }),
        );
        return;
      case 'failed':
        over(id, async () => ({ state: 'failed', reason: event.reason }));
        return;
      case 'lost':
        over(id, async () => ({ state: 'unknown' }));
    }
  }

  function over(id: string, end: (order: ClaimedDeskOrder) => Promise<Change>): void {
    const order = orders.get(id);
    orders.delete(id);
    if (order === undefined) return;
    write(id, async () => ({ ...(await end(order)), ended_at: now() }));
  }

  function write(id: string, change: () => Promise<Change>): void {
    writing = writing.then(async () => {
      while (!stopped) {
        try {
          await db
            .updateTable('desk_call')
            .set(await change())
            .where('desk_call_id', '=', id)
            .where('state', 'in', OPEN_DESK_STATES)
            .execute();
          return;
        } catch (error) {
          log.warn({ err: error }, 'the state of a desk call is written later');
          await new Promise<void>((resolve) => clock.after(TRY_AGAIN_MS, resolve));
        }
      }
    });
  }

  async function look(): Promise<void> {
    if (!isSettled) {
      await db
        .updateTable('desk_call')
        .set({ state: 'unknown', ended_at: now() })
        .where('call_node', '=', callNode)
        .where('state', 'in', OPEN_DESK_STATES)
        .execute();
      isSettled = true;
    }
    await expireDeskOrders(db, clock.now());
    const unwanted = await db
      .selectFrom('desk_call')
      .select('desk_call_id')
      .where('call_node', '=', callNode)
      .where('state', 'in', OPEN_DESK_STATES)
      .where('stop_asked_at', 'is not', null)
      .execute();
    for (const { desk_call_id } of unwanted) await line.endDeskCall(desk_call_id);
    for (;;) {
      const order = stopped ? null : await claimDeskOrder(db, { callNode, now: clock.now() });
      if (order === null) return;
      // Not awaited: the sounds of many announcements take their time, and another clerk's order would come too late.
      const rung = ring(order).finally(() => ringing.delete(rung));
      ringing.add(rung);
    }
  }

  async function ring(order: ClaimedDeskOrder): Promise<void> {
    const { id, staff, calledNumber } = order;
    orders.set(id, order);
    try {
      const task = await taskOf(order);
      if (stopped || (await isStopAsked(id))) {
        over(id, async () => ({ state: 'failed', reason: 'stopped' }));
        return;
      }
      await line.ringDesk({ id, staff, calledNumber, ringTimeoutMs: RING_MS, task });
    } catch (error) {
      log.warn({ err: error }, 'a desk call could not be placed');
      over(id, async () => ({ state: 'failed', reason: 'soundFailed' }));
    }
  }

  /** The line cannot be told of the end of what it does not know yet. */
  async function isStopAsked(id: string): Promise<boolean> {
    const asked = await db
      .selectFrom('desk_call')
      .select('stop_asked_at')
      .where('desk_call_id', '=', id)
      .executeTakeFirst();
    return asked?.stop_asked_at != null;
  }

  async function taskOf({ id, kind, heard }: ClaimedDeskOrder): Promise<DeskCallOrder['task']> {
    if (kind === 'listen') {
      const { parts: said, speed, voice } = DeskHeardSchema.parse(heard);
      return { type: 'listen', sounds: await (prompts.in(voice) ?? prompts).soundsFor(said, speed) };
    }
    return {
      type: 'record',
      recordingPath: pathOf(id),
      maxDurationMs: MAX_RECORDING_MS,
      maxSilenceMs: MAX_SILENCE_MS,
      sounds: await deskRecordSounds(prompts),
    };
  }

  function wake(): void {
    if (stopped) return;
    cancelRetry?.();
    cancelRetry = null;
    looking = looking.then(look).catch((error: unknown) => {
      log.warn({ err: error }, 'desk calls are looked for again');
      if (!stopped) cancelRetry = clock.after(TRY_AGAIN_MS, wake);
    });
  }

  return {
    wake,
    async stop() {
      stopped = true;
      cancelRetry?.();
      await looking;
      await Promise.all(ringing);
      await writing;
    },
  };
}

/** What was listened to by telephone counts as heard, as what was by the page. */
async function markHeard(db: Database, order: ClaimedDeskOrder, at: Date): Promise<void> {
  const { contentHash, otherHashes } = DeskHeardSchema.parse(order.heard);
  const person = { person_id: order.personId, heard_at: at };
  await db
    .insertInto('heard_text')
    .values([contentHash, ...otherHashes].map((content_hash) => ({ ...person, content_hash })))
    .onConflict((conflict) => conflict.columns(['person_id', 'content_hash']).doUpdateSet({ heard_at: at }))
    .execute();
}
