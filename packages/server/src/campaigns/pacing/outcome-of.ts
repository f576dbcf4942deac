import { z } from 'zod';
import { type AttemptOutcome, AttemptOutcomeSchema } from '../words.ts';

/** What the network said of one call that we placed. */
export type NetworkAnswer = {
  /** The final SIP code (RFC 3261), 200 where it was answered; null where none came. */
  readonly sipCode: number | null;
  /** Of the Reason header, or as the engine derives it from the code (ITU-T Q.850). */
  readonly q850Cause: number | null;
  /** 180, 181, 182 or 183 came. */
  readonly rang: boolean;
  /** Sound came before the answer: a ring tone of theirs or a talkie トーキー. */
  readonly earlyMedia: boolean;
  /** From dialling to the answer; null where there was none. */
  readonly answerAfterMs: number | null;
  /** From dialling to the end. */
  readonly endAfterMs: number;
  /** `us`: our own time-out, or our hanging up. */
  readonly endedBy: 'us' | 'them';
};

const MsSchema = z
  .int()
  .min(0)
  .max(24 * 3_600_000);

/** What an answer has to be like; what is not named may be anything. */
export const AnswerPatternSchema = z.strictObject({
  sipCodes: z.array(z.int().min(100).max(699)).min(1).optional(),
  q850Causes: z.array(z.int().min(1).max(127)).min(1).optional(),
  rang: z.boolean().optional(),
  earlyMedia: z.boolean().optional(),
  answered: z.boolean().optional(),
  endedBy: z.enum(['us', 'them']).optional(),
  /** From dialling to the answer, at most. */
  answerWithinMs: MsSchema.optional(),
  /** From dialling to the end, at most and at least. */
  endWithinMs: MsSchema.optional(),
  endNotBeforeMs: MsSchema.optional(),
  /** From the answer to the end, at most. */
  talkWithinMs: MsSchema.optional(),
});
export type AnswerPattern = z.infer<typeof AnswerPatternSchema>;

/** `because`: the source or the reason of the rule, for who edits the table. */
export const OutcomeRuleSchema = z.strictObject({
  when: AnswerPatternSchema,
  outcome: AttemptOutcomeSchema.exclude(['smsAccepted', 'smsDelivered', 'smsFailed']),
  because: z.string().trim().min(1).max(200),
});
export type OutcomeRule = z.infer<typeof OutcomeRuleSchema>;

/** Of one trunk: the first rule that fits decides. */
export const OutcomeTableSchema = z.array(OutcomeRuleSchema).max(100);
export type OutcomeTable = readonly OutcomeRule[];

/** What came of a call, by the table of its trunk. What no rule knows stays `unknown`. */
export function outcomeOf(answer: NetworkAnswer, table: OutcomeTable): AttemptOutcome {
  return table.find(({ when }) => fits(answer, when))?.outcome ?? 'unknown';
}

function fits(answer: NetworkAnswer, when: AnswerPattern): boolean {
  const { answerAfterMs, endAfterMs } = answer;
  const talkMs = answerAfterMs === null ? null : endAfterMs - answerAfterMs;
  return (
    isOneOf(when.sipCodes, answer.sipCode) &&
    isOneOf(when.q850Causes, answer.q850Cause) &&
    isSame(when.rang, answer.rang) &&
    isSame(when.earlyMedia, answer.earlyMedia) &&
    isSame(when.answered, answerAfterMs !== null) &&
    isSame(when.endedBy, answer.endedBy) &&
    isWithin(when.answerWithinMs, answerAfterMs) &&
    isWithin(when.endWithinMs, endAfterMs) &&
    (when.endNotBeforeMs === undefined || endAfterMs >= when.endNotBeforeMs) &&
    isWithin(when.talkWithinMs, talkMs)
  );
}

function isOneOf(wanted: readonly number[] | undefined, value: number | null): boolean {
  return wanted === undefined || (value !== null && wanted.includes(value));
}

function isSame<T>(wanted: T | undefined, value: T): boolean {
  return wanted === undefined || wanted === value;
}

function isWithin(mostMs: number | undefined, ms: number | null): boolean {
  return mostMs === undefined || (ms !== null && ms <= mostMs);
}
