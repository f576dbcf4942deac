import type { Call } from '@madoguchi/telephony/telephone';

export type HeardSound = {
  readonly marker: number;
  /** When its first packet was read. */
  readonly atMs: number;
  readonly untilMs: number;
  /** How much earlier that packet may have come (loop-watch.ts). */
  readonly ownLatenessMs: number;
};

/** What a telephone saw of a call; times in ms since the round's beginning. */
export type CallEvidence = {
  readonly answeredAtMs: number | null;
  readonly ended: { readonly atMs: number; readonly by: 'us' | 'them' | 'fault' };
  readonly markers: readonly HeardSound[];
  /** When the first end packet (RFC 4733) of each key went out, or its SIP INFO. */
  readonly keysEndedAtMs: readonly number[];
  readonly packets: { readonly expected: number; readonly received: number };
  /** Pauses over 60 ms between two arrivals, with what of it may be the telephone's own lateness (loop-watch.ts). */
  readonly pauses: readonly {
    readonly fromMs: number;
    readonly lengthMs: number;
    readonly ownLatenessMs: number;
  }[];
};

/**
 * Everything about a call that is over.
 *
 * @param originMs when the round began, on the telephone's clock
 * @param ownLatenessMs how late a packet that was read at this moment may have been read (loop-watch.ts)
 */
export async function evidenceOf(
  call: Call,
  keysEndedAtMs: readonly number[],
  {
    originMs,
    ownLatenessMs,
  }: { readonly originMs: number; readonly ownLatenessMs: (atMs: number) => number },
): Promise<CallEvidence> {
  const since = (atMs: number) => call.startedAtMs + atMs - originMs;
  const [outcome, { by, atMs }] = await Promise.all([call.outcome, call.ended]);
  const { expected, received, longPauses } = call.rtpStats();
  return {
    answeredAtMs: outcome.answered ? since(outcome.atMs) : null,
    ended: { by, atMs: since(atMs) },
    markers: call.heardMarkers.map((heard) => ({
      marker: heard.marker,
      atMs: since(heard.atMs),
      untilMs: since(heard.untilMs),
      ownLatenessMs: ownLatenessMs(call.startedAtMs + heard.atMs),
    })),
    keysEndedAtMs: keysEndedAtMs.map(since),
    packets: { expected, received },
    pauses: longPauses.map(({ fromMs, toMs }) => ({
      fromMs: since(fromMs),
      lengthMs: toMs - fromMs,
      ownLatenessMs: ownLatenessMs(call.startedAtMs + toMs),
    })),
  };
}
