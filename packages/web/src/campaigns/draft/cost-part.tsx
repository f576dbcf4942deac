import type { CostEstimate } from '@madoguchi/server/campaign-contract';
import { yenWords } from '../campaign-words.ts';

/** What the campaign is likely to cost, and what that was reckoned from. */
export function CostPart({ estimate }: { estimate: CostEstimate | null }) {
  if (estimate === null)
    return <p className="text-std-16N-170 text-solid-gray-700">名簿を取り込むと、ここに見込みが出ます。</p>;
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Figure name="見込み" value={yenWords(estimate.likelyYen)} isMain />
        <Figure name="少ない場合" value={yenWords(estimate.lowYen)} />
        <Figure name="いちばん多い場合" value={yenWords(estimate.worstYen)} />
      </dl>
      <p className="text-std-16N-170">
        いずれも税込みです。月の予算を超えて発信することはありません。足りなくなったときは、翌月まで待ちます。
      </p>
      {estimate.assumptions.length === 0 ? null : (
        <ul aria-label="見込みの前提" className="list-disc pl-6 text-std-16N-170 text-solid-gray-700">
          {estimate.assumptions.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Figure({ name, value, isMain = false }: { name: string; value: string; isMain?: boolean }) {
  return (
    <div>
      <dt className="text-dns-14B-130 text-solid-gray-700">{name}</dt>
      <dd className={`numerals ${isMain ? 'text-std-28B-150' : 'text-std-22B-150'}`}>{value}</dd>
    </div>
  );
}
