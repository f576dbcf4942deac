import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, provision } from '@madoguchi/telephony';
import { createTelephone } from '@madoguchi/telephony/telephone';
import { benchTrunk } from './bench-trunk.ts';
import { MARKERS, NUMBERS, planRound } from './call-plan.ts';
import { median, rounded } from './figures.ts';
import { describeMachine } from './machine.ts';
import { startProduct } from './product.ts';
import { waitUntilServed } from './round.ts';

const STEADY_MS = 8_000;
const HEARING_LIMIT_MS = 60_000;
/** A carrier repeats its INVITE later and later; a caller who dials anew this often shows the engine's own time instead. */
const PATIENCE_MS = 350;
const REPEAT_INVITE_MS = 50;
/** Shorter than what counts as a healthy life: the supervisor waits longer from death to death, which is the worst case. */
const BETWEEN_DEATHS_MS = 3_000;

export type DeathOptions = {
  readonly times: number;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
};

/**
 * Kills Asterisk (SIGKILL) again and again while nobody calls, and calls at once: how long until that call is answered, and until its
 * caller hears the greeting of the flow, which also needs the controller to be back.
 */
export async function benchDeath({ times, onProgress, signal }: DeathOptions) {
  const stack = new AsyncDisposableStack();
  try {
    const folder = await mkdtemp(join(tmpdir(), `madoguchi-bench-${process.pid}-`));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const tools = await provision(['asterisk', 'openJtalk', 'ffmpeg'], () => undefined);
    const { lengths } = planRound(1, STEADY_MS, 'twoWay');
    const product = await startProduct({
      tools,
      folder: join(folder, 'product'),
      lengths,
      // Nothing is transferred: nobody listens there.
      trunk: benchTrunk(await freePort(), 'twoWay'),
      onLine: onProgress,
    });
    stack.defer(() => product.stop());
    const telephone = await createTelephone({
      localAddress: '127.0.0.1',
      transport: 'udp',
      timers: { t1Ms: REPEAT_INVITE_MS, t2Ms: REPEAT_INVITE_MS, t4Ms: 1_000 },
    });
    stack.defer(() => telephone.close());
    await waitUntilServed(product.sipPort, signal);
    const server = { host: '127.0.0.1', port: product.sipPort };
    const answeredMs: number[] = [];
    const heardMs: number[] = [];
    for (let time = 1; time <= times; time++) {
      await pause(BETWEEN_DEATHS_MS, undefined, { signal });
      process.kill(product.pid('asterisk'), 'SIGKILL');
      const diedAt = performance.now();
      for (;;) {
        const call = await telephone.call({ to: NUMBERS[0], from: '09000000001', server });
        const outcome = await Promise.race([call.outcome, pause(PATIENCE_MS, null, { signal })]);
        if (outcome?.answered !== true) {
          call.abandon();
          continue;
        }
        answeredMs.push(performance.now() - diedAt);
        await call.waitForTone({ marker: MARKERS.greeting(0) }, { timeoutMs: HEARING_LIMIT_MS });
        heardMs.push(performance.now() - diedAt);
        await call.hangUp();
        break;
      }
      onProgress(
        `death ${time} of ${times}: answered after ${answeredMs.at(-1)?.toFixed(0)} ms, greeted after ${heardMs.at(-1)?.toFixed(0)} ms`,
      );
    }
    return {
      times,
      answeredMsMedian: rounded(median(answeredMs)),
      answeredMsMax: rounded(Math.max(...answeredMs)),
      greetedMsMedian: rounded(median(heardMs)),
      greetedMsMax: rounded(Math.max(...heardMs)),
      machine: describeMachine(),
    };
  } finally {
    await stack.disposeAsync();
  }
}
