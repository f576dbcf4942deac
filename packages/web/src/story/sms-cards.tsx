import type { CallStory } from '@madoguchi/server/contract';
import { StateLabel } from '../design/state-label.tsx';
import { timeShown } from '../words/japanese-time.ts';
import { SMS_STATES } from '../words/sms-state.ts';

/** The text messages that a call sent. */
export function SmsCards({ messages }: { messages: CallStory['sms'] }) {
  return (
    <ul>
      {messages.map((sms) => (
        <li key={sms.id} className="mt-3 rounded-8 border border-solid-gray-300 bg-white p-4 first:mt-0">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span className="numerals text-std-16B-170">{sms.toShown} あて</span>
            <StateLabel {...SMS_STATES[sms.state]} />
          </div>
          <p className="mt-2 rounded-8 bg-solid-gray-50 px-3 py-2 text-std-16N-170 break-words whitespace-pre-wrap">
            {sms.text}
          </p>
          <p className="numerals mt-1 text-dns-14N-130 text-solid-gray-700">
            {timeShown(sms.createdAt)} 作成
            {sms.settledAt === null ? '' : `　${timeShown(sms.settledAt)} ${SMS_STATES[sms.state].word}`}
            {sms.parts === null ? '' : `　${sms.parts}通分`}
          </p>
        </li>
      ))}
    </ul>
  );
}
