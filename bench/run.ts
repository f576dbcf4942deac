import { parseArgs } from 'node:util';
import { z } from 'zod';
import { benchAnswering } from './bench-answering.ts';
import { benchCalls } from './bench-calls.ts';
import { benchCanvas } from './bench-canvas.ts';
import { benchDeath } from './bench-death.ts';
import { benchDial } from './bench-dial.ts';
import { benchImport } from './bench-import.ts';
import { type Traffic, TrafficSchema } from './call-plan.ts';

/**
 * `npm run bench -- calls 150|300|600 [--traffic …] [--pairs 5] [--seconds 15]`, `death 5`, `canvas [--profile drag.cpuprofile]`, `answering`,
 * `import [100000]` or `dial [--seconds 300]`: progress on standard error, the figures as the last line of standard output, in JSON. Status 0 only if no call failed, every call
 * after a death of Asterisk was answered within 5 s, dragging on the canvas took the main thread no longer than its target, no person was
 * taken for a machine, an import was as quick and small as it must be, and a campaign kept its rate, called nobody twice and chose among many as among
 * few. `--seconds` is the measured time of each round. Unless told, 600 calls and
 * more are one-way, 300 and more two-way, and of fewer half are transferred and recorded (call-plan.ts).
 */
const USAGE = [
  'usage: npm run bench -- calls <number of calls> [--traffic halfTransferred|twoWay|oneWay] [--pairs <number>] [--seconds <number>]',
  'npm run bench -- death <times>',
  'npm run bench -- canvas [--profile <file>]',
  'npm run bench -- answering',
  'npm run bench -- import [rows]',
  'npm run bench -- dial [--seconds <number>]',
].join('\n       ');
const DEATH_TARGET_MS = 5_000;
/** For each step of a drag with 300 nodes in view. */
const CANVAS_TARGET_MS = 12;
/** For 100,000 rows. */
const IMPORT_TARGET_SECONDS = 10;
/** Above what the web process needs when idle. */
const IMPORT_TARGET_MB = 200;
const RATE_TARGET_PERCENT = 2;
/** Cost of choosing among 100,000 who wait, by that among 1,000. */
const CHOOSE_TARGET_RATIO = 1.5;

const OptionsSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('calls'),
    amount: z.coerce.number().int().min(1).max(1000).default(150),
    traffic: TrafficSchema.optional(),
    pairs: z.coerce.number().int().min(1).max(50),
    seconds: z.coerce.number().min(8).max(600).default(15),
  }),
  z.object({ what: z.literal('answering') }),
  z.object({
    what: z.literal('dial'),
    seconds: z.coerce.number().min(20).max(1_000).default(300),
  }),
  z.object({ what: z.literal('canvas'), profile: z.string().optional() }),
  z.object({
    what: z.literal('import'),
    amount: z.coerce.number().int().min(1_000).max(200_000).default(100_000),
  }),
  z.object({ what: z.literal('death'), amount: z.coerce.number().int().min(1).max(100).default(5) }),
]);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    traffic: { type: 'string' },
    pairs: { type: 'string', default: '5' },
    seconds: { type: 'string' },
    profile: { type: 'string' },
  },
});
const parsed = OptionsSchema.safeParse({ what: positionals[0], amount: positionals[1], ...values });
if (!parsed.success) {
  console.error(USAGE);
  process.exit(2);
}

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!ending.signal.aborted) console.error('stopping …');
    ending.abort(new Error('stopped by a signal'));
  });
}
const common = { onProgress: (line: string) => console.error(line), signal: ending.signal };
try {
  process.exitCode = (await bench(parsed.data)) ? 0 : 1;
} catch (error) {
  if (!ending.signal.aborted) throw error;
  process.exitCode = 130;
}

/** Prints the figures; true where they are as they must be. */
async function bench(options: z.infer<typeof OptionsSchema>): Promise<boolean> {
  if (options.what === 'canvas') {
    const result = await benchCanvas({ ...common, profile: options.profile });
    console.log(JSON.stringify(result));
    return (result.mainThreadMsP95 ?? Number.POSITIVE_INFINITY) <= CANVAS_TARGET_MS;
  }
  if (options.what === 'answering') {
    const result = await benchAnswering(common);
    console.log(JSON.stringify(result));
    return result.personsMissedPercent === 0;
  }
  if (options.what === 'death') {
    const result = await benchDeath({ times: options.amount, ...common });
    console.log(JSON.stringify(result));
    return (result.answeredMsMax ?? Number.POSITIVE_INFINITY) < DEATH_TARGET_MS;
  }
  if (options.what === 'dial') {
    const result = await benchDial({ ...common, seconds: options.seconds });
    console.log(JSON.stringify(result));
    const { rateErrorPercent, doubleCalls, recordsWrong, chooseRatio, choosing } = result;
    const rates = [rateErrorPercent, choosing.rateErrorPercent];
    return (
      rates.every((error) => error !== null && error <= RATE_TARGET_PERCENT) &&
      doubleCalls + recordsWrong === 0 &&
      chooseRatio !== null &&
      chooseRatio <= CHOOSE_TARGET_RATIO
    );
  }
  if (options.what === 'import') {
    const result = await benchImport({ rows: options.amount, ...common });
    console.log(JSON.stringify(result));
    const { seconds, peakRssMb, idleRssMb } = result;
    if (seconds === null || peakRssMb === null || idleRssMb === null) return false;
    return seconds <= IMPORT_TARGET_SECONDS && peakRssMb <= idleRssMb + IMPORT_TARGET_MB;
  }
  const { amount: calls, pairs, seconds } = options;
  const traffic = options.traffic ?? usualTraffic(calls);
  const steadyMs = seconds * 1_000;
  const result = await benchCalls({ calls, traffic, pairs, steadyMs, now: Date.now, ...common });
  console.log(JSON.stringify(result));
  return result.failed === 0;
}

function usualTraffic(calls: number): Traffic {
  if (calls >= 600) return 'oneWay';
  return calls >= 300 ? 'twoWay' : 'halfTransferred';
}
