import type { AfterOutcome } from '../settings.ts';
import type { AttemptOutcome } from '../words.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** What follows an outcome that the settings of a campaign do not name. */
export const AFTER_OUTCOME_DEFAULTS: Readonly<Record<AttemptOutcome, AfterOutcome>> = {
  // answered, yet nothing was had: another day
  answered: { again: true, intervalMinutes: DAY },
  hungUpAtOnce: { again: true, intervalMinutes: DAY },
  // who talks is at home, and will have ended by then
  busy: { again: true, intervalMinutes: 30 },
  // another part of the day
  unanswered: { again: true, intervalMinutes: 3 * HOUR },
  // who declines has seen who calls
  declined: { again: true, intervalMinutes: 3 * DAY },
  unassigned: { again: false, intervalMinutes: 0 },
  outOfRange: { again: true, intervalMinutes: 4 * HOUR },
  noLine: { again: true, intervalMinutes: 1 },
  trunkRefused: { again: true, intervalMinutes: 5 },
  // the telephone may have rung
  cancelled: { again: true, intervalMinutes: HOUR },
  smsAccepted: { again: false, intervalMinutes: 0 },
  smsDelivered: { again: false, intervalMinutes: 0 },
  smsFailed: { again: true, intervalMinutes: HOUR },
  unknown: { again: true, intervalMinutes: DAY },
};
