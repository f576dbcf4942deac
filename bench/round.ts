import { setTimeout as pause } from 'node:timers/promises';
import { createTelephone, TelephoneError } from '@madoguchi/telephony/telephone';
import { MARKERS, NUMBERS, type RoundPlan } from './call-plan.ts';
import type { Callers } from './callers.ts';
import { judgeStaff } from './judge-staff.ts';
import { monotonicMs } from './monotonic.ts';
import { otherCpuMs, readCpuMs } from './process-usage.ts';
import type { Recordings } from './recordings.ts';
import type { Staff } from './staff.ts';

/** Until the callers' processes have read their orders. */
const LEAD_MS = 1_000;
const PROBE_MS = 2_000;
const PROBE_TRIES = 10;

/** Processes whose CPU time is taken, by name. */
export type Measured = Readonly<Record<string, number>>;

export type RoundResult = {
  readonly failed: number;
  /** What went wrong, by kind: the calls' own words. */
  readonly failures: ReadonlyMap<string, readonly string[]>;
  readonly keyToAnnouncementMs: readonly number[];
  readonly keyToStaffMs: readonly number[];
  /** Over exactly the steady time, in % of one core. */
  readonly cpuPercent: Readonly<Record<string, number>>;
  /** Callers and staff. */
  readonly callerCpuPercent: number;
  /** What everything else took over the whole round, the machine's host included: a machine that is not quiet measures itself. */
  readonly otherCpuPercent: number;
  readonly callersLongestStallMs: number;
  readonly callersStalledPercent: number;
};

/** Makes all calls of the plan to `sipPort`, and measures the steady time in their middle. */
export async function makeRound(options: {
  readonly plan: RoundPlan;
  readonly callers: Callers;
  readonly staff: Staff;
  /** Where the product's recordings lie; null where nobody looks at them. */
  readonly recordings: Recordings | null;
  readonly sipPort: number;
  readonly measured: Measured;
  readonly signal: AbortSignal;
  /** Called at the end of the steady time, while all calls are still there. */
  readonly atSteadyEnd?: () => void;
}): Promise<RoundResult> {
  const { plan, callers, staff, recordings, signal } = options;
  const originMs = monotonicMs() + LEAD_MS;
  await staff.begin(plan, originMs, signal);
  const othersBeforeMs = otherCpuMs(process.pid);
  const [reports, cpu] = await Promise.all([
    callers.makeRound(plan, options.sipPort, originMs, signal),
    measure(options, originMs),
  ]);
  const roundMs = monotonicMs() - originMs + LEAD_MS;
  const otherCpuPercent = (100 * (otherCpuMs(process.pid) - othersBeforeMs)) / roundMs;
  const staffReport = await staff.tell(plan, signal);
  const calls = reports.flatMap((report) => report.calls);
  const recorded = await recordings?.judge(plan.calls, staffReport.legs, signal);
  const failures = plan.calls.map((call) => [
    ...(calls.find(({ index }) => index === call.index)?.failures ?? ['caller: no report']),
    ...judgeStaff(call, staffReport.legs),
    ...(recorded?.get(call.index) ?? []),
  ]);
  const watched = [...reports, staffReport];
  const { callers: callerCpuPercent = 0, ...cpuPercent } = cpu;
  return {
    failed: failures.filter((ofCall) => ofCall.length > 0).length,
    failures: Map.groupBy(failures.flat(), (failure) => failure.split(':')[0] ?? ''),
    keyToAnnouncementMs: calls.flatMap((call) => call.keyToAnnouncementMs),
    keyToStaffMs: calls.flatMap((call) => call.keyToStaffMs),
    cpuPercent,
    callerCpuPercent,
    otherCpuPercent,
    callersLongestStallMs: Math.max(...watched.map((report) => report.longestStallMs)),
    callersStalledPercent: Math.max(...watched.map((report) => report.stalledPercent)),
  };
}

async function measure(
  { plan, callers, staff, measured, signal, atSteadyEnd }: Parameters<typeof makeRound>[0],
  originMs: number,
): Promise<Record<string, number>> {
  const until = (atMs: number) => pause(Math.max(0, originMs + atMs - monotonicMs()), undefined, { signal });
  const read = () => {
    const atMs = monotonicMs();
    const cpuMs = readCpuMs();
    return {
      atMs,
      cpu: {
        ...Object.fromEntries(Object.entries(measured).map(([name, pid]) => [name, cpuMs(pid)])),
        callers: [...callers.pids, ...staff.pids].reduce((sum, pid) => sum + cpuMs(pid), 0),
      },
    };
  };
  await until(plan.steadyFromMs);
  const before = read();
  await until(plan.steadyToMs);
  const after = read();
  atSteadyEnd?.();
  const elapsedMs = after.atMs - before.atMs;
  const beforeCpu = new Map(Object.entries(before.cpu));
  return Object.fromEntries(
    Object.entries(after.cpu).map(([name, ms]) => [
      name,
      (100 * (ms - (beforeCpu.get(name) ?? 0))) / elapsedMs,
    ]),
  );
}

/** Resolves when every number greets its callers: the settings have reached the telephone. */
export async function waitUntilServed(sipPort: number, signal: AbortSignal): Promise<void> {
  const telephone = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp', keepSound: false });
  try {
    for (const [index, to] of NUMBERS.entries()) {
      for (let tries = 1; !(await greets(to, MARKERS.greeting(index))); tries++) {
        signal.throwIfAborted();
        if (tries >= PROBE_TRIES) throw new Error(`${to} does not greet its callers`);
      }
    }
  } finally {
    await telephone.close();
  }

  async function greets(to: string, marker: number): Promise<boolean> {
    const call = await telephone.call({
      to,
      from: '09000009999',
      server: { host: '127.0.0.1', port: sipPort },
    });
    try {
      await call.waitForTone({ marker }, { timeoutMs: PROBE_MS });
      return true;
    } catch (error) {
      if (error instanceof TelephoneError && error.code === 'TONE_NOT_HEARD') return false;
      throw error;
    } finally {
      await call.hangUp();
    }
  }
}
