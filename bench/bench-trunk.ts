import type { Trunk } from '@madoguchi/telephony/trunk';
import { firstTrunk } from '../packages/server/src/line/index.ts';
import type { Traffic } from './call-plan.ts';

/** The trunk of the product and of the dialplan alike: that of a first start, with lines for every round. */
export function benchTrunk(staffSipPort: number, traffic: Traffic): Trunk {
  const first = firstTrunk({ host: '127.0.0.1', port: staffSipPort });
  return {
    ...first,
    lines: { total: 2_000, received: 1_000, transferred: 1_000, placed: 0, whenFull: { type: 'busy' } },
    // Callers who send no RTP are not to be taken for dead.
    rtpTimeoutS: traffic === 'oneWay' ? 0 : first.rtpTimeoutS,
  };
}
