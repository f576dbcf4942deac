export { type AnswerListening, createAnswerListening } from './answering/answer-listening.ts';
export {
  createKeptFiles,
  createLists,
  harmlessCell,
  type IsSuppressed,
  type Lists,
  listRoutes,
} from './lists/index.ts';
export { createPersonKeys, type PersonKeys } from './person-key.ts';
export type { AfterOutcome, AllowedTimes, CampaignSettings } from './settings.ts';
export { CampaignSettingsSchema, readCampaignSettings } from './settings.ts';
export type { AnsweredBy } from './words.ts';
