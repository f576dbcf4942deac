import type { VoiceId } from '@madoguchi/flow';
import { useId } from 'react';
import { Radio } from 'react-aria-components/RadioGroup';
import { SoundPlayer } from '../sound-player.tsx';

const SAMPLE = 'お電話ありがとうございます。ご用件の番号を押してください。';

/** One voice in a group of radios, with its credit and a sample to hear. */
export function VoiceRow({
  id,
  word,
  credit,
  voice,
}: {
  id: string;
  word: string;
  credit: string;
  voice: VoiceId;
}) {
  const creditId = useId();
  return (
    <div className="flex items-start gap-3">
      <div className="min-w-0 grow">
        <Radio
          value={id}
          aria-describedby={creditId}
          className="group flex cursor-pointer items-center gap-3 rounded-8 border border-solid-gray-600 bg-white px-4 py-2 text-std-16N-170 data-hovered:bg-key-50 data-selected:border-key-900 data-selected:bg-key-50 data-selected:font-bold"
        >
          <span
            aria-hidden="true"
            className="grid size-5 shrink-0 place-items-center rounded-full border-2 border-solid-gray-600 bg-white group-data-selected:border-key-900"
          >
            <span className="size-2.5 rounded-full group-data-selected:bg-key-900" />
          </span>
          {word}
        </Radio>
        <p id={creditId} className="mt-1 text-dns-14N-130 break-words text-solid-gray-700">
          {credit}
        </p>
      </div>
      <SoundPlayer order={{ content: { type: 'text', text: SAMPLE }, voice }} word="聞いてみる" name={word} />
    </div>
  );
}
