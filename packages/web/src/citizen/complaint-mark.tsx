import { StateLabel } from '../design/state-label.tsx';
import { useIsFlagged } from './use-complaints.ts';

/** The mark that stands wherever a flagged number is shown. */
export function ComplaintMark({ number }: { number: string | null }) {
  return useIsFlagged(number) ? <StateLabel word="苦情あり" icon="flag" tone="bad" /> : null;
}
