import { Icon, type IconName } from './icon.tsx';

export type Tone = 'plain' | 'good' | 'warning' | 'bad';

const TONES: Readonly<Record<Tone, string>> = {
  plain: 'border-solid-gray-420 text-solid-gray-800 bg-white',
  good: 'border-green-700 text-green-1000 bg-green-50',
  warning: 'border-yellow-900 text-yellow-1200 bg-yellow-50',
  bad: 'border-error-2 text-red-1000 bg-red-50',
};

/** A state in a word, with picture and colour beside it. */
export function StateLabel({ word, icon, tone }: { word: string; icon: IconName; tone: Tone }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-4 border px-2 py-0.5 text-dns-14B-130 whitespace-nowrap ${TONES[tone]}`}
    >
      <Icon name={icon} className="size-4" />
      {word}
    </span>
  );
}
