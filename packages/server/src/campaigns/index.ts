export { type AnswerListening, createAnswerListening } from './answering/answer-listening.ts';
export type { AfterOutcome, AllowedTimes, CampaignSettings } from './settings.ts';
export { CampaignSettingsSchema, readCampaignSettings } from './settings.ts';
export type { AnsweredBy } from './words.ts';
