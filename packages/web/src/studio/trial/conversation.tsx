import type { SayPart, Speed, TrialStep } from '@madoguchi/flow';
import { useEffect, useRef } from 'react';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { durationShown } from '../../words/japanese-time.ts';
import { stepShown, wordsOfParts } from './trial-words.ts';

export type OnListen = (parts: readonly SayPart[], speed: Speed) => void;

const HEARD = { playing: '', whole: '', cutShort: '（途中で止まりました）' } as const;

/** What is said and what happens, in the order in which it does. */
export function Conversation({
  steps,
  onListen,
}: {
  steps: readonly TrialStep[];
  onListen?: OnListen | undefined;
}) {
  const list = useRef<HTMLOListElement>(null);
  // What happened last is what one wants to see.
  useEffect(() => {
    if (list.current !== null && steps.length > 0) list.current.scrollTop = list.current.scrollHeight;
  }, [steps]);
  if (steps.length === 0) {
    return (
      <Empty icon="phone" title="まだ電話をかけていません">
        条件を決めて「電話をかける」を押すと、聞こえる案内がここに並びます。
      </Empty>
    );
  }
  return (
    <ol
      ref={list}
      aria-label="通話の流れ"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard
      tabIndex={0}
      className="@container flex max-h-[60vh] flex-col gap-2 overflow-y-auto rounded-8 border border-solid-gray-300 bg-white p-3 print:max-h-none print:border-0"
    >
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
        <li key={at} className="flex flex-col gap-1 @lg:flex-row @lg:gap-3">
          <span className="numerals shrink-0 pt-1 text-dns-14N-130 text-solid-gray-700 @lg:w-12 @lg:text-right">
            {durationShown(step.atMs)}
          </span>
          {step.type === 'said' ? <Said step={step} onListen={onListen} /> : <Happened step={step} />}
        </li>
      ))}
    </ol>
  );
}

function Said({
  step,
  onListen,
}: {
  step: Extract<TrialStep, { type: 'said' }>;
  onListen: OnListen | undefined;
}) {
  const { parts, speed, place, heard } = step;
  const words = wordsOfParts(parts);
  return (
    <div className="flex min-w-0 grow flex-col items-start gap-2 rounded-8 border border-key-300 bg-key-50 px-3 py-2 @lg:flex-row @lg:gap-3">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap gap-x-2 text-dns-14B-130 text-solid-gray-700">
          <Icon name="speaker" className="size-4" />
          {place?.title}
          {speed === 'slower' ? <span>ゆっくり</span> : null}
        </p>
        <p className="text-std-16N-170 break-words">
          {words}
          <span className="text-solid-gray-700">{HEARD[heard]}</span>
        </p>
      </div>
      {onListen === undefined ? null : (
        <Button
          look="outline"
          size="small"
          aria-label={`聞く：${words.slice(0, 20)}`}
          onPress={() => onListen(parts, speed)}
        >
          <Icon name="speaker" className="size-4" />
          聞く
        </Button>
      )}
    </div>
  );
}

function Happened({ step }: { step: TrialStep }) {
  const shown = stepShown(step);
  if (shown === null) return null;
  const isEnd = step.type === 'ended';
  return (
    <p className={`flex min-w-0 items-start gap-2 pt-1 ${isEnd ? 'text-std-16B-170' : 'text-dns-16N-130'}`}>
      <Icon name={shown.icon} className="size-4 mt-0.5" />
      <span className="min-w-0 break-words">{shown.text}</span>
    </p>
  );
}
