import { z } from 'zod';
import { planTransfer } from './plan-transfer.ts';

/** Calls begin at this rate: what the product must take is so many at once, not so many in one moment. */
const CALLS_PER_SECOND = 20;
/** From the last INVITE until every call has surely been answered and stands in its first menu. */
const SETTLE_MS = 2_500;
const GREETING_MS = 1_000;
const BRANCH_MS = 1_500;
/** So much longer than needed are the sounds that a key or the end of the steady time cuts short. */
const SPARE_MS = 3_000;
const KEYS = ['1', '2', '3'] as const;

/**
 * What the calls of a round are like.
 *
 * - `halfTransferred`: sound both ways; every second call is transferred to a staff telephone and recorded.
 * - `twoWay`: sound both ways, no transfers.
 * - `oneWay`: callers only listen. They send no RTP at all, and report their keys by SIP INFO.
 */
export const TrafficSchema = z.enum(['halfTransferred', 'twoWay', 'oneWay']);
export type Traffic = z.infer<typeof TrafficSchema>;

/** 3 numbers: each has its own greeting, so a call that reached the wrong flow is heard. Nobody has these numbers. */
export const NUMBERS = ['0725000101', '0725000102', '0725000103'] as const;

/** Which marker tone (telephony/src/telephone/sound/marker.ts) is which announcement. */
export const MARKERS = {
  greeting: (number: number) => number,
  firstMenu: 3,
  firstBranch: (key: string) => 3 + Number(key),
  secondMenu: 7,
  secondBranch: (key: string) => 7 + Number(key),
  farewell: 11,
} as const;

export const PlannedSoundSchema = z.object({
  marker: z.int(),
  /** Length of the sound file; of what staff say, the least that the caller must hear. */
  lengthMs: z.number(),
  /** Index of the key that cuts it short; null: it is heard whole. */
  cutByKey: z.int().nullable(),
  /** The caller is connected with staff, who say it. */
  byStaff: z.boolean(),
});
export type PlannedSound = z.infer<typeof PlannedSoundSchema>;

/** Times in ms since the round's beginning. */
export const CallPlanSchema = z.object({
  index: z.int(),
  to: z.string(),
  from: z.string(),
  placeAtMs: z.number(),
  /** A marker; `tone`: something that is no marker; null: the caller sends no RTP. */
  says: z.union([z.int(), z.literal('tone')]).nullable(),
  keys: z.array(z.object({ key: z.string(), pressAtMs: z.number() })),
  sounds: z.array(PlannedSoundSchema),
  /** When the caller hangs up; null: the other side does. */
  hangUpAtMs: z.number().nullable(),
  /** The call must last from before the one until after the other. */
  steadyFromMs: z.number(),
  steadyToMs: z.number(),
  /** Whoever is still talking then is hung up on, and has failed. */
  giveUpAtMs: z.number(),
});
export type CallPlan = z.infer<typeof CallPlanSchema>;

/** Lengths of the sound files of a round, ms. */
export type SoundLengths = {
  readonly greetingMs: number;
  readonly firstMenuMs: number;
  readonly branchMs: number;
  readonly secondMenuMs: number;
  readonly farewellMs: number;
};

export type RoundPlan = {
  readonly traffic: Traffic;
  readonly calls: readonly CallPlan[];
  readonly lengths: SoundLengths;
  /** All calls overlap in this window, and both keys of every call fall in it. */
  readonly steadyFromMs: number;
  readonly steadyToMs: number;
  readonly giveUpAtMs: number;
};

/**
 * The same round for the product and for the dialplan: greeting, menu, key, its announcement, menu, key, its announcement,
 * farewell. First keys are spread evenly over the first half of the steady time, second keys over the second half. Transferred calls:
 * plan-transfer.ts.
 */
export function planRound(calls: number, steadyMs: number, traffic: Traffic): RoundPlan {
  const setUpMs = (calls / CALLS_PER_SECOND) * 1_000;
  const steadyFromMs = setUpMs + SETTLE_MS;
  const steadyToMs = steadyFromMs + steadyMs;
  const halfMs = steadyMs / 2;
  const lengths: SoundLengths = {
    greetingMs: GREETING_MS,
    firstMenuMs: wholeFrames(steadyFromMs + halfMs + SPARE_MS),
    branchMs: BRANCH_MS,
    secondMenuMs: wholeFrames(steadyMs + SPARE_MS),
    farewellMs: wholeFrames(halfMs + 1_000),
  };
  const giveUpAtMs = steadyToMs + BRANCH_MS + lengths.farewellMs + SPARE_MS;
  const ofAll = { steadyFromMs, steadyToMs, giveUpAtMs };
  return {
    traffic,
    lengths,
    ...ofAll,
    calls: Array.from({ length: calls }, (_, index) => {
      const number = index % NUMBERS.length;
      const spread = spreadOf(index);
      const common = {
        ...ofAll,
        index,
        to: NUMBERS[number] ?? NUMBERS[0],
        from: `0900000${String(index).padStart(4, '0')}`,
        // Not in step: the engine's 20 ms of all calls would fall on the same moments.
        placeAtMs: ((index + spread) / CALLS_PER_SECOND) * 1_000,
      };
      const beginning = [
        heardWhole(MARKERS.greeting(number), lengths.greetingMs),
        { ...heardWhole(MARKERS.firstMenu, lengths.firstMenuMs), cutByKey: 0 },
      ];
      // By threes, so that every number, and every process of callers, has both kinds.
      const trio = Math.floor(index / NUMBERS.length);
      if (traffic === 'halfTransferred' && trio % 2 === 1) {
        return { ...common, ...planTransfer({ ...ofAll, index, spread, lengths, beginning }) };
      }
      const first = KEYS[trio % 3] ?? '1';
      const second = KEYS[Math.floor(index / 9) % 3] ?? '1';
      return {
        ...common,
        says: traffic === 'oneWay' ? null : ('tone' as const),
        keys: [
          { key: first, pressAtMs: steadyFromMs + spread * (halfMs - 500) },
          { key: second, pressAtMs: steadyFromMs + halfMs + spread * (halfMs - 500) },
        ],
        sounds: [
          ...beginning,
          heardWhole(MARKERS.firstBranch(first), lengths.branchMs),
          { ...heardWhole(MARKERS.secondMenu, lengths.secondMenuMs), cutByKey: 1 },
          heardWhole(MARKERS.secondBranch(second), lengths.branchMs),
          heardWhole(MARKERS.farewell, lengths.farewellMs),
        ],
        hangUpAtMs: null,
      };
    }),
  };
}

function heardWhole(marker: number, lengthMs: number): PlannedSound {
  return { marker, lengthMs, cutByKey: null, byStaff: false };
}

/** 0 ≤ … < 1, evenly spread and without relation to the order of the calls (multiples of the golden ratio). */
function spreadOf(index: number): number {
  return (index * 0.618_033_988_749_895) % 1;
}

function wholeFrames(ms: number): number {
  return Math.ceil(ms / 20) * 20;
}
