import type { CampaignSettings } from '@madoguchi/server/campaign-contract';

/** What a group of fields of a draft is given: what stands there, how to change it, and what the server objects to. */
export type SettingsEdit = {
  readonly settings: CampaignSettings;
  readonly edit: (change: Partial<CampaignSettings>) => void;
  /** By the field's path in the draft: 'settings.lastDay'. */
  readonly problem: (path: string) => string | undefined;
};
