import type { CallSummary } from '@madoguchi/server/contract';
import { ComplaintMark } from '../citizen/complaint-mark.tsx';
import { StateLabel } from '../design/state-label.tsx';

/** Who calls, with the marks of a test call and of a complaint where there are such. */
export function CallerNumber({ call }: { call: CallSummary }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className="numerals whitespace-nowrap">{call.callerShown}</span>
      {call.isTest ? <StateLabel word="試験" icon="flag" tone="plain" /> : null}
      <ComplaintMark number={call.callerNumber} />
    </span>
  );
}
