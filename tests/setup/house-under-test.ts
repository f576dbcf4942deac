import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BundleDraft, type Calendar, makeRunnable, preparablePartsOf } from '@madoguchi/flow';
import { cacheRoot, freePort, provision } from '@madoguchi/telephony';
import {
  createTelephone,
  encodeAlaw,
  encodeUlaw,
  markerSound,
  type PlacedCall,
  type Telephone,
} from '@madoguchi/telephony/telephone';
import type { Database } from '../../packages/server/src/database/index.ts';
import { createTestDatabase, type TestDatabase } from '../../packages/server/src/database/test-database.ts';
import { openSpeech } from '../../packages/server/src/main/open-speech.ts';
import {
  type House,
  type HouseOptions,
  type PartName,
  startHouse,
} from '../../packages/server/src/operations/house.ts';
import { until } from './until.ts';

export const CITIZEN = '09000000001';

/** A whole Madoguchi on real parts in a folder of its own, with a citizen's and a staff telephone beside it. */
export type HouseUnderTest = {
  readonly house: House;
  readonly database: TestDatabase;
  readonly dataDir: string;
  readonly tools: HouseOptions['tools'];
  readonly citizen: Telephone;
  /** Where transfers arrive, whatever number was dialled. */
  readonly staff: Telephone;
  readonly lines: readonly string[];
  call(to: string, from?: string): Promise<PlacedCall>;
  /** Puts a flow in force; markers are announced as uploaded sounds `marker0` … `marker7` (2 s each). */
  serve(phoneNumber: string, draft: BundleDraft, settings?: ServeSettings, db?: Database): Promise<void>;
  /** Kills a process as a crash would (SIGKILL) and resolves when it is gone; the supervisor starts it again. */
  kill(part: PartName): Promise<void>;
  stop(): Promise<void>;
};

export type ServeSettings = {
  readonly calendar?: Calendar;
  readonly fallbackNumber?: string;
  readonly list?: { readonly id: string; readonly numbers: readonly string[] };
  readonly recordingEnabled?: boolean;
};

const MARKERS = 8;
export const MARKER_MS = 2_000;

/** @param prepare lays what the house is to find in its folder */
export async function startHouseUnderTest(
  changes: Partial<HouseOptions> = {},
  prepare: (dataDir: string) => Promise<void> = async () => undefined,
): Promise<HouseUnderTest> {
  const tools = await provision(['asterisk', 'openJtalk', 'ffmpeg'], () => undefined);
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'madoguchi-house-'));
  await writeMarkers(join(dataDir, 'uploads'));
  await prepare(dataDir);
  const citizen = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp' });
  const staff = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp' });
  const sipPort = await freePort();
  const worker = Number(process.env['VITEST_POOL_ID'] ?? '1');
  const lines: string[] = [];
  const house = await startHouse({
    dataDir,
    databaseUrl: database.url,
    tools,
    http: { address: '127.0.0.1', port: await freePort(), publicUrl: null },
    sip: { address: '127.0.0.1', port: sipPort },
    rtpPorts: { from: 30_000 + 1_000 * worker, to: 30_999 + 1_000 * worker },
    trunk: { host: '127.0.0.1', port: staff.port },
    promptsDir: join(cacheRoot(), 'test-prompts'),
    laySamples: false,
    onProgress: () => undefined,
    onLine: (part, line) => lines.push(`[${part}] ${line}`),
    ...changes,
  });

  return {
    house,
    database,
    dataDir,
    tools,
    citizen,
    staff,
    lines,
    call: (to, from = CITIZEN) =>
      citizen.call({ to, from, server: { host: '127.0.0.1', port: house.sipPort } }),
    serve: (phoneNumber, draft, settings = {}, db = database.db) =>
      serve(db, house, phoneNumber, draft, settings),
    async kill(name) {
      const pid = house.part(name)?.pid;
      if (pid === undefined) throw new Error(`${name} does not run`);
      process.kill(pid, 'SIGKILL');
      await until(`the end of ${name}`, () => house.part(name)?.pid !== pid);
    },
    async stop() {
      await citizen.close();
      await staff.close();
      await house.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function writeMarkers(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let marker = 0; marker < MARKERS; marker++) {
    const samples = markerSound(marker, MARKER_MS);
    await writeFile(join(folder, `marker${marker}.ulaw`), encodeUlaw(samples));
    await writeFile(join(folder, `marker${marker}.alaw`), encodeAlaw(samples));
  }
}

async function serve(
  db: Database,
  house: House,
  phoneNumber: string,
  draft: BundleDraft,
  { calendar, fallbackNumber, list, recordingEnabled }: ServeSettings,
): Promise<void> {
  const made = makeRunnable(draft, {
    ownNumbers: [phoneNumber],
    calendarIds: calendar === undefined ? [] : [calendar.id],
    listIds: list === undefined ? [] : [list.id],
    audioIds: Array.from({ length: MARKERS }, (_, marker) => `marker${marker}`),
  });
  if (!made.ok) throw new Error(`the test's flow is wrong: ${JSON.stringify(made.problems)}`);
  const prompts = await openSpeech(house.settings, []);
  await (prompts.in(made.flow.voice) ?? prompts).prepare(preparablePartsOf(made.flow));
  prompts.close();
  await db.transaction().execute(async (trx) => {
    if (calendar !== undefined) {
      await trx
        .insertInto('calendar')
        .values({ calendar_id: calendar.id, name: calendar.name, calendar: JSON.stringify(calendar) })
        .execute();
    }
    if (list !== undefined) {
      await trx.insertInto('number_list').values({ list_id: list.id, name: list.id }).execute();
      await trx
        .insertInto('number_list_entry')
        .values(list.numbers.map((number) => ({ list_id: list.id, number })))
        .execute();
    }
    await trx
      .insertInto('flow_bundle')
      .values({ bundle_id: draft.bundleId, name: 'test', bundle: JSON.stringify(made.flow) })
      .execute();
    await trx
      .insertInto('phone_number')
      .values({
        phone_number: phoneNumber,
        name: '試験の番号',
        state: 'live',
        bundle_id: draft.bundleId,
        fallback_number: fallbackNumber ?? null,
        calendar_id: calendar?.id ?? null,
        ...(recordingEnabled === undefined ? {} : { recording_enabled: recordingEnabled }),
      })
      .execute();
  });
  // The telephone keeps its own copy of the settings: it is served once the copy names the version.
  await until(`${draft.bundleId} in force`, async () =>
    (await readFile(join(house.settings.stateDir, 'directory.json'), 'utf8')).includes(`"${draft.bundleId}"`),
  );
}
