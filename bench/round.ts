import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { TcpdumpTool } from '@madoguchi/telephony';
import { createTelephone, TelephoneError } from '@madoguchi/telephony/telephone';
import { MARKERS, NUMBERS, type RoundPlan } from './call-plan.ts';
import type { Callers } from './callers.ts';
import { Capture } from './capture.ts';
import { hearCapture } from './hear-capture.ts';
import { judgeCall } from './judge.ts';
import { judgeStaff } from './judge-staff.ts';
import { monotonicMs } from './monotonic.ts';
import { otherCpuMs, readCpuMs } from './process-usage.ts';
import type { Recordings } from './recordings.ts';
import { SOUND_PORTS } from './sound-ports.ts';
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
  /** Callers, staff, and the capture of what they hear. */
  readonly callerCpuPercent: number;
  /** What everything else took over the whole round, the machine's host included: a machine that is not quiet measures itself. */
  readonly otherCpuPercent: number;
  /** How late callers and staff sent sound at worst. */
  readonly latestSendMs: number;
};

type RoundOptions = {
  readonly plan: RoundPlan;
  readonly callers: Callers;
  readonly staff: Staff;
  /** What takes down the packets that come to callers and staff, and into which file. */
  readonly capturing: { readonly tool: TcpdumpTool; readonly path: string };
  /** Where the product's recordings lie; null where nobody looks at them. */
  readonly recordings: Recordings | null;
  readonly sipPort: number;
  readonly measured: Measured;
  readonly signal: AbortSignal;
};

/**
 * Makes all calls of the plan to `sipPort`, measures the steady time in their middle, and judges them afterwards. Rejects where the
 * capture is not whole: then nothing can be said about the calls.
 */
export async function makeRound(options: RoundOptions): Promise<RoundResult> {
  const { plan, callers, staff, recordings, signal, capturing } = options;
  const capture = await Capture.start(capturing.tool, capturing.path, SOUND_PORTS, signal);
  try {
    const originMs = monotonicMs() + LEAD_MS;
    await staff.begin(plan, originMs, signal);
    const othersBeforeMs = otherCpuMs(process.pid);
    const [reports, cpu] = await Promise.all([
      callers.makeRound(plan, options.sipPort, originMs, signal),
      measure(options, [...callers.pids, ...staff.pids, ...capture.pids], originMs),
    ]);
    const roundMs = monotonicMs() - originMs + LEAD_MS;
    const otherCpuPercent = (100 * (otherCpuMs(process.pid) - othersBeforeMs)) / roundMs;
    const staffReport = await staff.tell(signal);
    const originEpochMs = originMs + (await capture.stop());
    const courses = new Map(reports.flatMap(({ calls }) => calls.map((course) => [course.index, course])));
    const heard = await hearCapture(capturing.path, originEpochMs, [
      ...courses.values(),
      ...staffReport.legs,
    ]);
    const legs = staffReport.legs.map((course) => ({ from: course.from, to: course.to, ...heard(course) }));
    const recorded = await recordings?.judge(plan.calls, legs, signal);
    const verdicts = plan.calls.map((call) => {
      const course = courses.get(call.index);
      if (course === undefined) throw new Error(`no caller tells of call ${call.index}`);
      const verdict = judgeCall(call, heard(course));
      const others = [...judgeStaff(call, legs), ...(recorded?.get(call.index) ?? [])];
      return { ...verdict, failures: [...verdict.failures, ...others] };
    });
    const failures = verdicts.flatMap((verdict) => verdict.failures);
    const { callers: callerCpuPercent = 0, ...cpuPercent } = cpu;
    return {
      failed: verdicts.filter((verdict) => verdict.failures.length > 0).length,
      failures: Map.groupBy(failures, (failure) => failure.split(':')[0] ?? ''),
      keyToAnnouncementMs: verdicts.flatMap((verdict) => verdict.keyToAnnouncementMs),
      keyToStaffMs: verdicts.flatMap((verdict) => verdict.keyToStaffMs),
      cpuPercent,
      callerCpuPercent,
      otherCpuPercent,
      latestSendMs: Math.max(...[...reports, staffReport].map((report) => report.latestSendMs)),
    };
  } finally {
    await capture.abandon();
    await rm(capturing.path, { force: true });
  }
}

async function measure(
  { plan, measured, signal }: RoundOptions,
  callerPids: readonly number[],
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
        callers: callerPids.reduce((sum, pid) => sum + cpuMs(pid), 0),
      },
    };
  };
  await until(plan.steadyFromMs);
  const before = read();
  await until(plan.steadyToMs);
  const after = read();
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
