export type { AfterOutcome, AllowedTimes, CampaignSettings } from './settings.ts';
export { CampaignSettingsSchema, readCampaignSettings } from './settings.ts';
