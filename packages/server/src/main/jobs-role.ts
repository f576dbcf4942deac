import type { Logger } from 'pino';
import {
  campaignsGoOn,
  cityTextRules,
  createTexting,
  endDue,
  prepareCampaignSounds,
  startDue,
  sweepResultFiles,
} from '../campaigns/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { endOverdue } from '../emergency/index.ts';
import { prepareTrials } from '../flows/index.ts';
import { carryOutPlans } from '../numbers/index.ts';
import type { Settings } from '../settings.ts';
import { termsOf } from '../sms/index.ts';
import { every } from './every.ts';
import { openBackgroundSpeech } from './open-background-speech.ts';
import type { Running } from './running.ts';

/** What staff planned for a time is done at most so much later. */
const PLANS_MS = 1_000;
/** From the order of a trial to the making of its sounds: somebody waits for it, with a telephone at hand. */
const TRIALS_MS = 1_000;
/** Between two turns of campaigns' text messages, and between two looks at what came of them. */
const TEXTS_MS = 500;
const TEXTS_TOLD_MS = 5_000;
/** From a proposal of a campaign to the measuring of how long its sounds take. */
const SOUNDS_MS = 2_000;

/** Files of results are taken away at most so much after their time. */
const RESULT_FILES_MS = 15 * 60_000;

/** Work that nobody waits for at a screen: planned changes, ends of emergency announcements, campaigns' beginnings and ends, sounds made ahead. */
export function startJobsRole({
  settings,
  db,
  clock,
  log,
}: {
  readonly settings: Settings;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}): Running {
  const onError = (error: unknown) => log.warn({ err: error }, 'planned work failed and is tried again');
  const texting = createTexting({ db, clock, log, rules: cityTextRules(settings.sms.gateways.map(termsOf)) });
  /** Most of the time no campaign goes on, and PostgreSQL has calls to write down. */
  let hasCampaigns = false;
  const stops = [
    every(clock, PLANS_MS, () => carryOutPlans(db, clock), onError),
    every(clock, PLANS_MS, () => endOverdue(db, clock), onError),
    every(
      clock,
      PLANS_MS,
      async () => {
        hasCampaigns = await campaignsGoOn(db);
        if (!hasCampaigns) return;
        await startDue(db, clock);
        await endDue(db, clock);
      },
      onError,
    ),
    every(clock, TEXTS_MS, async () => (hasCampaigns ? await texting.send() : undefined), onError),
    every(clock, TEXTS_TOLD_MS, texting.settle, onError),
    every(clock, RESULT_FILES_MS, () => sweepResultFiles(db, settings.resultsDir, clock.now()), onError),
    every(
      clock,
      SOUNDS_MS,
      () =>
        prepareCampaignSounds({
          db,
          promptsFor: (version) => openBackgroundSpeech(version, settings, db),
          clock,
          log,
        }),
      onError,
    ),
    every(
      clock,
      TRIALS_MS,
      () =>
        prepareTrials({
          db,
          promptsFor: (version) => openBackgroundSpeech(version, settings, db),
          clock,
          log,
        }),
      onError,
    ),
  ];
  return {
    stop() {
      for (const stop of stops) stop();
      return Promise.resolve();
    },
  };
}
