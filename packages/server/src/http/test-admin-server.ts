import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SaidText } from '@madoguchi/flow';
import { verifyPassword } from 'better-auth/crypto';
import { pino } from 'pino';
import {
  type Auth,
  accountRoutes,
  createAuth,
  createGuard,
  type LockSettings,
  type Role,
} from '../accounts/index.ts';
import { announcementRoutes, createListening, type OpenSpeech } from '../announcements/index.ts';
import { calendarRoutes } from '../calendars/routes.ts';
import { callReadingRoutes, createLiveReader, liveRoutes } from '../calls/reading/index.ts';
import {
  campaignCostRoutes,
  campaignRoutes,
  createKeptFiles,
  createLists,
  createPersonKeys,
  type IsSuppressed,
  listRoutes,
  suppressionRoutes,
} from '../campaigns/index.ts';
import { resultRoutes } from '../campaigns/results/routes.ts';
import { systemClock } from '../clock.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import { emergencyRoutes, type MessageSounds } from '../emergency/index.ts';
import { countRoutes } from '../flows/counts/routes.ts';
import { createReplays, type Replays, failedTests as runFailedTests } from '../flows/index.ts';
import type { OutlookParts } from '../flows/publishing/outlook.ts';
import { publishingRoutes } from '../flows/publishing/routes.ts';
import { replayRoutes } from '../flows/replay/routes.ts';
import { flowRoutes } from '../flows/routes.ts';
import { telephoneTrialRoutes } from '../flows/trial/by-telephone/routes.ts';
import { trialRoutes } from '../flows/trial/routes.ts';
import { inboxRoutes } from '../inbox/index.ts';
import { trunkRoutes } from '../line/trunks/routes.ts';
import { numberRoutes } from '../numbers/index.ts';
import { createSeal, newSealKeys, type Seal } from '../seal.ts';
import { smsRoutes } from '../sms/routes.ts';
import { type ApiServer, createApiServer, healthRoutes } from './index.ts';

export const TEST_ORIGIN = 'http://127.0.0.1:8080';
/** Base64 of 32 bytes. */
export const TEST_PERSON_KEY = Buffer.alloc(32, 7).toString('base64');
export const TEST_PASSWORD = 'correct horse battery';

export type TestAdminServer = {
  readonly database: TestDatabase;
  readonly server: ApiServer;
  readonly auth: Auth;
  /** Of the passwords of trunks. */
  readonly trunkSeal: Seal;
  readonly recordingsDir: string;
  /** Where files of results lie. */
  readonly resultsDir: string;
  /** Where core systems fetch files of results. */
  readonly resultDropDir: string;
  /** Lines of the log, as JSON. */
  readonly logLines: string[];
  /** How often a password was hashed or compared: what costs 90 ms each. */
  readonly hashings: { count: number };
  /** `ms` is added to the wall clock. */
  readonly offset: { ms: number };
  /** Tests of flows that fail from now on. */
  readonly failedTests: { name: string; message: string }[];
  readonly replays: Replays;
  /** Files of 名簿. */
  readonly listsDir: string;
  signIn(
    email: string,
    password?: string,
  ): Promise<{ status: number; body: unknown; cookie: string; setCookie: string }>;
  /** Makes a person and signs them in. @returns the cookie header. */
  enter(role: Role, email?: string): Promise<{ cookie: string; userId: string }>;
  stop(): Promise<void>;
};

export type TestSpeech = {
  readonly open: OpenSpeech;
  readonly ffmpeg: string;
  readonly audioDir: string;
};

const NO_SOUNDS: MessageSounds = {
  prepare: () => Promise.resolve(),
  preview: () => Promise.resolve(Buffer.alloc(0)),
};

/** The whole admin server on a fresh database: for tests only. */
export async function startTestAdminServer(
  options: LockSettings & {
    readonly sessionCheckMs?: number;
    readonly secureCookies?: boolean;
    readonly trunkSeal?: Seal;
    /** Which texts somebody has listened to. Default: all. */
    readonly isHeard?: (text: SaidText) => boolean;
    /** Where sounds are made; by default none is, and none is missed. */
    readonly sounds?: MessageSounds;
    /** For a real browser: the built page, and the origin under which it will be opened. */
    readonly page?: { readonly webDist: string; readonly origin: string };
    /** Whom nobody may call. Default: everybody may be. */
    readonly isSuppressed?: IsSuppressed;
    /** The speech tools, with folders for what they make; without them nothing can be listened to or uploaded. */
    readonly speech?: TestSpeech;
  } = {},
): Promise<TestAdminServer> {
  const {
    sessionCheckMs,
    secureCookies = false,
    page,
    speech,
    sounds = NO_SOUNDS,
    trunkSeal = createSeal(newSealKeys()),
    isHeard = () => true,
    isSuppressed = async (people) => people.map(() => false),
    ...lock
  } = options;
  const failedTests: { name: string; message: string }[] = [];
  const database = await createTestDatabase();
  const { db } = database;
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-http-'));
  const emptyPage = join(folder, 'web');
  const recordingsDir = join(folder, 'recordings');
  await mkdir(join(emptyPage, 'assets'), { recursive: true });
  const resultsDir = join(folder, 'results');
  const resultDropDir = join(folder, 'drop');
  await mkdir(recordingsDir);
  await mkdir(resultDropDir);
  await writeFile(join(emptyPage, 'index.html'), '<!doctype html><title>窓口</title>');
  await writeFile(join(emptyPage, 'assets', 'page-1a2b3c.js'), 'export {};');
  const logLines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logLines.push(line) });
  const hashings = { count: 0 };
  const offset = { ms: 0 };
  const clock = { ...systemClock, now: () => systemClock.now() + offset.ms };
  const origins = [page?.origin ?? TEST_ORIGIN] as const;
  const auth = createAuth({
    db,
    clock,
    log,
    settings: { secret: 'only-for-tests-0123456789-abcdefghijk', origins, secureCookies, ...lock },
    // Cheap for people made here; real scrypt for the first administrator, who is made outside of it.
    hashing: {
      hash: async (password) => {
        hashings.count++;
        return `test:${password}`;
      },
      verify: async (data) => {
        hashings.count++;
        return data.hash.startsWith('test:')
          ? data.hash === `test:${data.password}`
          : await verifyPassword(data);
      },
    },
  });
  const guard = createGuard(auth);
  const live = createLiveReader({ databaseUrl: database.url, db, clock, log });
  live.start();
  const listening = createListening(
    speech?.open ?? (() => Promise.reject(new Error('this test has no speech tools'))),
    clock.now,
  );
  const replays = createReplays({ db, clock, log, mostCalls: 300 });
  const listsDir = join(folder, 'lists');
  const lists = createLists({
    db,
    clock,
    files: createKeptFiles(listsDir),
    personKeys: createPersonKeys(Buffer.alloc(32).toString('base64')),
    isSuppressed,
    log,
  });
  const outlookParts: OutlookParts = {
    db,
    audioIds: async () => [],
    isHeard: async (texts) => texts.map(isHeard),
    failedTests: async (flowId, flow) => [...failedTests, ...(await runFailedTests(db, flowId, flow))],
  };
  const server = await createApiServer({
    settings: { origins, secureCookies },
    webDist: page?.webDist ?? emptyPage,
    log,
    routes: [
      accountRoutes({ auth, guard, origin: origins[0] }),
      callReadingRoutes({ db, guard, recordingsDir, clock }),
      liveRoutes({ live, guard, clock, log, ...(sessionCheckMs === undefined ? {} : { sessionCheckMs }) }),
      smsRoutes({ db, guard, inbox: null, terms: [{ partUnits: 67, price: [] }], clock }),
      inboxRoutes({ db, guard, clock }),
      flowRoutes({ db, guard, clock, audioIds: async () => [] }),
      countRoutes({ db, guard }),
      publishingRoutes({ ...outlookParts, guard, clock, makeReady: () => Promise.resolve() }),
      campaignRoutes({
        ...outlookParts,
        guard,
        clock,
        terms: [{ partUnits: 67, price: [] }],
        estimate: () => Promise.resolve(null),
      }),
      trunkRoutes({
        db,
        guard,
        seal: trunkSeal,
        localAddress: '127.0.0.1',
        speaksTls: false,
        portsInUse: [5060],
        clock,
      }),
      calendarRoutes({ db, guard, clock }),
      announcementRoutes({
        db,
        guard,
        clock,
        listening,
        ffmpeg: speech?.ffmpeg ?? 'ffmpeg',
        audioDir: speech?.audioDir ?? join(folder, 'uploads'),
        log,
      }),
      trialRoutes({ db, guard, clock }),
      telephoneTrialRoutes({ db, guard, clock, audioIds: async () => [] }),
      replayRoutes({ db, guard, clock, audioIds: async () => [], replays }),
      numberRoutes({ db, guard, clock }),
      emergencyRoutes({ db, guard, sounds: () => Promise.resolve(sounds), clock }),
      listRoutes({ db, guard, clock, lists }),
      campaignCostRoutes({ db, guard, clock }),
      suppressionRoutes({ db, guard, clock, personKeys: createPersonKeys(TEST_PERSON_KEY) }),
      resultRoutes({ db, guard, clock, log, resultsDir, dropDir: resultDropDir, keptDays: 30 }),
      healthRoutes({ db, clock }),
    ],
  });

  async function signIn(email: string, password = TEST_PASSWORD) {
    const reply = await server.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      headers: { origin: origins[0] },
      payload: { email, password },
    });
    const setCookie = [reply.headers['set-cookie'] ?? []].flat().join('\n');
    const body: unknown = reply.json();
    return {
      status: reply.statusCode,
      body,
      setCookie,
      cookie: reply.cookies.map((c) => `${c.name}=${c.value}`).join('; '),
    };
  }

  return {
    database,
    server,
    auth,
    trunkSeal,
    recordingsDir,
    resultsDir,
    resultDropDir,
    logLines,
    hashings,
    offset,
    failedTests,
    replays,
    listsDir,
    signIn,
    async enter(role, email = `${role}@example.jp`) {
      const { userId } = await auth.createPerson({ name: '試験', email, role, password: TEST_PASSWORD });
      const { cookie } = await signIn(email);
      return { cookie, userId };
    },
    async stop() {
      await server.close();
      await listening.close();
      await replays.stop();
      await lists.stop();
      await live.stop();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}
