import type { TrunkTestResult } from '@madoguchi/server/trunk-contract';
import { useId } from 'react';
import { Icon } from '../design/icon.tsx';
import { StateLabel } from '../design/state-label.tsx';

export const VERDICTS = {
  good: { word: '良好', icon: 'check', tone: 'good' },
  warning: { word: '要確認', icon: 'alert', tone: 'warning' },
  bad: { word: '問題あり', icon: 'cross', tone: 'bad' },
} as const;
type Words = TrunkTestResult['trunk'];

/** The worst of all answers: what a list shows in one word. */
export function verdictOf({ trunk, accounts }: TrunkTestResult): Words['verdict'] {
  const all = [trunk, ...accounts].map(({ verdict }) => verdict);
  return all.includes('bad') ? 'bad' : all.includes('warning') ? 'warning' : 'good';
}

/** What the carrier answered, in words, with what to do next. */
export function TestResult({ result, title }: { result: TrunkTestResult; title: string }) {
  const headingId = useId();
  return (
    <section
      aria-labelledby={headingId}
      className="rounded-8 border border-solid-gray-300 bg-white px-5 py-4"
    >
      <h3 id={headingId} className="mb-2 text-std-16B-170">
        {title}
      </h3>
      <dl className="flex flex-col gap-3">
        <Answer asked="相手の機器" words={result.trunk} />
        {result.accounts.map((account) => (
          <Answer key={account.number} asked={`番号 ${account.numberShown} の登録`} words={account} />
        ))}
      </dl>
    </section>
  );
}

function Answer({ asked, words }: { asked: string; words: Words }) {
  return (
    <div className="grid grid-cols-[20rem_1fr] items-start gap-x-4 gap-y-1">
      <dt className="flex flex-wrap items-center gap-2 text-std-16N-170">
        <StateLabel {...VERDICTS[words.verdict]} />
        <span className="numerals">{asked}</span>
      </dt>
      <dd>
        <p className="text-std-16B-170 text-solid-gray-900">{words.text}</p>
        {words.advice === null ? null : (
          <p className="flex gap-1.5 text-std-16N-170">
            <Icon name="chevronRight" className="mt-1 size-4" />
            {words.advice}
          </p>
        )}
      </dd>
    </div>
  );
}
