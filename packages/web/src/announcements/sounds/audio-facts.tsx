import type { UploadedAudio } from '@madoguchi/server/announcement-contract';
import type { IconName } from '../../design/icon.tsx';
import { StateLabel, type Tone } from '../../design/state-label.tsx';
import { durationInWords } from '../../words/japanese-time.ts';

const LEVELS: Readonly<Record<UploadedAudio['level'], { word: string; icon: IconName; tone: Tone }>> = {
  low: { word: '音量が小さめです', icon: 'alert', tone: 'warning' },
  good: { word: '音量はちょうどよいです', icon: 'check', tone: 'good' },
  high: { word: '音量が大きく、割れているかもしれません', icon: 'alert', tone: 'warning' },
};

const ORIGINS = { file: 'ファイルから', browser: 'この画面で録音', telephone: '電話機で録音' } as const;

/** How long a sound is, how loud it was spoken, where it came from. */
export function AudioFacts({ audio }: { audio: UploadedAudio }) {
  return (
    <p className="numerals flex flex-wrap items-center gap-x-3 gap-y-1 text-dns-16N-130">
      <span>{durationInWords(audio.durationMs)}</span>
      <StateLabel {...LEVELS[audio.level]} />
      <span className="text-solid-gray-700">
        {ORIGINS[audio.origin]}
        {audio.uploadedBy === '' ? '' : `（${audio.uploadedBy}）`}
      </span>
    </p>
  );
}
