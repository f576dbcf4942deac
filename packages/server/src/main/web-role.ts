import { nationalDigits } from '@madoguchi/flow';
import type { Logger } from 'pino';
import { z } from 'zod';
import { accountRoutes, createAuth, createGuard } from '../accounts/index.ts';
import {
  announcementRoutes,
  createListening,
  heardBySomebody,
  storedReadings,
  usualVoice,
} from '../announcements/index.ts';
import { calendarRoutes } from '../calendars/routes.ts';
import { callReadingRoutes, createLiveReader, liveRoutes } from '../calls/reading/index.ts';
import {
  campaignCostRoutes,
  campaignRoutes,
  createKeptFiles,
  createLists,
  createPersonKeys,
  estimateOfCampaign,
  isSuppressed,
  japaneseDayOf,
  listRoutes,
  suppressionRoutes,
} from '../campaigns/index.ts';
import { resultRoutes } from '../campaigns/results/routes.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { emergencyRoutes } from '../emergency/index.ts';
import { countRoutes } from '../flows/counts/routes.ts';
import { createReplays, failedTests } from '../flows/index.ts';
import type { OutlookParts } from '../flows/publishing/outlook.ts';
import { publishingRoutes } from '../flows/publishing/routes.ts';
import { replayRoutes } from '../flows/replay/routes.ts';
import { flowRoutes } from '../flows/routes.ts';
import { telephoneTrialRoutes } from '../flows/trial/by-telephone/routes.ts';
import { trialRoutes } from '../flows/trial/routes.ts';
import { createApiServer, healthRoutes } from '../http/index.ts';
import { inboxRoutes } from '../inbox/index.ts';
import { trunkRoutes } from '../line/trunks/routes.ts';
import { numberRoutes } from '../numbers/index.ts';
import { createSeal } from '../seal.ts';
import type { Settings } from '../settings.ts';
import { ReceivedTextSchema, termsOf } from '../sms/index.ts';
import { type SmsInbox, smsRoutes } from '../sms/routes.ts';
import type { PromptStore } from '../speech/index.ts';
import { uploadedAudioIds } from '../speech/index.ts';
import { openListeningSpeech } from './open-listening-speech.ts';
import { openSpeech } from './open-speech.ts';
import { startPublishing, versionReadier } from './publishing.ts';
import type { Running } from './running.ts';

const SimulatorTextsSchema = z.object({ texts: z.array(ReceivedTextSchema) });

/** The admin page: HTTP on the address of the settings. */
export async function startWebRole(parts: {
  readonly settings: Settings;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}): Promise<Running> {
  const { settings, db, clock, log } = parts;
  const { http } = settings;
  const auth = createAuth({
    db,
    settings: { secret: http.secret, origins: http.origins, secureCookies: http.secureCookies },
    clock,
    log,
  });
  const guard = createGuard(auth);
  const audioIds = () => uploadedAudioIds(settings.uploadsDir);
  const listening = createListening(openListeningSpeech(settings), clock.now);
  const spoken = speechOfNow(settings, db, log);
  const live = createLiveReader({ databaseUrl: settings.databaseUrl, db, clock, log });
  const replays = createReplays({ db, clock, log });
  const lists = createLists({
    db,
    clock,
    files: createKeptFiles(settings.listsDir),
    personKeys: createPersonKeys(settings.personKey),
    isSuppressed: async (people) => {
      const reasons = await isSuppressed(db, people, japaneseDayOf(clock.now()));
      return reasons.map((reason) => reason !== null);
    },
    log,
  });
  const outlookParts: OutlookParts = {
    db,
    audioIds,
    isHeard: heardBySomebody(db),
    failedTests: (flowId, flow) => failedTests(db, flowId, flow),
  };
  const server = await createApiServer({
    settings: {
      origins: http.origins,
      secureCookies: http.secureCookies,
      trustedProxies: http.trustedProxies,
    },
    routes: [
      accountRoutes({ auth, guard, origin: http.origins[0] }),
      callReadingRoutes({ db, guard, recordingsDir: settings.recordingsDir, clock }),
      liveRoutes({ live, guard, clock, log }),
      inboxRoutes({ db, guard, clock }),
      flowRoutes({ db, guard, clock, audioIds }),
      countRoutes({ db, guard }),
      publishingRoutes({ ...outlookParts, guard, clock, makeReady: versionReadier(settings, db, log) }),
      campaignRoutes({
        ...outlookParts,
        guard,
        clock,
        terms: settings.sms.gateways.map(termsOf),
        estimate: (trx, campaignId) =>
          estimateOfCampaign(trx, campaignId, {
            terms: settings.sms.gateways.map(termsOf),
            nowMs: clock.now(),
          }),
      }),
      trialRoutes({ db, guard, clock }),
      telephoneTrialRoutes({ db, guard, clock, audioIds }),
      replayRoutes({ db, guard, clock, audioIds, replays }),
      smsRoutes({
        db,
        guard,
        inbox: settings.smsInboxUrl === null ? null : inboxAt(settings.smsInboxUrl),
        terms: settings.sms.gateways.map(termsOf),
        clock,
      }),
      trunkRoutes({
        db,
        guard,
        seal: createSeal(settings.trunkKeys),
        localAddress: settings.telephone.address,
        speaksTls: settings.telephone.tls !== null,
        portsInUse: [settings.telephone.sipPort, settings.telephone.tls?.port ?? [], http.port].flat(),
        clock,
      }),
      calendarRoutes({ db, guard, clock }),
      announcementRoutes({
        db,
        guard,
        clock,
        listening,
        ffmpeg: settings.speech.ffmpeg,
        audioDir: settings.uploadsDir,
        log,
      }),
      numberRoutes({ db, guard, clock }),
      emergencyRoutes({ db, guard, sounds: spoken.sounds, clock }),
      listRoutes({ db, guard, clock, lists }),
      campaignCostRoutes({ db, guard, clock }),
      suppressionRoutes({ db, guard, clock, personKeys: createPersonKeys(settings.personKey) }),
      resultRoutes({
        db,
        guard,
        clock,
        log,
        resultsDir: settings.resultsDir,
        dropDir: settings.resultDropDir,
        keptDays: settings.resultFileDays,
      }),
      healthRoutes({ db, clock }),
    ],
    webDist: http.webDist,
    log,
  });
  await live.start();
  await replays.begin();
  lists.begin();
  await server.listen({ host: http.address, port: http.port });
  const stopPublishing = startPublishing({ settings, db, clock, log });
  return {
    async stop() {
      stopPublishing();
      await server.close();
      await listening.close();
      await replays.stop();
      await lists.stop();
      await live.stop();
      await spoken.close();
    },
  };
}

/**
 * The prompt store with staff's readings as they are stored now. Most of the time nobody makes a sound here, so that it is opened at the first
 * need, and anew once a reading or the usual voice has changed; one that could not be is tried again.
 */
function speechOfNow(settings: Settings, db: Database, log: Logger) {
  let kept: { readonly key: string; readonly opened: Promise<PromptStore> } | null = null;
  const options = {
    onRefused: (refused: readonly object[]) =>
      log.warn({ refused }, 'readings of the dictionary were left out'),
  };
  return {
    async sounds(): Promise<PromptStore> {
      const readings = await storedReadings(db);
      const voice = await usualVoice(db);
      const key = JSON.stringify([voice, readings]);
      if (kept?.key !== key) {
        const opened = openSpeech(settings, readings, { ...options, usualVoice: voice });
        kept = { key, opened };
        opened.catch(() => {
          if (kept?.opened === opened) kept = null;
        });
      }
      return await kept.opened;
    },
    async close(): Promise<void> {
      (await kept?.opened.catch(() => null))?.close();
    },
  };
}

/** Reads what the local SMSC simulator received. */
function inboxAt(url: string): SmsInbox {
  return async () => {
    const reply = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const { texts } = SimulatorTextsSchema.parse(await reply.json());
    return texts.map(({ to, text, parts, receivedAt }) => ({
      to: nationalDigits(`+${to}`) ?? to,
      text,
      parts,
      receivedAt,
    }));
  };
}
