import type { DialFailure, DialOrder } from '../port.ts';
import type { Dialling } from './loop.ts';

/** What Stasis is told of an attempt's channel. */
export const ATTEMPT_ARGUMENT = 'attempt';

const CHANNEL_ID = /^att-[0-9a-f-]{36}$/;

/** Whether a channel is that of an attempt: its id is the attempt's. */
export function isAttemptChannel(channelId: string): boolean {
  return CHANNEL_ID.test(channelId);
}

/** An attempt that nobody has answered yet. It is known until its channel is gone, so that its line counts as taken. */
export type Attempt = {
  readonly attemptId: string;
  /** Null where an earlier life of this process dialled it. */
  readonly order: DialOrder | null;
  readonly trunkId: string | null;
  /** By the monotonic clock; of an earlier life's attempt the moment when it was taken up. */
  readonly dialledMs: number;
  rang: boolean;
  earlyMedia: boolean;
  /** It was ordered back: whoever answers now is hung up. */
  cancelled: boolean;
  /** The engine has answered our order to dial it. */
  isOrdered: boolean;
  /** What became of it before that. */
  failure: DialFailure | null;
};

/** What the engine says where it gave up by itself: its own word, the answer to its CANCEL, or nothing. */
const ENDS_OF_OURS: ReadonlySet<number | null> = new Set([null, 480, 487]);

/** @param nowMs monotonic */
export function failureOf(
  attempt: Attempt,
  { sipCode, q850Cause, nowMs }: { sipCode: number | null; q850Cause: number | null; nowMs: number },
): DialFailure {
  const { order, rang, earlyMedia, cancelled } = attempt;
  const afterMs = Math.round(nowMs - attempt.dialledMs);
  const isTimeOut = order !== null && afterMs >= order.ringTimeoutMs && ENDS_OF_OURS.has(sipCode);
  const cancelledBy = cancelled ? 'order' : isTimeOut ? 'timeout' : null;
  return {
    sipCode: cancelledBy === null ? sipCode : null,
    q850Cause,
    rang,
    earlyMedia,
    afterMs,
    cancelledBy,
  };
}

/** What is being dialled for it. */
export function attemptDialling({ order }: Attempt): readonly Dialling[] {
  return order === null ? [] : [{ to: order.to, presented: order.calledNumber }];
}
