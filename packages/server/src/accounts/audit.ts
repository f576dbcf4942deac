import { sql } from 'kysely';
import type { Database } from '../database/index.ts';

/** What is kept of every deed that somebody may have to answer for (監査記録). */
export type AuditAction =
  | 'signedIn'
  | 'signInLocked'
  | 'recordingPlayed'
  | 'testSmsSent'
  | 'trunkAdded'
  | 'trunkChanged'
  | 'trunkRemoved'
  | 'trunksReordered'
  | 'trunkTested'
  | 'flowAdded'
  | 'flowRemoved'
  | 'flowTestSaved'
  | 'flowTestRemoved'
  | 'callsReplayed'
  | 'telephoneTrialOrdered'
  /** Test callers reach it. */
  | 'telephoneTrialBegun'
  | 'telephoneTrialEnded'
  | 'proposalMade'
  | 'proposalApproved'
  | 'proposalSentBack'
  | 'proposalWithdrawn'
  | 'versionPublished'
  | 'versionRolledBack'
  | 'calendarAdded'
  | 'calendarChanged'
  | 'calendarRemoved'
  | 'holidaysLoaded'
  | 'callRateSaved'
  | 'callRateRemoved'
  | 'campaignBudgetChanged'
  | 'contactCapsChanged'
  | 'ownHostsChanged'
  | 'outcomeTableChanged'
  /** How many people, never who: the reason stands in the list of 発信止め. */
  | 'suppressionAdded'
  | 'suppressionFileLoaded'
  | 'suppressionLifted'
  | 'personCreated'
  | 'personSuspended'
  | 'citizenViewed'
  | 'inboxItemChanged'
  | 'callNoteSaved'
  | 'callTaken'
  | 'noteChoicesChanged'
  | 'complaintFlagged'
  | 'complaintCleared'
  | 'callPlaced'
  | 'callStopped'
  | 'ownTelephoneChanged'
  | 'announcementAdded'
  | 'announcementChanged'
  | 'announcementRemoved'
  | 'audioUploaded'
  | 'audioRemoved'
  | 'readingSaved'
  | 'readingRemoved'
  | 'usualVoiceChosen'
  | 'deskCallOrdered'
  | 'deskCallStopped'
  | 'numberAdded'
  | 'numberChanged'
  | 'numberStateChanged'
  | 'numberApprovalChanged'
  | 'numberPlanned'
  | 'numberPlanCancelled'
  | 'numberPlanCarriedOut'
  | 'testCallerSaved'
  | 'testCallerRemoved'
  | 'emergencyMessageSaved'
  | 'emergencyMessageRemoved'
  | 'emergencyOn'
  | 'emergencyOff'
  /** By itself, at its time. */
  | 'emergencyEnded'
  | 'emergencyTelephoneChanged'
  /** Somebody's own. */
  | 'emergencyPinSet'
  | 'emergencyPinRemoved'
  /** By telephone, in the call that is the subject. */
  | 'emergencyTelephoneEntered'
  | 'emergencyTelephoneRefused'
  /** Wrong too often: the person is the subject. */
  | 'emergencyPinLocked'
  /** Too many calls failed. */
  | 'emergencyTelephoneClosed'
  /** 配信の名簿: a file was taken in. */
  | 'campaignListSent'
  /** Its rows became the recipients, or those who have paid were taken off. */
  | 'campaignListAccepted'
  | 'campaignListCancelled'
  /** The rows that were left out were fetched as a file. */
  | 'campaignListLeftOutTaken'
  | 'listMappingSaved'
  | 'listMappingRemoved'
  /** Somebody read, word for word, what one person heard and said. */
  | 'campaignAttemptViewed'
  | 'resultMappingSaved'
  | 'resultMappingRemoved'
  | 'resultsPreviewed'
  | 'resultsExported'
  /** Its files were made again after they could not be. */
  | 'resultFilesMade'
  | 'resultFileFetched'
  | 'resultsDelivered'
  /** 基幹システムの鍵, which is the subject; what was fetched with one names it in the detail. */
  | 'resultTokenMade'
  | 'resultTokenRevoked'
  | 'resultTokenRefused'
  | 'resultsListedByCoreSystem'
  | 'resultFileFetchedByCoreSystem'
  | 'campaignAdded'
  | 'campaignChanged'
  | 'campaignRemoved'
  | 'campaignProposed'
  | 'campaignApproved'
  | 'campaignSentBack'
  | 'campaignWithdrawn'
  /** Something of what the proposal binds was changed. */
  | 'campaignVoided'
  /** By itself, at its time. */
  | 'campaignStarted'
  | 'campaignPaused'
  | 'campaignResumed'
  | 'campaignStopped'
  /** By itself. */
  | 'campaignEnded'
  | 'campaignRecipientViewed'
  | 'campaignRecipientRemoved';

export type AuditEntry = {
  /** Wall time, ms since the epoch. */
  readonly at: number;
  /** Who; null where nobody is signed in. */
  readonly userId: string | null;
  readonly action: AuditAction;
  /** What it was done to: the id of a recording, a call, a person; for a citizen, the number, which is kept here and in no log. */
  readonly subject: string;
  /** Address of the machine it was done from. */
  readonly address: string | null;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
};

/** Writes an entry. Call it before the deed: what cannot be audited must not happen. */
export async function writeAudit(db: Database, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      at: new Date(entry.at),
      user_id: entry.userId,
      action: entry.action,
      subject: entry.subject,
      address: entry.address,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute();
}

/**
 * Writes an entry unless the same person did the same to the same thing from the same address within `withinMs`: a browser fetches
 * one recording in many pieces, and that is one playback.
 */
export async function writeAuditOnce(db: Database, entry: AuditEntry, withinMs: number): Promise<void> {
  await sql`
    insert into audit_log (at, user_id, action, subject, address, detail)
    select ${new Date(entry.at)}, ${entry.userId}::text, ${entry.action}::text, ${entry.subject}::text, ${entry.address}::text,
      ${JSON.stringify(entry.detail ?? {})}::text::jsonb
    where not exists (
      select from audit_log where user_id is not distinct from ${entry.userId}::text and action = ${entry.action}
        and subject = ${entry.subject} and address is not distinct from ${entry.address}::text
        and at > ${new Date(entry.at - withinMs)})`.execute(db);
}
