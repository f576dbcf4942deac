import { parseArgs } from 'node:util';
import { z } from 'zod';
import { benchCalls } from './bench-calls.ts';

/**
 * `npm run bench -- calls 150 [--pairs 5] [--seconds 15]`: progress on standard error, the figures as the last line of standard
 * output, in JSON. Status 0 only if no call failed. `--seconds` is the measured time of each round.
 */
const USAGE = 'usage: npm run bench -- calls <number of calls> [--pairs <number>] [--seconds <number>]';

const OptionsSchema = z.object({
  what: z.literal('calls'),
  calls: z.coerce.number().int().min(1).max(500),
  pairs: z.coerce.number().int().min(1).max(50),
  seconds: z.coerce.number().min(8).max(600),
});

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string', default: '5' }, seconds: { type: 'string', default: '15' } },
});
const parsed = OptionsSchema.safeParse({ what: positionals[0], calls: positionals[1] ?? '150', ...values });
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
const { calls, pairs, seconds } = parsed.data;
try {
  const result = await benchCalls({
    calls,
    pairs,
    steadyMs: seconds * 1_000,
    onProgress: (line) => console.error(line),
    now: Date.now,
    signal: ending.signal,
  });
  console.log(JSON.stringify(result));
  process.exitCode = result.failed === 0 ? 0 : 1;
} catch (error) {
  if (!ending.signal.aborted) throw error;
  process.exitCode = 130;
}
