import { z } from 'zod';

/** Roles 役割: administrator 管理者, staff 職員. */
export const RoleSchema = z.enum(['administrator', 'staff']);
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
  | 'manageTrunks';

const STAFF: readonly Right[] = [
  'viewLive',
  'viewCalls',
  'playRecordings',
  'handleInbox',
  'viewCitizen',
  'flagComplaint',
  'writeNotes',
];

const RIGHTS: Readonly<Record<Role, ReadonlySet<Right>>> = {
  administrator: new Set<Right>([...STAFF, 'sendTestSms', 'editNoteChoices', 'manageTrunks']),
  staff: new Set<Right>(STAFF),
};

/** Whether a person of `role` may do `right`. */
export function mayDo(role: Role, right: Right): boolean {
  return RIGHTS[role].has(right);
}
