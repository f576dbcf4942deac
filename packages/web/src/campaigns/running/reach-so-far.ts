import type { CampaignProgress } from '@madoguchi/server/campaign-contract';
import type { ReachPoint } from './reach-chart.tsx';

/** Sums hours up, so that a line never falls. */
export function reachSoFar(hours: CampaignProgress['reach']): readonly ReachPoint[] {
  let tried = 0;
  let reached = 0;
  return hours.map((each) => {
    tried += each.tried;
    reached += each.reached;
    return { at: each.hour, tried, reached };
  });
}
