import type { CallSummary } from '@madoguchi/server/contract';
import type { ReactNode } from 'react';
import { CallerNumber } from '../calls/caller-number.tsx';
import { OutcomeLabel } from '../calls/outcome-label.tsx';
import { CitizenLink } from '../citizen/citizen-link.tsx';
import { KeyCaps } from '../design/key-caps.tsx';
import { RunningTime } from '../live/running-time.tsx';
import { durationInWords, fullDayShown, timeShown } from '../words/japanese-time.ts';

/** Who called where (or whom a campaign called), when, for how long and with what result. */
export function CallFacts({ call }: { call: CallSummary }) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(8.5rem,auto))] gap-x-6 gap-y-3 rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
      <Fact name={call.isPlaced ? '相手に表示した番号' : 'かかってきた番号'}>
        {call.phoneNumberName ?? '登録のない番号'}
        <span className="numerals block text-dns-14N-130 text-solid-gray-700">{call.phoneNumberShown}</span>
      </Fact>
      <Fact name={call.isPlaced ? 'かけた番号' : '発信元番号'}>
        <CallerNumber call={call} />
        <CitizenLink number={call.callerNumber} />
      </Fact>
      <Fact name={call.isPlaced ? '応答のあった日時' : '受けた日時'}>
        {fullDayShown(call.beganAt)}
        <span className="numerals block">{timeShown(call.beganAt)}</span>
      </Fact>
      <Fact name="通話時間">
        {call.endedAt === null ? (
          <RunningTime since={call.beganAt} />
        ) : (
          durationInWords(Date.parse(call.endedAt) - Date.parse(call.beganAt))
        )}
      </Fact>
      <Fact name="結果">
        <OutcomeLabel call={call} />
      </Fact>
      <Fact name="押されたキー">
        <KeyCaps keys={call.keys} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-dns-14B-130 text-solid-gray-700">{name}</dt>
      <dd className="mt-1 text-dns-16N-130 text-solid-gray-900">{children}</dd>
    </div>
  );
}
