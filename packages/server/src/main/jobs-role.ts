import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { endOverdue } from '../emergency/index.ts';
import { carryOutPlans } from '../numbers/index.ts';
import { every } from './every.ts';
import type { Running } from './running.ts';

/** What staff planned for a time is done at most so much later. */
const PLANS_MS = 1_000;

/** Work that nobody waits for at a screen: planned changes, and the ends of emergency announcements. */
export function startJobsRole({
  db,
  clock,
  log,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}): Running {
  const onError = (error: unknown) => log.warn({ err: error }, 'planned work failed and is tried again');
  const stops = [
    every(clock, PLANS_MS, () => carryOutPlans(db, clock), onError),
    every(clock, PLANS_MS, () => endOverdue(db, clock), onError),
  ];
  return {
    stop() {
      for (const stop of stops) stop();
      return Promise.resolve();
    },
  };
}
