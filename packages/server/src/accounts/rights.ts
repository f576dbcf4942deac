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
  /** See, change and test the trunks; their passwords nobody sees. */
  | 'manageTrunks';

const RIGHTS: Readonly<Record<Role, ReadonlySet<Right>>> = {
  administrator: new Set<Right>(['viewLive', 'viewCalls', 'playRecordings', 'sendTestSms', 'manageTrunks']),
  staff: new Set<Right>(['viewLive', 'viewCalls', 'playRecordings']),
};

/** Whether a person of `role` may do `right`. */
export function mayDo(role: Role, right: Right): boolean {
  return RIGHTS[role].has(right);
}
