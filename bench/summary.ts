import type { Traffic } from './call-plan.ts';
import { median, percentile, rounded } from './figures.ts';
import { memoryMb } from './process-usage.ts';
import type { RoundResult } from './round.ts';

const LABELS: Readonly<Record<Traffic, string>> = {
  halfTransferred: 'two-way, half transferred and recorded',
  twoWay: 'two-way',
  oneWay: 'one-way: callers send no sound',
};

export type Memory = ReturnType<typeof memoryOf>;
export type Pair = { readonly product: RoundResult; readonly dialplan: RoundResult; readonly memory: Memory };

type SummarisedOptions = {
  readonly calls: number;
  readonly traffic: Traffic;
  readonly pairs: number;
  readonly steadyMs: number;
};

/** Resident memory, MB; of PostgreSQL with shared pages counted once. */
export function memoryOf(pids: { asterisk: number; nodeCalls: number; nodeWeb: number; postgres: number }) {
  return {
    asterisk: memoryMb(pids.asterisk),
    nodeCalls: memoryMb(pids.nodeCalls),
    nodeWeb: memoryMb(pids.nodeWeb),
    postgres: memoryMb(pids.postgres, 'proportional'),
  };
}

/** (Asterisk + Node + PostgreSQL) ÷ Asterisk alone. */
export function ratioOf({ product, dialplan }: Pair): number {
  const whole = Object.values(product.cpuPercent).reduce((sum, percent) => sum + percent, 0);
  return whole / (dialplan.cpuPercent['asterisk'] ?? Number.NaN);
}

/** The figures of all pairs; each field is explained in docs/benchmarks.md. */
export function summarise(options: SummarisedOptions, pairs: readonly Pair[]) {
  const cpu = (part: string) => pairs.map(({ product }) => product.cpuPercent[part] ?? 0);
  const sums = (one: readonly number[], other: readonly number[]) =>
    one.map((each, at) => each + (other[at] ?? 0));
  const most = (part: keyof Memory) => Math.max(...pairs.map(({ memory }) => memory[part]));
  const rounds = pairs.flatMap(({ product, dialplan }) => [product, dialplan]);
  const latencies = (which: 'product' | 'dialplan', until: 'keyToAnnouncementMs' | 'keyToStaffMs') => {
    const values = pairs.flatMap((pair) => pair[which][until]);
    return {
      [`${until}P50`]: rounded(percentile(values, 0.5)),
      [`${until}P99`]: rounded(percentile(values, 0.99)),
    };
  };
  const failed = (which: 'product' | 'dialplan') => pairs.reduce((sum, pair) => sum + pair[which].failed, 0);
  return {
    bench: 'calls',
    calls: options.calls,
    traffic: LABELS[options.traffic],
    pairs: options.pairs,
    steadySeconds: options.steadyMs / 1_000,
    failed: failed('product'),
    ...latencies('product', 'keyToAnnouncementMs'),
    ...latencies('product', 'keyToStaffMs'),
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
    latestSendMs: rounded(Math.max(...rounds.map((round) => round.latestSendMs))),
    dialplan: {
      failed: failed('dialplan'),
      ...latencies('dialplan', 'keyToAnnouncementMs'),
      ...latencies('dialplan', 'keyToStaffMs'),
    },
  };
}

/** One round in a line. */
export function describe(round: RoundResult): string {
  const cpu = Object.entries(round.cpuPercent).map(([name, percent]) => `${name} ${percent.toFixed(1)} %`);
  const latency = (values: readonly number[]) =>
    `p50 ${percentile(values, 0.5)?.toFixed(1) ?? '–'} ms, p99 ${percentile(values, 0.99)?.toFixed(1) ?? '–'} ms`;
  const failures = [...round.failures.values()].map(
    (details) => `${details.length} × ${details.slice(0, 4).join(' | ')}`,
  );
  return [
    `${round.failed} failed`,
    `key to announcement ${latency(round.keyToAnnouncementMs)}`,
    ...(round.keyToStaffMs.length === 0 ? [] : [`key to staff ${latency(round.keyToStaffMs)}`]),
    ...cpu,
    `callers ${round.callerCpuPercent.toFixed(1)} %, at worst ${round.latestSendMs.toFixed(0)} ms late`,
    `others ${round.otherCpuPercent.toFixed(1)} %`,
    ...failures,
  ].join('; ');
}
