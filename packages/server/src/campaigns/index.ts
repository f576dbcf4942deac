export { campaignChannel, createDialler, type Dialler } from './dialling/dialler.ts';
export { type DiallingRules, noRules } from './dialling/dialling-rules.ts';
export { createSoundsReady } from './dialling/sounds-ready.ts';
export type { AfterOutcome, AllowedTimes, CampaignSettings } from './settings.ts';
export { CampaignSettingsSchema, readCampaignSettings } from './settings.ts';
