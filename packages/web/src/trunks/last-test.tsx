import type { TrunkShown } from '@madoguchi/server/trunk-contract';
import { StateLabel } from '../design/state-label.tsx';
import { dayShown, timeShown } from '../words/japanese-time.ts';
import { VERDICTS, verdictOf } from './test-result.tsx';

/** When the trunk was tested last, and in a word with what result. */
export function LastTest({ lastTest }: Pick<TrunkShown, 'lastTest'>) {
  if (lastTest === null) {
    return <p className="text-dns-16N-130 text-solid-gray-700">接続は、まだ試していません。</p>;
  }
  const { at, by, isOfThisVersion, result } = lastTest;
  const verdict = verdictOf(result);
  const worst = [result.trunk, ...result.accounts].find((each) => each.verdict === verdict) ?? result.trunk;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dns-16N-130">
      <StateLabel {...(isOfThisVersion ? VERDICTS[verdict] : CHANGED_SINCE)} />
      <span>{worst.text}</span>
      <span className="numerals text-solid-gray-700">
        {dayShown(at)} {timeShown(at)}　{by}さんが試しました
        {isOfThisVersion ? '' : '。その後、設定が変わっています'}
      </span>
    </div>
  );
}

const CHANGED_SINCE = { word: '変更前の結果', icon: 'alert', tone: 'plain' } as const;
