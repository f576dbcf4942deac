import { z } from 'zod';

/** Roles 役割: administrator 管理者, chief 責任者 (decides on drafts, switches emergency announcements), staff 職員. */
export const RoleSchema = z.enum(['administrator', 'chief', 'staff']);
export type Role = z.infer<typeof RoleSchema>;

/** What a person may be allowed to do. Rights are ours: the login library knows nothing of them. */
export type Right =
  /** See calls in progress. */
  | 'viewLive'
  /** Search finished calls, read their stories and texts. */
  | 'viewCalls'
  /** Listen to recorded voices; every playback is audited. */
  | 'playRecordings'
  /** Send a test text message; costs money. */
  | 'sendTestSms'
  /** See and change what citizens left in the inbox. */
  | 'handleInbox'
  /** Look up all that is known of one number; every look is audited. */
  | 'viewCitizen'
  /** Set and clear the complaint flag of a number. */
  | 'flagComplaint'
  /** Write notes on calls. */
  | 'writeNotes'
  /** Change what notes offer to choose from. */
  | 'editNoteChoices'
  /** See, change and test the trunks; their passwords nobody sees. */
  | 'manageTrunks'
  /** See flows, phone numbers, calendars and announcements. */
  | 'viewFlows'
  /** Change drafts of flows, announcements and readings, try them, and ask for their publishing. */
  | 'editFlows'
  /** Decide on drafts that wait for approval 決裁; never on one's own. */
  | 'approveFlows'
  /** Put an approved version in force, plan it, or go back to an earlier one. */
  | 'publishFlows'
  /** Change phone numbers: state, fallback, lines. */
  | 'manageNumbers'
  /** Say how many decisions 決裁 a phone number asks for; never less than one for what one drafts oneself. */
  | 'setApproval'
  /** Change opening hours and 祝日. */
  | 'editCalendars'
  /** Switch an emergency announcement 緊急アナウンス on and off. */
  | 'switchEmergency'
  /** See campaigns 配信, their recipients and results. */
  | 'viewCampaigns'
  /** Draft campaigns, import lists, ask for approval 決裁. */
  | 'editCampaigns'
  /** Decide on campaigns that wait for approval; never on one's own. */
  | 'approveCampaigns'
  /** Start, pause and stop an approved campaign, take recipients off. */
  | 'runCampaigns'
  /** Say whom nobody may call 発信止め, and lift it. */
  | 'suppressRecipients'
  /** Make and revoke the keys by which core systems fetch results 基幹システムの鍵. */
  | 'manageResultTokens';

const STAFF: readonly Right[] = [
  'viewLive',
  'viewCalls',
  'playRecordings',
  'handleInbox',
  'viewCitizen',
  'flagComplaint',
  'writeNotes',
  'viewFlows',
  'editFlows',
  'viewCampaigns',
  'editCampaigns',
  'runCampaigns',
  'suppressRecipients',
];

const CHIEF: readonly Right[] = [
  ...STAFF,
  'approveFlows',
  'publishFlows',
  'setApproval',
  'editCalendars',
  'switchEmergency',
  'approveCampaigns',
  'manageResultTokens',
];

const RIGHTS: Readonly<Record<Role, ReadonlySet<Right>>> = {
  administrator: new Set<Right>([
    ...CHIEF,
    'sendTestSms',
    'editNoteChoices',
    'manageTrunks',
    'manageNumbers',
  ]),
  chief: new Set<Right>(CHIEF),
  staff: new Set<Right>(STAFF),
};

/** Whether a person of `role` may do `right`. */
export function mayDo(role: Role, right: Right): boolean {
  return RIGHTS[role].has(right);
}

/** Everything that a person of `role` may do, for a screen that offers only that. */
export function rightsOf(role: Role): readonly Right[] {
  return [...RIGHTS[role]];
}
