import type { CampaignProgress } from '@madoguchi/server/campaign-contract';

/** What had come together by the end of the hour that begins at `at`. */
export type ReachPoint = {
  readonly at: string;
  /** Calls and messages so far. */
  readonly tried: number;
  /** People reached so far. */
  readonly reached: number;
};

/** Sums hours up, so that a line never falls. */
export function reachSoFar(
  hours: readonly Pick<CampaignProgress['reach'][number], 'hour' | 'tried' | 'reached'>[],
): readonly ReachPoint[] {
  let tried = 0;
  let reached = 0;
  return hours.map((each) => {
    tried += each.tried;
    reached += each.reached;
    return { at: each.hour, tried, reached };
  });
}
