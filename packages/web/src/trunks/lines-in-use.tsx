import type { LinesInUse, TrunkDraft } from '@madoguchi/server/trunk-contract';

/** How many lines of a trunk are in use now, of how many. @param inUse null: not known just now */
export function LinesInUseOf({ lines, inUse }: { lines: TrunkDraft['lines']; inUse: LinesInUse | null }) {
  const { total, received, transferred, placed, whenFull } = lines;
  const shares = [
    ['受ける', inUse?.received, received],
    ['転送', inUse?.transferred, transferred],
    ['かける', inUse?.placed, placed],
  ] as const;
  return (
    <>
      <p className="flex items-baseline gap-1">
        <span className="text-std-24B-150 leading-100 text-key-900">
          {inUse === null ? '—' : inUse.received + inUse.transferred + inUse.placed}
        </span>
        <span>/ {total} 回線</span>
        {inUse === null ? <span>（使用中の数は、いま分かりません）</span> : null}
      </p>
      <p className="flex flex-wrap gap-x-3">
        {shares.map(([word, used, most]) => (
          <span key={word} className="whitespace-nowrap">
            {word} {used ?? '—'} / {most}
          </span>
        ))}
      </p>
      <p className="text-solid-gray-700">
        空きがないときは{whenFull.type === 'busy' ? '話し中' : 'アナウンス'}
      </p>
    </>
  );
}
