import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processStartTicks, provision } from '@madoguchi/telephony';
import { planRound } from './call-plan.ts';
import { Callers } from './callers.ts';
import { type DialplanAsterisk, startDialplanAsterisk } from './dialplan-asterisk.ts';
import { median, percentile, rounded } from './figures.ts';
import { describeMachine, loadNow } from './machine.ts';
import { memoryMb } from './process-usage.ts';
import { type Product, startProduct } from './product.ts';
import { makeRound, type RoundResult, waitUntilServed } from './round.ts';

const FOLDER = 'madoguchi-bench-';
/** Above this the figures say more about the machine than about the product. */
const QUIET_PERCENT = 10;

export type BenchOptions = {
  readonly calls: number;
  readonly pairs: number;
  /** Length of the steady time that is measured. */
  readonly steadyMs: number;
  readonly onProgress: (line: string) => void;
  /** Wall time, ms since the epoch. */
  readonly now: () => number;
  /** Ends the bench early; everything it started is stopped all the same. */
  readonly signal: AbortSignal;
};

type Pair = { readonly product: RoundResult; readonly dialplan: RoundResult; readonly memory: Memory };
type Memory = ReturnType<typeof memoryOf>;

/**
 * The same calls to the whole product (A) and to Asterisk's own dialplan (B), A B A B …; what it gives is the bench's line of JSON.
 * Both engines run all the while, so that neither is always the freshly started one; only the one that is called is measured.
 */
export async function benchCalls(options: BenchOptions) {
  const { onProgress, signal } = options;
  await removeLeftovers();
  const loadBefore = loadNow();
  const stack = new AsyncDisposableStack();
  try {
    const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const plan = planRound(options.calls, options.steadyMs);
    const tools = await provision(['asterisk', 'openJtalk', 'ffmpeg'], () => undefined);
    signal.throwIfAborted();
    onProgress('starting the product');
    const product = await startProduct({
      tools,
      folder: join(folder, 'product'),
      lengths: plan.lengths,
      onLine: onProgress,
    });
    stack.defer(() => product.stop());
    signal.throwIfAborted();
    onProgress('starting Asterisk with the dialplan');
    const dialplan = await startDialplanAsterisk({
      tools,
      folder: join(folder, 'dialplan'),
      soundFolder: product.uploadsDir,
      nowEpochMs: options.now(),
    });
    stack.defer(() => dialplan.stop());
    const callers = new Callers(options.calls);
    stack.defer(() => callers.stop());
    await waitUntilServed(product.sipPort, signal);
    await waitUntilServed(dialplan.sipPort, signal);

    const pairs: Pair[] = [];
    for (let pair = 1; pair <= options.pairs; pair++) {
      const made = await makePair({ plan, callers, product, dialplan, signal });
      pairs.push(made);
      onProgress(`pair ${pair} of ${options.pairs}, product:  ${describe(made.product)}`);
      onProgress(`pair ${pair} of ${options.pairs}, dialplan: ${describe(made.dialplan)}`);
      onProgress(`pair ${pair} of ${options.pairs}, ratio ${ratioOf(made).toFixed(2)}`);
    }
    const others = Math.max(
      ...pairs.flatMap(({ product: a, dialplan: b }) => [a.otherCpuPercent, b.otherCpuPercent]),
    );
    if (others > QUIET_PERCENT) {
      onProgress(
        `the machine was not quiet: others took up to ${others.toFixed(0)} % of a core; failures and times may be theirs`,
      );
    }
    return { ...summarise(options, pairs), machine: { ...describeMachine(), loadBefore } };
  } finally {
    await stack.disposeAsync();
  }
}

async function makePair(parts: {
  readonly plan: ReturnType<typeof planRound>;
  readonly callers: Callers;
  readonly product: Product;
  readonly dialplan: DialplanAsterisk;
  readonly signal: AbortSignal;
}): Promise<Pair> {
  const { product, dialplan, ...round } = parts;
  const measured = {
    asterisk: product.pid('asterisk'),
    nodeCalls: product.pid('calls'),
    nodeWeb: product.pid('web'),
    postgres: product.pid('postgres'),
  };
  const memories: Memory[] = [];
  const ofProduct = await makeRound({
    ...round,
    sipPort: product.sipPort,
    measured,
    atSteadyEnd: () => memories.push(memoryOf(measured)),
  });
  const ofDialplan = await makeRound({
    ...round,
    sipPort: dialplan.sipPort,
    measured: { asterisk: dialplan.pid },
  });
  const [memory] = memories;
  if (memory === undefined) throw new Error('the memory was not read');
  return { product: ofProduct, dialplan: ofDialplan, memory };
}

/** Resident memory, MB; of PostgreSQL with shared pages counted once. */
function memoryOf(pids: { asterisk: number; nodeCalls: number; nodeWeb: number; postgres: number }) {
  return {
    asterisk: memoryMb(pids.asterisk),
    nodeCalls: memoryMb(pids.nodeCalls),
    nodeWeb: memoryMb(pids.nodeWeb),
    postgres: memoryMb(pids.postgres, 'proportional'),
  };
}

/** (Asterisk + Node + PostgreSQL) ÷ Asterisk alone. */
function ratioOf({ product, dialplan }: Pair): number {
  const whole = Object.values(product.cpuPercent).reduce((sum, percent) => sum + percent, 0);
  return whole / (dialplan.cpuPercent['asterisk'] ?? Number.NaN);
}

function summarise(options: BenchOptions, pairs: readonly Pair[]) {
  const cpu = (part: string) => pairs.map(({ product }) => product.cpuPercent[part] ?? 0);
  const sums = (one: readonly number[], other: readonly number[]) =>
    one.map((each, at) => each + (other[at] ?? 0));
  const most = (part: keyof Memory) => Math.max(...pairs.map(({ memory }) => memory[part]));
  const rounds = pairs.flatMap(({ product, dialplan }) => [product, dialplan]);
  const latencies = (which: 'product' | 'dialplan') =>
    pairs.flatMap((pair) => pair[which].keyToAnnouncementMs);
  const failed = (which: 'product' | 'dialplan') => pairs.reduce((sum, pair) => sum + pair[which].failed, 0);
  return {
    bench: 'calls',
    calls: options.calls,
    pairs: options.pairs,
    steadySeconds: options.steadyMs / 1_000,
    failed: failed('product'),
    keyToAnnouncementMsP50: rounded(percentile(latencies('product'), 0.5)),
    keyToAnnouncementMsP99: rounded(percentile(latencies('product'), 0.99)),
    cpu: {
      asterisk: rounded(median(cpu('asterisk'))),
      node: rounded(median(sums(cpu('nodeCalls'), cpu('nodeWeb')))),
      postgres: rounded(median(cpu('postgres'))),
      dialplanAsterisk: rounded(median(pairs.map(({ dialplan }) => dialplan.cpuPercent['asterisk'] ?? 0))),
    },
    memoryMb: {
      asterisk: rounded(most('asterisk')),
      nodeCalls: rounded(most('nodeCalls')),
      nodeWeb: rounded(most('nodeWeb')),
      nodeTotal: rounded(Math.max(...pairs.map(({ memory }) => memory.nodeCalls + memory.nodeWeb))),
      postgres: rounded(most('postgres')),
    },
    cpuRatioToDialplan: rounded(median(pairs.map(ratioOf)), 2),
    callerCpuPercent: rounded(median(rounds.map((round) => round.callerCpuPercent))),
    otherCpuPercent: rounded(Math.max(...rounds.map((round) => round.otherCpuPercent))),
    callersLongestStallMs: rounded(Math.max(...rounds.map((round) => round.callersLongestStallMs))),
    callersStalledPercent: rounded(Math.max(...rounds.map((round) => round.callersStalledPercent)), 2),
    dialplan: {
      failed: failed('dialplan'),
      keyToAnnouncementMsP50: rounded(percentile(latencies('dialplan'), 0.5)),
      keyToAnnouncementMsP99: rounded(percentile(latencies('dialplan'), 0.99)),
    },
  };
}

function describe(round: RoundResult): string {
  const cpu = Object.entries(round.cpuPercent).map(([name, percent]) => `${name} ${percent.toFixed(1)} %`);
  const latency = [0.5, 0.99].map((share) => percentile(round.keyToAnnouncementMs, share)?.toFixed(1) ?? '–');
  const failures = [...round.failures.values()].map(
    (details) => `${details.length} × ${details.slice(0, 4).join(' | ')}`,
  );
  return [
    `${round.failed} failed`,
    `key to announcement p50 ${latency[0]} ms, p99 ${latency[1]} ms`,
    ...cpu,
    `callers ${round.callerCpuPercent.toFixed(1)} %, longest stall ${round.callersLongestStallMs.toFixed(0)} ms`,
    `others ${round.otherCpuPercent.toFixed(1)} %`,
    ...failures,
  ].join('; ');
}

/** What a killed bench left behind. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(FOLDER) ? /^\d+/.exec(name.slice(FOLDER.length))?.[0] : undefined;
    if (pid === undefined || processStartTicks(Number(pid)) !== undefined) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}
