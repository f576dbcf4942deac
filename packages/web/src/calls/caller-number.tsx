import type { CallSummary } from '@madoguchi/server/contract';
import { ComplaintMark } from '../citizen/complaint-mark.tsx';
import { StateLabel } from '../design/state-label.tsx';

/** Who calls, or is called, with the marks of a test call, of a call that the city placed and of a complaint where there are such. */
export function CallerNumber({ call }: { call: CallSummary }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className="numerals whitespace-nowrap">{call.callerShown}</span>
      {call.isTest ? <StateLabel word="試験" icon="flag" tone="plain" /> : null}
      {call.isPlaced ? <StateLabel word="架電" icon="phone" tone="plain" /> : null}
      <ComplaintMark number={call.callerNumber} />
    </span>
  );
}
