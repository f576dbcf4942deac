import type { CallSummary } from '@madoguchi/server/contract';
import { ComplaintMark } from '../citizen/complaint-mark.tsx';

/** Who calls, with the mark of a complaint where there is one. */
export function CallerNumber({ call }: { call: CallSummary }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className="numerals whitespace-nowrap">{call.callerShown}</span>
      <ComplaintMark number={call.callerNumber} />
    </span>
  );
}
