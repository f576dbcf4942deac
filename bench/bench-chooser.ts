import { setTimeout as pause } from 'node:timers/promises';
import { loadPublished } from '@madoguchi/flow';
import { sql } from 'kysely';
import { pino } from 'pino';
import { cityCallRules, createDialler } from '../packages/server/src/campaigns/index.ts';
import { systemClock } from '../packages/server/src/clock.ts';
import { startEmbeddedPostgres } from '../packages/server/src/database/embedded.ts';
import { connectDatabase, type Database, migrate } from '../packages/server/src/database/index.ts';
import { type HearingLine, SimulatedDiallingLine } from '../packages/server/src/line/index.ts';
import {
  type DialCampaign,
  dialFlow,
  layDialCampaign,
  layScenario,
  openCallingHours,
} from './dial-campaign.ts';
import { rateFigures } from './dial-figures.ts';
import { median, rounded } from './figures.ts';
import { readCpuMs } from './process-usage.ts';

const CALLS_PER_SECOND = 20;
/** How many wait for a call while the cost of choosing is measured. */
const WAITING = [1_000, 100_000] as const;
const PAIRS = 3;
const WARM_UP_MS = 3_000;
const MEASURED_MS = 15_000;
/** Nobody answers, so that choosing and the records of it are all that is done. */
const RINGS_MS = 3_000;
const LINES = 1_000;

class SilentLine extends SimulatedDiallingLine implements HearingLine {
  onSound(): void {
    // Nobody speaks on it.
  }
  hearSounds(): Promise<void> {
    return Promise.resolve();
  }
}

type Round = { readonly cpuMsPerCall: number; readonly perSecond: number; readonly rateErrorPercent: number };

/**
 * The dialler alone, at 20 calls a second on the simulated line, with few and with many people waiting: what a call takes of the processor, of
 * this process and of PostgreSQL together, with all rules (発信止め, limits for one person, budget) and writing what came of it.
 */
export async function benchChooser(options: {
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
}) {
  const { onProgress, signal } = options;
  const stack = new AsyncDisposableStack();
  try {
    const postgres = await startEmbeddedPostgres({ throwaway: true });
    stack.defer(() => postgres.stop());
    const houses: { readonly waiting: number; readonly db: Database; readonly rounds: Round[] }[] = [];
    for (const waiting of WAITING) {
      const db = await layDatabase(postgres.url, waiting);
      stack.defer(() => db.destroy());
      houses.push({ waiting, db, rounds: [] });
    }
    onProgress('a round that does not count: what runs for the first time is compiled in it');
    for (const { waiting, db } of houses.slice(0, 1))
      await chooseFor(db, campaignOf(waiting), postgres.pid, signal);
    for (let pair = 1; pair <= PAIRS; pair++) {
      for (const { waiting, db, rounds } of houses) {
        const round = await chooseFor(db, campaignOf(waiting), postgres.pid, signal);
        rounds.push(round);
        onProgress(
          `pair ${pair} of ${PAIRS}, ${waiting} waiting: ${round.cpuMsPerCall.toFixed(2)} ms of processor a call, rate wrong by ${round.rateErrorPercent.toFixed(1)} %`,
        );
      }
    }
    const [few = [], many = []] = houses.map(({ rounds }) => rounds);
    const ratios = many.map(({ cpuMsPerCall }, at) => cpuMsPerCall / (few[at]?.cpuMsPerCall ?? 0));
    const cost = (rounds: readonly Round[]) =>
      rounded(median(rounds.map(({ cpuMsPerCall }) => cpuMsPerCall)), 2);
    return {
      chooseRatio: rounded(median(ratios), 2),
      choosing: {
        callsPerSecond: CALLS_PER_SECOND,
        cpuMsPerCall1000: cost(few),
        cpuMsPerCall100000: cost(many),
        rateErrorPercent: rounded(errorOf([...few, ...many]), 2),
        rateErrorPercentWorstRound: rounded(
          Math.max(...[...few, ...many].map((each) => each.rateErrorPercent)),
        ),
      },
    };
  } finally {
    await stack.disposeAsync();
  }
}

function campaignOf(waiting: number): DialCampaign {
  return { campaignId: 'bench', recipients: waiting, callsPerSecond: CALLS_PER_SECOND, atOnce: 200 };
}

async function layDatabase(server: string, waiting: number): Promise<Database> {
  const name = `waiting_${waiting}`;
  const first = connectDatabase(server, { maxConnections: 1, onIdleError: () => undefined });
  await sql.raw(`create database ${name}`).execute(first);
  await first.destroy();
  const db = connectDatabase(server.replace('/postgres?', `/${name}?`), { onIdleError: () => undefined });
  await migrate(db);
  await layScenario(db);
  await layDialCampaign(db, campaignOf(waiting));
  return db;
}

/** Everybody waits again, and PostgreSQL has nothing left to tidy up. */
async function putBack(db: Database, campaign: DialCampaign): Promise<void> {
  await openCallingHours(db, campaign);
  await sql`update campaign_recipient set state = 'waiting', next_at = '-infinity', tries = 0 where tries > 0`.execute(
    db,
  );
  await sql`delete from campaign_attempt`.execute(db);
  await sql`delete from budget_use`.execute(db);
  await sql`update campaign set state = 'running', next_call_at = '-infinity'`.execute(db);
  for (const table of ['campaign', 'campaign_recipient', 'campaign_attempt', 'budget_use'])
    await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
}

async function chooseFor(
  db: Database,
  campaign: DialCampaign,
  postgresPid: number,
  signal: AbortSignal,
): Promise<Round> {
  await putBack(db, campaign);
  const dialledMs: number[] = [];
  const line = new SilentLine({
    clock: systemClock,
    lines: LINES,
    citizen: () => {
      dialledMs.push(performance.now());
      return { failAfterMs: RINGS_MS, sipCode: 480, q850Cause: 19, rang: true, earlyMedia: false };
    },
    onHungUp: () => undefined,
  });
  const bundle = loadPublished(dialFlow);
  const dialler = createDialler({
    line,
    db,
    directory: {
      bundle: () => Promise.resolve(bundle),
      phoneNumber: () => null,
      holidays: new Map(),
      dueAt: (_, atMs) => atMs,
    },
    soundsReady: () => Promise.resolve(),
    rules: cityCallRules,
    isUp: () => true,
    hasCallBack: () => false,
    recordsWritten: () => Promise.resolve(true),
    clock: systemClock,
    callNode: 'bench',
    log: pino({ level: 'warn' }, pino.destination(2)),
  });
  dialler.start();
  try {
    await pause(WARM_UP_MS, undefined, { signal });
    const before = readNow(postgresPid);
    await pause(MEASURED_MS, undefined, { signal });
    const after = readNow(postgresPid);
    const window = { fromMs: before.atMs, untilMs: after.atMs };
    const { errorPercent, perSecond } = rateFigures(dialledMs, window, CALLS_PER_SECOND);
    const calls = (perSecond * (after.atMs - before.atMs)) / 1_000;
    return { cpuMsPerCall: (after.cpuMs - before.cpuMs) / calls, perSecond, rateErrorPercent: errorPercent };
  } finally {
    await db.updateTable('campaign').set({ state: 'paused' }).execute();
    dialler.wake();
    // What rings is over by then, and written.
    await pause(RINGS_MS + 1_000);
    await dialler.stop();
  }
}

/** Of all rounds together, which are of one length. */
function errorOf(rounds: readonly Round[]): number {
  const mean = rounds.reduce((sum, { perSecond }) => sum + perSecond, 0) / rounds.length;
  return (100 * Math.abs(mean - CALLS_PER_SECOND)) / CALLS_PER_SECOND;
}

function readNow(postgresPid: number): { readonly atMs: number; readonly cpuMs: number } {
  const { user, system } = process.cpuUsage();
  return { atMs: performance.now(), cpuMs: (user + system) / 1_000 + readCpuMs()(postgresPid) };
}
