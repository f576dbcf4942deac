import { z } from 'zod';
import { AttemptOutcomeSchema, ChannelsSchema } from './words.ts';

/** 'HH:MM', Japanese time. */
const ClockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** 'YYYY-MM-DD', a Japanese day. */
const DaySchema = z.iso.date();

/** When people may be called. Default: 9 to 20 o'clock on weekdays, no 祝日 (issue 5 point 5). */
export const AllowedTimesSchema = z.object({
  /** Sunday is 0. */
  weekdays: z.array(z.int().min(0).max(6)).min(1).default([1, 2, 3, 4, 5]),
  from: ClockTimeSchema.default('09:00'),
  /** Nobody is called from then on. */
  to: ClockTimeSchema.default('20:00'),
  onHolidays: z.boolean().default(false),
});
export type AllowedTimes = z.infer<typeof AllowedTimesSchema>;

/** What follows one outcome: another try after an interval, as long as there are tries left, or none. */
export const AfterOutcomeSchema = z.object({
  again: z.boolean(),
  intervalMinutes: z
    .int()
    .min(0)
    .max(60 * 24 * 31),
});
export type AfterOutcome = z.infer<typeof AfterOutcomeSchema>;

/** What staff set for a campaign; bound by its 決裁. Every default is written out when it is stored. */
export const CampaignSettingsSchema = z.object({
  channels: ChannelsSchema.default('call'),
  /** Text message with {{values}}; '' where none is sent. */
  smsText: z.string().max(660).default(''),
  /** 個人に関わる値をSMSに入れることの許可: given by who decides, never by the drafter. */
  smsMayTellPersonal: z.boolean().default(false),
  /** Between the two channels, minutes. */
  nextChannelAfterMinutes: z
    .int()
    .min(0)
    .max(60 * 24 * 31)
    .default(60 * 24),
  /** First and last Japanese day on which anybody is called. */
  firstDay: DaySchema.nullable().default(null),
  lastDay: DaySchema.nullable().default(null),
  /** Begins by itself at this time of the first day (else at once after the approval, in allowed times). */
  times: AllowedTimesSchema.prefault({}),
  /** New calls per second and at once, of this campaign. */
  callsPerSecond: z.number().min(0.1).max(20).default(1),
  atOnce: z.int().min(1).max(200).default(10),
  /** Lines of the trunk that stay free for received calls, whatever is waiting. */
  linesLeftFree: z.int().min(0).max(200).default(2),
  /** Of a whole call, with what is talked with staff; it is ended then, and its cost is reserved by it. */
  longestCallMinutes: z.int().min(1).max(60).default(10),
  ringTimeoutS: z.int().min(10).max(60).default(30),
  /** Calls that count, at most. */
  tries: z.int().min(1).max(10).default(3),
  /** Outcomes that are not named follow `AFTER_OUTCOME_DEFAULTS`. */
  after: z.partialRecord(AttemptOutcomeSchema, AfterOutcomeSchema).default({}),
  /** Whether an answering machine counts as reached. */
  machineIsReached: z.boolean().default(false),
  /** Recipients with the same telephone are asked in one call who is on the line. */
  mergeHouseholds: z.boolean().default(false),
  /** 折り返し: how long after a call or text its recipient is found by caller number. */
  callBackDays: z.int().min(0).max(90).default(14),
  /** The flow that people hear who call back; null: the campaign's scenario. */
  callBackFlowId: z.string().max(64).nullable().default(null),
});
export type CampaignSettings = z.infer<typeof CampaignSettingsSchema>;

/** Settings as a draft holds them: anything may be left out. */
export const readCampaignSettings = (stored: unknown): CampaignSettings =>
  CampaignSettingsSchema.parse(stored);
