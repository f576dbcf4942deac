import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { provision } from '@madoguchi/telephony';
import { benchTrunk } from './bench-trunk.ts';
import { planRound, type Traffic } from './call-plan.ts';
import { Callers } from './callers.ts';
import { type DialplanAsterisk, startDialplanAsterisk } from './dialplan-asterisk.ts';
import { HeldPorts } from './held-ports.ts';
import { describeMachine, loadNow } from './machine.ts';
import { type Product, startProduct } from './product.ts';
import { Recordings } from './recordings.ts';
import { makeRound, waitUntilServed } from './round.ts';
import { SOUND_PORTS } from './sound-ports.ts';
import { Staff } from './staff.ts';
import { describe, memoryOf, type Pair, ratioOf, summarise } from './summary.ts';
import { makeCaptureFolder, makeTemporaryFolder, removeLeftovers } from './temporary-folders.ts';

/** Above this the figures say more about the machine than about the product. */
const QUIET_PERCENT = 10;

export type BenchOptions = {
  readonly calls: number;
  readonly traffic: Traffic;
  readonly pairs: number;
  /** Length of the steady time that is measured. */
  readonly steadyMs: number;
  readonly onProgress: (line: string) => void;
  /** Wall time, ms since the epoch. */
  readonly now: () => number;
  /** Ends the bench early; everything it started is stopped all the same. */
  readonly signal: AbortSignal;
};

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
    const folder = await makeTemporaryFolder();
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const captureFolder = await makeCaptureFolder();
    stack.defer(() => rm(captureFolder, { recursive: true, force: true }));
    const plan = planRound(options.calls, options.steadyMs, options.traffic);
    const tools = await provision(['asterisk', 'openJtalk', 'ffmpeg', 'tcpdump'], () => undefined);
    signal.throwIfAborted();
    const heldPorts = await HeldPorts.hold({ address: '127.0.0.1', ...SOUND_PORTS }, signal);
    stack.defer(() => heldPorts.release());
    const staff = await Staff.start(signal);
    stack.defer(() => staff.stop());
    const trunk = benchTrunk(staff.sipPort, options.traffic);
    onProgress('starting the product');
    const product = await startProduct({
      tools,
      folder: join(folder, 'product'),
      lengths: plan.lengths,
      trunk,
      onLine: onProgress,
    });
    stack.defer(() => product.stop());
    const recordings = new Recordings(product.databaseUrl, product.recordingDir);
    stack.defer(() => recordings.stop());
    signal.throwIfAborted();
    onProgress('starting Asterisk with the dialplan');
    const dialplan = await startDialplanAsterisk({
      tools,
      folder: join(folder, 'dialplan'),
      soundFolder: product.uploadsDir,
      trunk,
      nowEpochMs: options.now(),
    });
    stack.defer(() => dialplan.stop());
    const callers = new Callers(options.calls);
    stack.defer(() => callers.stop());
    await waitUntilServed(product.sipPort, signal);
    await waitUntilServed(dialplan.sipPort, signal);

    const capturing = { tool: tools.tcpdump, path: join(captureFolder, 'round.pcap') };
    const pairs: Pair[] = [];
    for (let pair = 1; pair <= options.pairs; pair++) {
      const made = await makePair({ plan, callers, staff, capturing, recordings, product, dialplan, signal });
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
  readonly staff: Staff;
  readonly capturing: Parameters<typeof makeRound>[0]['capturing'];
  readonly recordings: Recordings;
  readonly product: Product;
  readonly dialplan: DialplanAsterisk;
  readonly signal: AbortSignal;
}): Promise<Pair> {
  const { product, dialplan, recordings, ...round } = parts;
  const measured = {
    asterisk: product.pid('asterisk'),
    nodeCalls: product.pid('calls'),
    nodeWeb: product.pid('web'),
    postgres: product.pid('postgres'),
  };
  const ofProduct = await makeRound({
    ...round,
    recordings,
    sipPort: product.sipPort,
    measured,
  });
  // Reading it takes a core for a moment: not while anybody listens. What the calls took is still held.
  const memory = memoryOf(measured);
  const ofDialplan = await makeRound({
    ...round,
    recordings: null,
    sipPort: dialplan.sipPort,
    measured: { asterisk: dialplan.pid },
  });
  return { product: ofProduct, dialplan: ofDialplan, memory };
}
