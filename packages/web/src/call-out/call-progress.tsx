import type { PlacedCall } from '@madoguchi/server/inbox-contract';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { durationInWords } from '../words/japanese-time.ts';
import { isOpen, progressInWords } from './placed-call-words.ts';

/** How the clerk's call stands, read out at each step, and the button that ends it. */
export function CallProgress({
  call,
  isStopping,
  onStop,
}: {
  call: PlacedCall;
  isStopping: boolean;
  onStop: () => void;
}) {
  return (
    <div className="flex items-center gap-4 rounded-8 border-2 border-key-700 bg-white px-4 py-3">
      <Icon
        name={isOpen(call) ? 'phone' : call.state === 'ended' ? 'check' : 'info'}
        className="size-6 shrink-0"
      />
      <div className="min-w-0 grow">
        <p role="status" className="text-std-16B-170 text-solid-gray-900">
          {progressInWords(call)}
        </p>
        {call.state === 'ringingStaff' ? (
          <p className="text-std-16N-170">受話器をお取りください。続けて市民の方におかけします。</p>
        ) : null}
        {call.state === 'talking' && call.talkMs !== null ? (
          <p className="numerals text-std-16N-170">{durationInWords(call.talkMs)}</p>
        ) : null}
      </div>
      {isOpen(call) ? (
        <Button look="outline" size="small" isPending={isStopping} onPress={onStop}>
          <Icon name="cross" className="size-4" />
          {call.state === 'talking' ? '電話を切る' : '電話をやめる'}
        </Button>
      ) : null}
    </div>
  );
}
