export { adoptPublished } from './drafts/adopt-published.ts';
export { assembleBundle } from './drafts/assemble.ts';
export { prepareInForce, versionsInForce } from './prepare-in-force.ts';
export { type PromptPreparation, type Publishing, publishFlow } from './publish.ts';
export { openProposals } from './publishing/open-proposals.ts';
export { createPublisher } from './publishing/publisher.ts';
export { createReplays, type Replays } from './replay/replays.ts';
export {
  laySampleSettings,
  SAMPLE_CALENDAR_ID,
  SAMPLE_CITY,
  SAMPLE_NUMBERS,
  type SampleNumber,
  sampleBundle,
  sampleCalendar,
} from './sample-settings.ts';
export { readOwnHosts, saveOwnHosts } from './stored-own-hosts.ts';
export { surroundingsOf } from './surroundings.ts';
export type { FlowTables } from './tables.ts';
export { prepareTrials } from './trial/by-telephone/prepare-trials.ts';
export { failedTests } from './trial/run-tests.ts';
export { readingsOfVersion } from './version-readings.ts';
export { spokenIn } from './version-voice.ts';
