import type { CampaignSounds } from '@madoguchi/server/campaign-contract';
import { Notice } from '../../design/notice.tsx';
import { Progress } from '../../design/progress.tsx';
import { durationInWords } from '../../words/japanese-time.ts';

/** Whether the sounds of all recipients lie ready; says nothing once they do. */
export function SoundsPart({ sounds }: { sounds: CampaignSounds }) {
  const { state, done, total, secondsLeft, failedBecause } = sounds;
  if (state === 'ready' || state === 'notOrdered') return null;
  if (state === 'failed')
    return (
      <Notice kind="error" title="音声を用意できません">
        {failedBecause}
      </Notice>
    );
  return (
    <div className="rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
      <p className="text-std-16B-170">音声を用意しています</p>
      <Progress
        label="音声の用意"
        value={done}
        total={total}
        words={`${total.toLocaleString('ja-JP')}人のうち${done.toLocaleString('ja-JP')}人分ができました${secondsLeft === null ? '' : `（あと約${durationInWords(secondsLeft * 1_000)}）`}`}
      />
      <p className="text-std-16N-170 text-solid-gray-700">音声ができた方から発信できます。</p>
    </div>
  );
}
