import { join } from 'node:path';
import { defaultHolidays, preparablePartsOf } from '@madoguchi/flow';
import { writeDialplan, writeTrunks } from '@madoguchi/telephony/asterisk';
import type { Logger } from 'pino';
import { carryOutDeskCalls, deskCallChannel } from '../calls/desk/index.ts';
import { createSwitchingCalls, wordsToPrepare } from '../calls/emergency/index.ts';
import {
  createCallLog,
  createDirectory,
  createEventSeal,
  createRecordings,
  createSwitchboard,
  fallbacksOf,
  keepFallbacks,
  openSpool,
  type RecordingSpace,
  readRecordingSpace,
  versionsOfOpenCalls,
} from '../calls/index.ts';
import { askingWords, createNumberAsking } from '../calls/number-asking/index.ts';
import { placedCallChannel, placedCallSounds, placeOrderedCalls } from '../calls/placed/index.ts';
import {
  campaignChannel,
  cityCallRules,
  createDialler,
  createOutcomeTables,
  createSoundsReady,
} from '../campaigns/index.ts';
import type { Clock } from '../clock.ts';
import { type Database, ensurePartitions, listen } from '../database/index.ts';
import { createTelephoneSwitching } from '../emergency/index.ts';
import {
  AsteriskLine,
  createLineUseSayer,
  finishTransferRecording,
  finishVoicemailRecording,
  loadTrunks,
} from '../line/index.ts';
import { sayComponentState } from '../operations/index.ts';
import { createSeal } from '../seal.ts';
import type { Settings } from '../settings.ts';
import { createSmsSender, openGateway } from '../sms/index.ts';
import { every } from './every.ts';
import type { Running } from './running.ts';
import { openTelephoneSpeech } from './telephone-speech.ts';
import type { VersionSpeech } from './version-speech.ts';

const HEARTBEAT_MS = 3_000;
const SPACE_MS = 3_000;
const LINE_USE_MS = 1_000;
/** The telephone's own copy of the opening hours and half-done recordings are looked after this often. */
const HOUSEKEEPING_MS = 60_000;
/** Sounds of values may tell of a person: they are kept for a working day. */
const KEEP_VALUE_SOUNDS_MS = 24 * 3_600_000;
/** Longer than any secret takes to be read back. */
const KEEP_SECRET_SOUNDS_MS = 120_000;

/** The telephone: line, conversations, log, text messages. */
export async function startCallsRole(parts: {
  readonly settings: Settings;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}): Promise<Running> {
  const { settings, db, clock, log } = parts;
  const spool = await openSpool(join(settings.stateDir, 'call-events.spool'));
  let speech: VersionSpeech | null = null;
  const directory = createDirectory({
    db,
    cacheFile: join(settings.stateDir, 'directory.json'),
    bundledHolidays: defaultHolidays,
    beforeTaking: async (versions) => await speech?.openCompiled(versions),
    log,
  });
  await directory.load();
  const { callNode } = settings;
  const leftOpen = await versionsOfOpenCalls(db, directory, callNode).catch((error: unknown) => {
    log.warn({ err: error }, 'the versions of open calls cannot be read yet');
    return [];
  });
  let versionsInCalls = () => leftOpen;
  const telephoneSpeech = await openTelephoneSpeech({
    settings,
    db,
    spoken: directory.spoken,
    versions: () => [...directory.versions, ...versionsInCalls()],
    log,
  });
  speech = telephoneSpeech;
  const prompts = telephoneSpeech.now;
  const smsClock = { now: () => new Date(clock.now()) };
  const gateways = settings.sms.gateways.map((contract) =>
    openGateway(contract, { clock: smsClock, log, onConnected: () => sender.wake() }),
  );
  const sender = createSmsSender({
    db,
    url: settings.databaseUrl,
    gateways,
    clock: smsClock,
    owner: settings.callNode,
    settings: settings.sms.sender,
    onSettled: (id, outcome) => switchboard.smsSettled(id, outcome),
    log,
  });
  const callLog = createCallLog({ db, spool, clock, log, onPosted: () => sender.wake() });
  const trunkSeal = createSeal(settings.trunkKeys);
  let trunks = await loadTrunks(db, settings.stateDir, trunkSeal, log);
  const line = new AsteriskLine({
    ariUrl: settings.telephone.ariUrl,
    user: settings.telephone.ariUser,
    password: settings.telephone.ariPassword,
    application: settings.telephone.ariApplication,
    recordingDir: settings.recordingsDir,
    trunks,
    log,
  });
  const placed = placeOrderedCalls({
    line,
    sounds: () => placedCallSounds(prompts),
    db,
    clock,
    callNode,
    log,
  });
  const desk = carryOutDeskCalls({
    line,
    prompts,
    db,
    clock,
    callNode,
    recordingsDir: settings.recordingsDir,
    audioDir: settings.uploadsDir,
    ffmpeg: settings.speech.ffmpeg,
    log,
  });
  const outcomeTables = createOutcomeTables({ db, log });
  await outcomeTables.refresh();
  const dialler = createDialler({
    line,
    db,
    directory,
    soundsReady: createSoundsReady(telephoneSpeech.promptsFor),
    rules: cityCallRules,
    tableOf: outcomeTables.of,
    versionsChanged: async () => {
      await telephoneSpeech.follow(directory.spoken);
      prepareCallBacks();
    },
    isUp: () => switchboard.engineUp,
    hasCallBack: (callId) => switchboard.hasCallBack(callId),
    recordsWritten: async () => {
      await callLog.settled();
      return await callLog.drain();
    },
    clock,
    callNode,
    log,
  });
  const recordings = createRecordings({
    db,
    folder: settings.recordingsDir,
    finishFile: { transfer: finishTransferRecording, voicemail: finishVoicemailRecording },
    callNode,
    dueAt: directory.dueAt,
    log,
  });
  const switchboard = createSwitchboard({
    line,
    callLog,
    directory,
    promptsFor: telephoneSpeech.promptsFor,
    recordings,
    seal: createEventSeal(settings.eventKeys),
    switching: createSwitchingCalls({
      line,
      prompts,
      switching: createTelephoneSwitching({ db, sounds: prompts, clock }),
      clock,
      log,
    }),
    campaignCalls: dialler,
    askForNumber: createNumberAsking({ line, prompts, clock, log }),
    db,
    clock,
    callNode,
    log,
  });

  const tellTelephone = async () => {
    try {
      const fallbackNumbers = fallbacksOf(directory, clock.now());
      await keepFallbacks(settings.stateDir, fallbackNumbers);
      await writeDialplan(settings.telephone.asteriskDir, {
        ariApplication: settings.telephone.ariApplication,
        maxCallMs: settings.telephone.maxCallMs,
        defaultApologySound: settings.telephone.apologySound,
        fallbackNumbers,
        trunks,
      });
      await line.reloadDialplan();
    } catch (error) {
      log.warn({ err: error }, 'the fallback of the telephone could not be renewed');
    }
  };
  const changeTrunks = async () => {
    const now = await loadTrunks(db, settings.stateDir, trunkSeal, log);
    if (JSON.stringify(now) === JSON.stringify(trunks)) return;
    trunks = now;
    await writeTrunks(settings.telephone.asteriskDir, trunks, settings.telephone);
    await line.changeTrunks(trunks);
  };
  /** Of a house where nobody switches by telephone, nobody needs to hear it. */
  const prepareSwitching = async () => {
    if (directory.switchingNumber === null) return;
    await prompts
      .prepare(wordsToPrepare())
      .catch((error: unknown) =>
        log.warn({ err: error }, 'what callers who switch hear is made when it is said'),
      );
  };
  /** What is the same for everybody; nobody waits for it. */
  const prepareCallBacks = () => {
    const preparing = dialler.callBackVersions.map((version) =>
      telephoneSpeech.promptsFor(version).prepare(preparablePartsOf(version)),
    );
    if (preparing.length === 0) return;
    void Promise.all([prompts.prepare(askingWords()), ...preparing]).catch((error: unknown) =>
      log.warn({ err: error }, 'what people hear who call back is made when it is said'),
    );
  };
  await ensurePartitions(db, [new Date(clock.now()).toISOString().slice(0, 10)]).catch((error: unknown) =>
    log.warn({ err: error }, 'partitions are made when PostgreSQL is back'),
  );
  await sender.start();
  await switchboard.start();
  versionsInCalls = () => [...switchboard.versionsInUse, ...dialler.versions];
  dialler.start();
  void placedCallSounds(prompts).catch((error: unknown) =>
    log.warn({ err: error }, 'what staff hear in placed calls is made at the first of them'),
  );
  void prepareSwitching();
  const stopListeningToOrders = listen(settings.databaseUrl, [placedCallChannel], {
    clock,
    onWake: placed.wake,
  });
  const stopListeningToDesks = listen(settings.databaseUrl, [deskCallChannel], {
    clock,
    onWake: desk.wake,
  });
  const stopListeningToCampaigns = listen(settings.databaseUrl, [campaignChannel], {
    clock,
    onWake: dialler.wake,
  });
  // After the line is there, since every wake tells the telephone too.
  const stopListening = listen(settings.databaseUrl, ['settings_changed'], {
    clock,
    onWake: () =>
      void Promise.all([directory.refresh(), changeTrunks(), outcomeTables.refresh()])
        .catch((error: unknown) => log.warn({ err: error }, 'the trunks could not be changed'))
        .then(tellTelephone)
        .then(() => telephoneSpeech.follow(directory.spoken))
        .then(prepareSwitching),
  });

  const onError = (error: unknown) => log.warn({ err: error }, 'regular work failed and is tried again');
  const stopHeartbeat = every(
    clock,
    HEARTBEAT_MS,
    async () => {
      await sayComponentState(db, 'telephone', switchboard.engineUp, clock.now());
      const anyGateway = gateways.some(({ gateway }) => gateway.connected);
      await sayComponentState(db, 'sms', anyGateway, clock.now());
    },
    onError,
  );
  let space: RecordingSpace = 'enough';
  // Apart from the heartbeat: a disk that does not answer must not make the telephone look as if it were down.
  const stopSpaceWatch = every(
    clock,
    SPACE_MS,
    async () => {
      const now = await readRecordingSpace(settings.recordingsDir);
      if (now !== space) log.warn({ space: now }, 'the room for recordings changed');
      const hasRoomAgain = space === 'full' && now !== 'full';
      space = now;
      if (hasRoomAgain) await recordings.finish();
      await sayComponentState(db, 'recordingSpace', now !== 'full', clock.now());
      await sayComponentState(db, 'recordingReserve', now === 'enough', clock.now());
    },
    onError,
  );
  const stopLineUse = every(
    clock,
    LINE_USE_MS,
    createLineUseSayer({ db, callNode, clock, lineUse: () => line.lineUse }),
    // The heartbeat says so already where PostgreSQL is away.
    () => undefined,
  );
  const stopHousekeeping = every(
    clock,
    HOUSEKEEPING_MS,
    async () => {
      await tellTelephone();
      await recordings.finish();
      const now = clock.now();
      await prompts.forgetValues(new Date(now - KEEP_VALUE_SOUNDS_MS), new Date(now - KEEP_SECRET_SOUNDS_MS));
    },
    onError,
  );

  return {
    async stop() {
      stopHeartbeat();
      stopSpaceWatch();
      stopLineUse();
      stopHousekeeping();
      await stopListening();
      await stopListeningToOrders();
      await stopListeningToDesks();
      await stopListeningToCampaigns();
      await dialler.stop();
      await placed.stop();
      await desk.stop();
      await switchboard.stop();
      await sender.stop();
      telephoneSpeech.close();
    },
  };
}
