import type { CallSummary } from '@madoguchi/server/contract';
import { Button } from 'react-aria-components/Button';
import { ComplaintMark } from '../citizen/complaint-mark.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { RunningTime } from './running-time.tsx';

/** The calls at staff's telephones, ringing ones first; a press shows the call beside. */
export function StaffCallList({
  calls,
  shownId,
  onChoose,
}: {
  calls: readonly CallSummary[];
  shownId: string;
  onChoose: (call: CallSummary) => void;
}) {
  if (calls.length === 0) {
    return (
      <p className="rounded-8 border border-solid-gray-300 bg-white p-4 text-std-16N-170">
        いま鳴っている電話はありません。
      </p>
    );
  }
  return (
    <ul aria-label="職員の電話" className="flex max-h-128 flex-col gap-2 overflow-y-auto p-1">
      {calls.map((call) => (
        <li key={call.callId}>
          <Button
            aria-pressed={call.callId === shownId}
            onPress={() => onChoose(call)}
            className="flex w-full flex-col items-start gap-1 rounded-8 border-2 border-solid-gray-300 bg-white px-3 py-2 text-left data-hovered:bg-key-50 aria-pressed:border-key-900 aria-pressed:bg-key-50"
          >
            <span className="flex w-full flex-wrap items-center justify-between gap-2">
              {call.staff === 'ringing' ? (
                <StateLabel word="鳴っています" icon="phoneIn" tone="warning" />
              ) : (
                <StateLabel word="お話し中" icon="talk" tone="good" />
              )}
              <RunningTime since={call.beganAt} />
            </span>
            <span className="flex flex-wrap items-center gap-2">
              <span className="numerals text-dns-16B-130">{call.callerShown}</span>
              <ComplaintMark number={call.callerNumber} />
            </span>
            <span className="text-dns-14N-130 text-solid-gray-700">
              {call.phoneNumberName ?? call.phoneNumberShown}
            </span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
