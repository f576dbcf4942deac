import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BundleDraft, defaultHolidays, makeRunnable } from '@madoguchi/flow';
import { pino } from 'pino';
import { type Clock, systemClock } from '../clock.ts';
import { connectDatabase, type Database } from '../database/index.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { createTelephoneSwitching } from '../emergency/index.ts';
import type { Line } from '../line/index.ts';
import type { SealKeys } from '../seal.ts';
import type { Prompts } from '../speech/index.ts';
import { type CallLog, createCallLog } from './call-log.ts';
import { type CampaignCalls, noCampaignCalls } from './campaign-calls.ts';
import type { PromptsFor } from './carry-out.ts';
import { createDirectory, type Directory } from './directory.ts';
import { createSwitchingCalls } from './emergency/index.ts';
import { createEventSeal } from './event-seal.ts';
import { createNumberAsking } from './number-asking/index.ts';
import { createRecordings } from './recordings.ts';
import { openSpool } from './spool.ts';
import { createSwitchboard, type Switchboard } from './switchboard.ts';
import { silentPostgres } from './test-silent-postgres.ts';

const log = pino({ level: 'silent' });

/** For tests: all that a switchboard works with, real but for the line and the clock, which the test brings. */
export class TestRoom {
  readonly database: TestDatabase;
  /** PostgreSQL as the switchboards reach it. */
  readonly way: Awaited<ReturnType<typeof silentPostgres>>;
  readonly db: Database;
  readonly directory: Directory;
  readonly eventKeys: SealKeys = [{ id: 'test', key: randomBytes(32).toString('base64') }];
  readonly #folder: string;
  #callLog: CallLog | null = null;

  private constructor(
    database: TestDatabase,
    way: Awaited<ReturnType<typeof silentPostgres>>,
    db: Database,
    folder: string,
  ) {
    this.database = database;
    this.way = way;
    this.db = db;
    this.#folder = folder;
    this.directory = createDirectory({
      db,
      cacheFile: join(folder, 'directory.json'),
      bundledHolidays: defaultHolidays,
      log,
    });
  }

  static async open(): Promise<TestRoom> {
    const database = await createTestDatabase();
    const way = await silentPostgres(database.url);
    const db = connectDatabase(way.url, { onIdleError: () => undefined });
    return new TestRoom(database, way, db, await mkdtemp(join(tmpdir(), 'switchboard-')));
  }

  /** Puts a flow in force. */
  async serve(phoneNumber: string, draft: BundleDraft): Promise<void> {
    const { bundleId } = draft;
    const made = makeRunnable(draft, { ownNumbers: [], calendarIds: [], listIds: [], audioIds: ['sound'] });
    if (!made.ok) throw new Error(`the test's flow is wrong: ${JSON.stringify(made.problems)}`);
    const { db } = this.database;
    const bundle = JSON.stringify(draft);
    await db.insertInto('flow_bundle').values({ bundle_id: bundleId, name: bundleId, bundle }).execute();
    await db
      .insertInto('phone_number')
      .values({ phone_number: phoneNumber, name: bundleId, state: 'live', bundle_id: bundleId })
      .execute();
    await this.directory.load();
  }

  /** A process of ours; another one may take its place once it was stopped. */
  async switchboard(
    line: Line,
    clock: Clock,
    changes: {
      readonly append?: (kept: Promise<void>) => Promise<void>;
      readonly soundsFor?: Prompts['soundsFor'];
      readonly promptsFor?: PromptsFor;
      readonly eventKeys?: SealKeys;
      readonly campaignCalls?: CampaignCalls;
    } = {},
  ): Promise<Switchboard> {
    const spool = await openSpool(join(this.#folder, 'spool'));
    const callLog = createCallLog({
      db: this.db,
      spool,
      clock: systemClock,
      log,
      onPosted: () => undefined,
    });
    this.#callLog = callLog;
    const {
      append = (kept) => kept,
      soundsFor = (parts) => Promise.resolve(parts.map(() => '/sound')),
      promptsFor = () => ({ soundsFor }),
      eventKeys = this.eventKeys,
      campaignCalls = noCampaignCalls,
    } = changes;
    const slowLog: CallLog = {
      append: (entry, urgent) => append(callLog.append(entry, urgent)),
      get state() {
        return callLog.state;
      },
      drain: () => callLog.drain(),
      spooled: () => callLog.spooled(),
      settled: () => callLog.settled(),
      stop: () => callLog.stop(),
    };
    const none = () => Promise.resolve({ durationMs: 0 });
    const switching = createTelephoneSwitching({
      db: this.db,
      sounds: { prepare: () => Promise.resolve() },
      clock,
    });
    return createSwitchboard({
      line,
      callLog: slowLog,
      directory: this.directory,
      switching: createSwitchingCalls({ line, prompts: { soundsFor }, switching, clock, log }),
      promptsFor,
      campaignCalls,
      askForNumber: createNumberAsking({ line, prompts: { soundsFor }, clock, log }),
      recordings: createRecordings({
        db: this.db,
        folder: this.#folder,
        finishFile: { transfer: none, voicemail: none },
        callNode: 'test',
        dueAt: this.directory.dueAt,
        log,
      }),
      seal: createEventSeal(eventKeys),
      db: this.db,
      clock,
      callNode: 'test',
      log,
    });
  }

  /** Whether all that the calls have told stands in PostgreSQL. */
  async recordsWritten(): Promise<boolean> {
    await this.#callLog?.settled();
    return (await this.#callLog?.drain()) ?? true;
  }

  async types(callId: string): Promise<readonly string[]> {
    const rows = await this.database.db
      .selectFrom('call_event')
      .select('type')
      .where('call_id', '=', callId)
      .orderBy('seq')
      .execute();
    return rows.map(({ type }) => type);
  }

  /** The call's summary once `isSo` is true of it. */
  async summary(callId: string, isSo: (row: { outcome: string | null; keys: string }) => boolean) {
    for (let tries = 0; tries < 200; tries++) {
      const row = await this.database.db
        .selectFrom('call_summary')
        .select(['outcome', 'keys', 'last_seq'])
        .where('call_id', '=', callId)
        .executeTakeFirst();
      if (row !== undefined && isSo(row)) return row;
      await pause(50);
    }
    throw new Error('the records do not come to say what was expected');
  }

  async close(): Promise<void> {
    this.way.speak();
    await this.db.destroy();
    await this.way.close();
    await this.database.drop();
    await rm(this.#folder, { recursive: true });
  }
}
