import { z } from 'zod';

/** 納期限のお知らせ before the due date, 納付催告 after it; never 督促, which is a legal act. */
export const CampaignKindSchema = z.enum(['dueDateNotice', 'paymentDemand']);
export type CampaignKind = z.infer<typeof CampaignKindSchema>;

/** 下書き → 決裁待ち → 決裁済み (waits for its first moment) → 実行中 ⇄ 一時停止 → 終了. */
export const CampaignStateSchema = z.enum(['draft', 'waiting', 'approved', 'running', 'paused', 'ended']);
export type CampaignState = z.infer<typeof CampaignStateSchema>;

export const EndedBecauseSchema = z.enum(['finished', 'stopped', 'lastDay']);
export type EndedBecause = z.infer<typeof EndedBecauseSchema>;

/** How a recipient is to be reached. */
export const ChannelsSchema = z.enum(['call', 'sms', 'callThenSms', 'smsThenCall']);
export type Channels = z.infer<typeof ChannelsSchema>;
export const ChannelSchema = z.enum(['call', 'sms']);
export type Channel = z.infer<typeof ChannelSchema>;

/** What came of an attempt 発信試行, as the network or the gateway tells it. Who answered and what was said stand apart. */
export const AttemptOutcomeSchema = z.enum([
  /** 応答 */
  'answered',
  /** 応答後すぐに切断: hung up within two seconds. */
  'hungUpAtOnce',
  /** 話し中 */
  'busy',
  /** 応答なし */
  'unanswered',
  /** 拒否: the other side declined. */
  'declined',
  /** 欠番 */
  'unassigned',
  /** 圏外・電源断, told by the network's announcement or code. */
  'outOfRange',
  /** 回線なし: no line of ours, or the trunk is full. Never a try of the person. */
  'noLine',
  /** 回線側の拒否 (403, 503 …). Never a try of the person. */
  'trunkRefused',
  /** 発信取りやめ: taken back before it was answered. */
  'cancelled',
  /** SMS送信済み: the gateway took it. */
  'smsAccepted',
  /** SMS着信: its receipt came. */
  'smsDelivered',
  /** SMS不達 */
  'smsFailed',
  /** 不明: nobody can tell. Counts as a try. */
  'unknown',
]);
export type AttemptOutcome = z.infer<typeof AttemptOutcomeSchema>;

/** Who answered. `unknown` is treated as a person. */
export const AnsweredBySchema = z.enum(['human', 'machine', 'callScreening', 'fax', 'unknown']);
export type AnsweredBy = z.infer<typeof AnsweredBySchema>;

/** What the person said: a scenario records it, so the flow language has the words. */
export { type ContactResult, ContactResultSchema } from '@madoguchi/flow';

/** Why a recipient is tried no more. */
export const SettledReasonSchema = z.enum([
  /** A result was had, or what was to be said was heard. */
  'reached',
  /** All tries were used. */
  'triesUsed',
  /** 欠番, fax or another outcome after which none is wished. */
  'outcome',
  /** 納付済み: by a file of those who have paid. */
  'paid',
  /** 発信止め */
  'suppressed',
  /** Staff took the person off. */
  'byStaff',
  /** The campaign ended. */
  'campaignEnded',
]);
export type SettledReason = z.infer<typeof SettledReasonSchema>;

/** Why nobody is to be called 発信止め. */
export const SuppressionReasonSchema = z.enum([
  /** DV等支援措置 */
  'domesticViolence',
  /** 死亡 */
  'deceased',
  /** 分納 */
  'instalments',
  /** 徴収猶予 */
  'deferment',
  /** 執行停止 */
  'executionStay',
  /** 受任通知 */
  'attorneyNotice',
  /** 特別徴収 */
  'specialCollection',
  /** 本人希望 */
  'ownWish',
]);
export type SuppressionReason = z.infer<typeof SuppressionReasonSchema>;

/** `call`: by key in the call. */
export const SuppressionSourceSchema = z.enum(['staff', 'file', 'call']);
export type SuppressionSource = z.infer<typeof SuppressionSourceSchema>;

/** What has a rate 料金 of its own: kinds of numbers that may be dialled, and text messages. */
export const RateDestinationSchema = z.enum(['landline', 'mobile', 'ipPhone', 'tollFree', 'sms']);
export type RateDestination = z.infer<typeof RateDestinationSchema>;

/** Of each price with tax: `sen` a begun 1/100 yen is a whole one; else to whole yen. */
export const RoundingSchema = z.enum(['sen', 'yenDown', 'yenNearest', 'yenUp']);
export type Rounding = z.infer<typeof RoundingSchema>;
