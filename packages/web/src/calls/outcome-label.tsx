import type { CallSummary } from '@madoguchi/server/contract';
import { StateLabel } from '../design/state-label.tsx';
import { OUTCOMES } from '../words/outcome.ts';

/** How a call ended, or that it is still going on. */
export function OutcomeLabel({ call }: { call: CallSummary }) {
  if (call.state === 'inProgress') return <StateLabel word="通話中" icon="phone" tone="good" />;
  return <StateLabel {...OUTCOMES[call.outcome ?? 'unknown']} />;
}
