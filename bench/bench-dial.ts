import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheRoot, freePort, provision } from '@madoguchi/telephony';
import { sql } from 'kysely';
import { campaignChannel } from '../packages/server/src/campaigns/index.ts';
import { connectDatabase, type Database } from '../packages/server/src/database/index.ts';
import { firstTrunk } from '../packages/server/src/line/index.ts';
import { type House, startHouse } from '../packages/server/src/operations/house.ts';
import { benchChooser } from './bench-chooser.ts';
import type { CitizensReport, ReceivedCall } from './citizen-messages.ts';
import { Citizens } from './citizens.ts';
import {
  type DialCampaign,
  layDialCampaign,
  layScenario,
  openCallingHours,
  orderSounds,
} from './dial-campaign.ts';
import { doubleCallsOf, mostAtOnce, rateFigures } from './dial-figures.ts';
import { AT_ONCE, CALLS_PER_SECOND, TALK_MS } from './dial-plan.ts';
import { percentile, rounded } from './figures.ts';
import { describeMachine, loadNow } from './machine.ts';
import { monotonicMs } from './monotonic.ts';
import { readCpuMs } from './process-usage.ts';
import { makeTemporaryFolder, removeLeftovers } from './temporary-folders.ts';

const LOOK_EVERY_MS = 5_000;
/** The longest ringing and talk, and their records. */
const OVER_AFTER_MS = TALK_MS + 60_000;

export type DialOptions = {
  /** How long calls are begun. */
  readonly seconds: number;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
};

/**
 * A campaign over real SIP (issue 5): the whole product calls the bench's citizens, 5 a second, who ring 15 s on average; 40 % of them answer,
 * hear announcements with their own values, and hang up after 40 s. Then the dialler alone (bench-chooser.ts). What was dialled is counted by
 * what the citizens' telephones received.
 */
export async function benchDial(options: DialOptions) {
  const loadBefore = loadNow();
  await removeLeftovers();
  const dialled = await dial(options);
  options.onProgress(JSON.stringify(dialled));
  const { chooseRatio, choosing } = await benchChooser(options);
  return { ...dialled, chooseRatio, choosing, machine: { ...describeMachine(), loadBefore } };
}

async function dial({ seconds, onProgress, signal }: DialOptions) {
  const campaign: DialCampaign = {
    campaignId: 'bench',
    recipients: Math.ceil(seconds * CALLS_PER_SECOND * 1.1) + 100,
    callsPerSecond: CALLS_PER_SECOND,
    atOnce: AT_ONCE,
  };
  const stack = new AsyncDisposableStack();
  try {
    const folder = await makeTemporaryFolder();
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const citizens = await Citizens.start(signal);
    stack.defer(() => citizens.stop());
    onProgress('starting the product');
    const house = await startBenchHouse(join(folder, 'house'), citizens.sipPort, onProgress);
    stack.defer(() => house.stop());
    const db = connectDatabase(house.settings.databaseUrl, {
      maxConnections: 2,
      onIdleError: () => undefined,
    });
    stack.defer(() => db.destroy());
    await layTrunk(db, citizens.sipPort);
    await layScenario(db);
    await layDialCampaign(db, campaign);
    const soundsSeconds = await prepareSounds(db, campaign, onProgress, signal);
    await openCallingHours(db, campaign);
    await wake(db);
    const fromMs = await firstCall(citizens, signal);
    const untilMs = fromMs + seconds * 1_000;
    const readCpu = cpuOf(house);
    while (monotonicMs() < untilMs) {
      await pause(Math.min(LOOK_EVERY_MS, untilMs - monotonicMs()), undefined, { signal });
      const { calls } = await citizens.tell(signal);
      onProgress(
        `${calls.length} calls, ${calls.filter(({ endedAtMs }) => endedAtMs === null).length} of them go on`,
      );
    }
    const cpuPercent = readCpu();
    await db.updateTable('campaign').set({ state: 'paused' }).execute();
    await wake(db);
    const report = await untilOver(db, citizens, signal);
    return await figuresOf(db, report, { fromMs, untilMs }, { seconds, soundsSeconds, cpuPercent });
  } finally {
    await stack.disposeAsync();
  }
}

async function startBenchHouse(
  dataDir: string,
  citizensPort: number,
  onProgress: (line: string) => void,
): Promise<House> {
  return await startHouse({
    dataDir,
    databaseUrl: null,
    tools: await provision(['asterisk', 'openJtalk', 'ffmpeg'], () => undefined),
    http: { address: '127.0.0.1', port: await freePort(), publicUrl: null },
    sip: { address: '127.0.0.1', port: await freePort() },
    // Below the ports that the kernel gives to the citizens (ip_local_port_range).
    rtpPorts: { from: 24_000, to: 25_999 },
    trunk: { host: '127.0.0.1', port: citizensPort },
    logLevel: 'warn',
    promptsDir: join(cacheRoot(), 'bench-prompts'),
    laySamples: false,
    onProgress: () => undefined,
    onLine: (part, line) => onProgress(`[${part}] ${line}`),
  });
}

/** That of a first start, with lines for all. */
async function layTrunk(db: Database, citizensPort: number): Promise<void> {
  const trunk = {
    ...firstTrunk({ host: '127.0.0.1', port: citizensPort }),
    lines: { total: 500, received: 100, transferred: 100, placed: 400, whenFull: { type: 'busy' } },
  };
  await db
    .updateTable('trunk')
    .set({ settings: JSON.stringify(trunk) })
    .where('trunk_id', '=', trunk.id)
    .execute();
}

/** As the product does it ahead of a campaign. @returns seconds that it took */
async function prepareSounds(
  db: Database,
  campaign: DialCampaign,
  onProgress: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const began = performance.now();
  await orderSounds(db, campaign);
  for (;;) {
    const { done, total, ready_at, failed_because } = await db
      .selectFrom('campaign_sounds')
      .selectAll()
      .executeTakeFirstOrThrow();
    if (failed_because !== null) throw new Error(`the sounds cannot be made: ${failed_because}`);
    if (ready_at !== null) return (performance.now() - began) / 1_000;
    onProgress(`sounds of ${done} of ${total} people are made`);
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function wake(db: Database): Promise<void> {
  await sql`select pg_notify(${campaignChannel}, '')`.execute(db);
}

/** When the first call came to a citizen. */
async function firstCall(citizens: Citizens, signal: AbortSignal): Promise<number> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(60_000)]);
  for (;;) {
    const [first] = (await citizens.tell(late)).calls;
    if (first !== undefined) return first.atMs;
    await pause(50, undefined, { signal: late });
  }
}

/** CPU of each part from now on, in % of one core, once it is asked for. */
function cpuOf(house: House): () => Readonly<Record<string, number>> {
  const parts = (['asterisk', 'calls', 'web', 'postgres'] as const).map((name) => {
    const pid = house.part(name)?.pid;
    if (pid === undefined) throw new Error(`${name} does not run`);
    return { name, pid };
  });
  const began = monotonicMs();
  const before = readCpuMs();
  return () => {
    const after = readCpuMs();
    return Object.fromEntries(
      parts.map(({ name, pid }) => [
        name,
        rounded((100 * (after(pid) - before(pid))) / (monotonicMs() - began)) ?? 0,
      ]),
    );
  };
}

/** What the citizens tell once every call is over and every attempt has its end. */
async function untilOver(db: Database, citizens: Citizens, signal: AbortSignal): Promise<CitizensReport> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(OVER_AFTER_MS)]);
  for (;;) {
    const report = await citizens.tell(late);
    const open = await db
      .selectFrom('campaign_attempt')
      .select('attempt_id')
      .where('ended_at', 'is', null)
      .execute();
    if (open.length === 0 && report.calls.every(({ endedAtMs }) => endedAtMs !== null)) return report;
    await pause(500, undefined, { signal: late });
  }
}

async function figuresOf(
  db: Database,
  { calls, latestSendMs }: CitizensReport,
  window: { readonly fromMs: number; readonly untilMs: number },
  told: {
    readonly seconds: number;
    readonly soundsSeconds: number;
    readonly cpuPercent: Readonly<Record<string, number>>;
  },
) {
  const rate = rateFigures(
    calls.map(({ atMs }) => atMs),
    window,
    CALLS_PER_SECOND,
  );
  const answered = calls.filter(({ answeredAtMs }) => answeredAtMs !== null);
  const heardAfterMs = answered.flatMap(({ answeredAtMs, heardAtMs }) =>
    answeredAtMs === null || heardAtMs === null ? [] : [heardAtMs - answeredAtMs],
  );
  return {
    bench: 'dial' as const,
    seconds: told.seconds,
    callsPerSecond: CALLS_PER_SECOND,
    calls: calls.length,
    answered: answered.length,
    mostAtOnce: mostAtOnce(calls),
    ratePerSecond: rounded(rate.perSecond, 3),
    rateErrorPercent: rounded(rate.errorPercent, 2),
    rateErrorPercentWorst10s: rounded(rate.worstStretchErrorPercent, 1),
    doubleCalls: doubleCallsOf(calls),
    recordsWrong: await recordsWrong(db, calls),
    heardOwnValues: await heardOwnValues(db),
    heardNothing: answered.length - heardAfterMs.length,
    heardAfterMsP50: rounded(percentile(heardAfterMs, 0.5)),
    heardAfterMsP99: rounded(percentile(heardAfterMs, 0.99)),
    soundsSeconds: rounded(told.soundsSeconds),
    cpuPercent: told.cpuPercent,
    latestSendMs: rounded(latestSendMs),
  };
}

/** Calls that were received and stand in no attempt that was dialled, and the other way round. */
async function recordsWrong(db: Database, calls: readonly ReceivedCall[]): Promise<number> {
  const dialled = await db
    .selectFrom('campaign_attempt')
    .select('sip_call_id')
    .where('dialled_at', 'is not', null)
    .execute();
  const recorded = new Set(dialled.map(({ sip_call_id }) => sip_call_id ?? ''));
  const received = new Set(calls.map(({ sipCallId }) => sipCallId));
  const missing = [...received].filter((id) => !recorded.has(id));
  return missing.length + [...recorded].filter((id) => !received.has(id)).length;
}

/** To how many of those who answered their own values were said, by the records of their calls. */
async function heardOwnValues(db: Database): Promise<number> {
  const { rows } = await sql<{ heard: number }>`
    select count(distinct a.attempt_id)::integer as heard
    from campaign_attempt a
    join campaign_recipient r using (recipient_id)
    join call_event e on e.call_id = a.attempt_id
    where position(r."values" -> '宛名' ->> 'text' in e.spoken ->> 'text') > 0`.execute(db);
  return rows[0]?.heard ?? 0;
}
