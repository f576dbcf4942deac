/** What a campaign of the bench is to do, and what its citizens do: the load that issue 5 names. */
export const CALLS_PER_SECOND = 5;
/** More than there will be at once (5 a second × (15 s ringing + 40 % of 40 s) = 155): the rate alone holds the campaign back. */
export const AT_ONCE = 200;
/** Evenly spread: 15 s on average. */
const RINGS_MS = { from: 5_000, to: 25_000 };
export const TALK_MS = 40_000;
/** Shown to the citizens. */
export const CAMPAIGN_NUMBER = '0725009001';

export type CitizenPlan = {
  /** Until the answer, or until the network gives up. */
  readonly ringMs: number;
  /** 40 % of all. */
  readonly answers: boolean;
};

/** The same for a telephone in every run. @param telephone national digits */
export function citizenPlan(telephone: string): CitizenPlan {
  const nth = Number(telephone.slice(-4));
  return {
    // The golden ratio spreads a row of numbers evenly (Knuth, The Art of Computer Programming, 6.4).
    ringMs: RINGS_MS.from + (RINGS_MS.to - RINGS_MS.from) * ((nth * 0.6180339887) % 1),
    answers: nth % 5 < 2,
  };
}
