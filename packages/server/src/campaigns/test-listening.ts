import { systemClock } from '../clock.ts';
import { listen } from '../database/index.ts';

/** For tests: somebody who dials. `heard` once he is woken for the first time after he listens. */
export function listening(databaseUrl: string) {
  const listens = Promise.withResolvers<void>();
  const heard = Promise.withResolvers<void>();
  let wakes = 0;
  const stop = listen(databaseUrl, ['campaign'], {
    clock: systemClock,
    onWake: () => (wakes++ === 0 ? listens.resolve() : heard.resolve()),
  });
  return { listens: listens.promise, heard: heard.promise, stop };
}
