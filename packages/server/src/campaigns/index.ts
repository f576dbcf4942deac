export { prepareCampaignSounds, type SoundStore } from './planning/prepare-sounds.ts';
export { campaignRoutes } from './planning/routes.ts';
export { endDue, startDue } from './planning/running.ts';
export type { AfterOutcome, AllowedTimes, CampaignSettings } from './settings.ts';
export { CampaignSettingsSchema, readCampaignSettings } from './settings.ts';
export { createTexting } from './texting/texting.ts';
export { noTextingRules, type TextingRules } from './texting/texting-rules.ts';
