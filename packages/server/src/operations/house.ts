import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Calendar, VoiceId } from '@madoguchi/flow';
import {
  type AsteriskSettings,
  ariUrlOf,
  asteriskCommandLine,
  asteriskIsReady,
  cacheRoot,
  freePort,
  systemNameFor,
  type TlsFiles,
  type Tools,
  writeConfiguration,
} from '@madoguchi/telephony';
import { createFirstAdministrator } from '../accounts/index.ts';
import { layUsualVoice, storedReadings, usualVoice } from '../announcements/index.ts';
import { readFallbacks } from '../calls/index.ts';
import { offsetClock } from '../clock.ts';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { connectDatabase, migrate } from '../database/index.ts';
import { prepareMessages } from '../emergency/index.ts';
import { adoptPublished, laySampleSettings, prepareInForce, versionsInForce } from '../flows/index.ts';
import {
  firstTrunk,
  keepTrunks,
  layFirstTrunk,
  readKeptTrunks,
  readTrunks,
  sealStoredPasswords,
} from '../line/index.ts';
import { findSpeech, openSpeech } from '../main/open-speech.ts';
import { openVersionSpeech } from '../main/version-speech.ts';
import { createSeal, type Seal } from '../seal.ts';
import { type Settings, SettingsSchema } from '../settings.ts';
import { speechToolsFrom } from '../speech/index.ts';
import { adminOrigins } from './admin-origins.ts';
import { makeApology } from './apology.ts';
import { ensurePortsFree } from './ports-in-use.ts';
import { TELEPHONE_RESTART } from './restart-delay.ts';
import { readOrMakeSecrets } from './secrets.ts';
import { type GatewayContract, smsGateway } from './sms-gateway.ts';
import { startChild } from './start-child.ts';
import { type StartOrder, type SupervisedPart, Supervisor, type SupervisorEvent } from './supervisor.ts';

const MAIN = join(import.meta.dirname, '../main.ts');
const WEB_DIST = join(import.meta.dirname, '../../../web/dist');
const ARI_APPLICATION = 'madoguchi';
const MAX_CALL_MS = 5 * 3_600_000;

export type PartName = 'postgres' | 'smsc' | 'asterisk' | 'calls' | 'web';

export type HouseOptions = {
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL, in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly tools: Pick<Tools, 'asterisk' | 'openJtalk' | 'ffmpeg'>;
  readonly http: {
    readonly address: string;
    readonly port: number;
    /** Where browsers reach us through a TLS proxy. */
    readonly publicUrl: string | null;
    /** Addresses of such proxies: only they may say who asks. */
    readonly trustedProxies?: readonly string[];
  };
  readonly sip: {
    readonly address: string;
    readonly port: number;
    /** Null or left out: no trunk may use TLS. */
    readonly tls?: TlsFiles | null;
  };
  readonly rtpPorts: { readonly from: number; readonly to: number };
  readonly trunk: { readonly host: string; readonly port: number };
  /** Null or left out: the local SMSC simulator. */
  readonly smsGateway?: GatewayContract | null;
  /** Folder from which core systems fetch files of results. Default: below `dataDir`. */
  readonly resultDropDir?: string | null;
  /** Days for which files of results can be fetched. Default 30. */
  readonly resultFileDays?: number | null;
  readonly clockOffsetMs?: number;
  /** Longest life of a call; five hours unless told. */
  readonly maxCallMs?: number;
  readonly logLevel?: Settings['logLevel'];
  /** Of flows that choose none; `mei` unless told. */
  readonly usualVoice?: VoiceId;
  /** Sounds made from text may be shared by houses (tests). Default: below `dataDir`. */
  readonly promptsDir?: string;
  readonly laySamples: boolean;
  /** Put in place of the sample calendar, also of one that is there already. */
  readonly sampleCalendar?: Calendar;
  readonly onProgress: (line: string) => void;
  /** Lines that the processes write. */
  readonly onLine: (part: PartName, line: string) => void;
  readonly onEvent?: (event: SupervisorEvent) => void;
};

export type House = {
  readonly settings: Settings;
  readonly httpUrl: string;
  readonly sipPort: number;
  /** HTTP of the local SMSC simulator; null with a real gateway. */
  readonly smscUrl: string | null;
  /** Made by this start; null where somebody has an account already. */
  readonly administrator: { readonly email: string; readonly password: string } | null;
  part(name: PartName): SupervisedPart | undefined;
  readonly supervisor: Supervisor;
  stop(): Promise<void>;
};

/**
 * Starts everything that one machine runs, in order, and keeps it running: PostgreSQL, the SMSC simulator, Asterisk, `calls`, `web`.
 * Resolves when a call would be answered. Whatever fails before that stops what was started.
 */
export async function startHouse(options: HouseOptions): Promise<House> {
  const { dataDir, onProgress } = options;
  const folders = [
    'run',
    'state',
    'uploads',
    'recordings',
    'results',
    'results/drop',
    'prompts',
    'smsc',
    'asterisk',
  ];
  for (const folder of folders) {
    const path = join(dataDir, folder);
    await mkdir(path, { recursive: true });
    // Voices, numbers and texts of citizens: nobody else on the machine may read them.
    await chmod(path, 0o700);
  }
  const supervisor = await Supervisor.open({
    pidFile: join(dataDir, 'run/processes.json'),
    monotonicMs: () => performance.now(),
    ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
  });
  try {
    await ensurePortsFree(options.sip, options.http);
    return await fillHouse(options, supervisor);
  } catch (error) {
    onProgress('起動できませんでした。起動したものを止めます。');
    await supervisor.stop();
    throw error;
  }
}

async function fillHouse(options: HouseOptions, supervisor: Supervisor): Promise<House> {
  const { dataDir, tools, onProgress, onLine } = options;
  const clock = offsetClock(options.clockOffsetMs ?? 0);
  const secrets = await readOrMakeSecrets(join(dataDir, 'secrets.json'));
  const seal = createSeal(secrets.trunkKeys);

  let databaseUrl = options.databaseUrl;
  if (databaseUrl === null) {
    onProgress('データベースを起動しています');
    const first = Promise.withResolvers<string>();
    await supervisor.run({
      name: 'postgres',
      start: async () => {
        const postgres = await startEmbeddedPostgres({ dataDir });
        first.resolve(postgres.url);
        return postgres;
      },
    });
    databaseUrl = await first.promise;
  }

  const sms = await smsGateway(options.smsGateway ?? null, {
    dataDir,
    simulatorPassword: secrets.smscPassword,
  });
  const asteriskSettings: Omit<AsteriskSettings, Renewed> = {
    address: options.sip.address,
    sipPort: options.sip.port,
    ariPort: await freePort(),
    ariPassword: secrets.ariPassword,
    ariApplication: ARI_APPLICATION,
    rtpPorts: options.rtpPorts,
    recordingDir: join(dataDir, 'recordings'),
    tls: options.sip.tls ?? null,
    maxCallMs: options.maxCallMs ?? MAX_CALL_MS,
    defaultApologySound: join(dataDir, 'state/apology'),
  };
  const origins = adminOrigins(options.http);
  const [httpUrl] = origins;
  const settings = SettingsSchema.parse({
    callNode: 'node1',
    databaseUrl,
    stateDir: join(dataDir, 'state'),
    promptsDir: options.promptsDir ?? join(dataDir, 'prompts'),
    uploadsDir: join(dataDir, 'uploads'),
    recordingsDir: join(dataDir, 'recordings'),
    listsDir: join(dataDir, 'lists'),
    resultsDir: join(dataDir, 'results'),
    resultDropDir: options.resultDropDir ?? join(dataDir, 'results/drop'),
    resultFileDays: options.resultFileDays ?? 30,
    clockOffsetMs: options.clockOffsetMs ?? 0,
    logLevel: options.logLevel ?? 'info',
    telephone: {
      ariUrl: ariUrlOf(asteriskSettings),
      ariUser: 'madoguchi',
      ariPassword: secrets.ariPassword,
      ariApplication: ARI_APPLICATION,
      asteriskDir: join(dataDir, 'asterisk'),
      maxCallMs: options.maxCallMs ?? MAX_CALL_MS,
      apologySound: asteriskSettings.defaultApologySound,
      address: options.sip.address,
      sipPort: options.sip.port,
      tls: asteriskSettings.tls,
    },
    speech: speechToolsFrom(tools),
    eventKeys: secrets.eventKeys,
    trunkKeys: secrets.trunkKeys,
    personKey: secrets.personKey,
    sms: sms.settings,
    smsInboxUrl: sms.simulator === null ? null : `${sms.simulator.url}/texts`,
    http: {
      address: options.http.address,
      port: options.http.port,
      origins,
      trustedProxies: options.http.trustedProxies ?? [],
      secureCookies: httpUrl.startsWith('https:'),
      webDist: WEB_DIST,
      secret: secrets.sessionSecret,
    },
  } satisfies Record<keyof Settings, unknown>);
  const settingsFile = join(dataDir, 'run/settings.json');
  await writeFile(settingsFile, JSON.stringify(settings), { mode: 0o600 });

  const db = connectDatabase(databaseUrl, { maxConnections: 2, onIdleError: () => undefined });
  let administrator: House['administrator'] = null;
  try {
    onProgress('データベースを整えています');
    await migrate(db);
    await layFirstTrunk(db, firstTrunk(options.trunk), seal);
    await sealStoredPasswords(db, seal);
    const trunks = await readTrunks(db, seal, ({ trunkId, reason }) =>
      onProgress(
        reason === 'unreadable'
          ? `回線「${trunkId}」の設定が読めないため、使いません`
          : `回線「${trunkId}」の暗証が読めないため、使いません。管理画面の「回線」で入れ直してください`,
      ),
    );
    await keepTrunks(settings.stateDir, trunks, seal);
    administrator = await createFirstAdministrator(db, { clock });
    await layUsualVoice(db, options.usualVoice ?? 'mei');
    const speechOptions = {
      // No call is taken yet: every core may work.
      prepareConcurrency: availableParallelism(),
      onRefused: (refused: readonly object[]) =>
        onProgress(`読み方の辞書のうち ${refused.length} 件は、正しくないため使いません`),
    };
    const speech = await openVersionSpeech({
      spoken: { readings: await storedReadings(db), usualVoice: await usualVoice(db) },
      open: ({ readings, usualVoice }) => openSpeech(settings, readings, { ...speechOptions, usualVoice }),
      find: ({ readings, usualVoice }) => findSpeech(settings, readings, { ...speechOptions, usualVoice }),
      versions: async () => [...(await versionsInForce(db)).values()].filter((version) => version !== null),
      prepare: () => Promise.resolve(),
      cacheDir: settings.promptsDir,
      log: { warn: () => onProgress('以前の版の読み方の辞書を用意できませんでした') },
    });
    const prompts = speech.now;
    await makeApology(prompts, join(dataDir, 'state/apology'));
    if (options.laySamples) {
      await laySampleSettings(
        { db, prompts, clock },
        {
          calendar: options.sampleCalendar ?? null,
          onProgress: (name, done, total) =>
            onProgress(`アナウンスを音声にしています（${name}） ${done}/${total}`),
        },
      );
    }
    await adoptPublished(db, new Date(clock.now()));
    await prepareInForce({ db, promptsFor: speech.promptsFor }, (bundleId, code) =>
      onProgress(`アナウンスを音声にできませんでした（${bundleId}、${code}）`),
    );
    await prepareMessages({ db, prompts }, (messageId, code) =>
      onProgress(`緊急アナウンスを音声にできませんでした（${messageId}、${code}）`),
    );
    speech.close();
  } finally {
    await db.destroy();
  }

  onProgress('電話を起動しています');
  if (sms.simulator !== null) {
    await supervisor.supervise({ ...sms.simulator.process, onLine: (line) => onLine('smsc', line) });
  }
  await supervisor.run({
    name: 'asterisk',
    start: (order) => startAsteriskPart(options, asteriskSettings, seal, order),
    restart: TELEPHONE_RESTART,
  });
  for (const [name, roles] of [
    ['calls', 'calls,dialer'],
    ['web', 'web,jobs'],
  ] as const) {
    await supervisor.supervise({
      name,
      command: process.execPath,
      args: [...NODE_ARGS[name], MAIN, '--settings', settingsFile, '--roles', roles],
      // Compiled modules are kept: quicker starts, and less memory for each process (docs/benchmarks.md).
      env: { ...process.env, NODE_COMPILE_CACHE: join(cacheRoot(), 'node-compile') },
      readyWhen: /^ready$/,
      onLine: (line) => onLine(name, line),
      ...(name === 'calls' ? { restart: TELEPHONE_RESTART } : {}),
    });
  }

  return {
    settings,
    httpUrl,
    sipPort: options.sip.port,
    smscUrl: sms.simulator?.url ?? null,
    administrator,
    supervisor,
    part: (name) => supervisor.parts.find((part) => part.name === name),
    stop: () => supervisor.stop(),
  };
}

/** What is read or made anew at every start of the telephone. */
type Renewed = 'systemName' | 'fallbackNumbers' | 'trunks';

/**
 * V8 lets its heap grow by what memory the machine has; that of the pages is bounded and collects in time. The process of the calls is not, since
 * callers wait while it collects, and collects in one thread: on a busy machine the helping threads of V8 wait for a processor, and the calls for
 * them (docs/benchmarks.md).
 */
const NODE_ARGS = {
  calls: ['--single-threaded-gc', '--max-semi-space-size=8'],
  web: ['--max-old-space-size=1024', '--max-semi-space-size=8'],
} as const;

/** A new system name at every start, so that channel ids, which are call ids, never come again. */
async function startAsteriskPart(
  options: HouseOptions,
  settings: Omit<AsteriskSettings, Renewed>,
  seal: Seal,
  order: StartOrder,
) {
  const { dataDir, tools, onLine } = options;
  const dir = join(dataDir, 'asterisk');
  const fallbackNumbers = await readFallbacks(join(dataDir, 'state'));
  const trunks = await readKeptTrunks(join(dataDir, 'state'), seal);
  await writeConfiguration(
    dir,
    { ...settings, fallbackNumbers, trunks, systemName: systemNameFor(Date.now()) },
    tools.asterisk,
  );
  const [command, ...args] = asteriskCommandLine(tools.asterisk, dir);
  return await startChild(
    {
      name: 'asterisk',
      command,
      args,
      readyWhen: () => asteriskIsReady(settings),
      onLine: (line) => onLine('asterisk', line),
    },
    order,
  );
}
