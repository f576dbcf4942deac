import { firstWordsOf, kindLabel, titleOf } from '../node-words.ts';
import { useStudio } from '../studio-context.tsx';
import { type NodeFigures, percentOf } from './figures.ts';
import { STAYED } from './rows.ts';

/** All that is known of the chosen node, with its words in full. */
export function NodeFiguresPanel({ figures }: { figures: readonly NodeFigures[] }) {
  const { state } = useStudio();
  const [chosen] = [...state.selection].slice(-1);
  const own = figures.find(({ nodeId }) => nodeId === chosen);
  if (own === undefined) {
    return (
      <p className="p-4 text-std-16N-170 text-solid-gray-700">
        ノードを選ぶと、ここに案内の文と件数が出ます。
      </p>
    );
  }
  const { node, came, ways, hungUp, ended, talking } = own;
  const words = firstWordsOf(node);
  const stayed = [
    { what: STAYED.hungUp, count: hungUp },
    { what: STAYED.ended, count: ended },
    { what: STAYED.talking, count: talking },
  ].filter(({ count }) => count > 0);
  return (
    <div className="flex flex-col gap-3 p-4">
      <h2 tabIndex={-1} className="text-std-20B-150">
        {titleOf(node)}
        <span className="ml-2 text-std-16N-170 text-solid-gray-700">{kindLabel(node.kind)}</span>
      </h2>
      {words === '' ? null : <p className="text-std-16N-170 whitespace-pre-line">{words}</p>}
      <p className="numerals text-std-16B-170">来た電話　{came}件</p>
      <dl className="flex flex-col gap-2">
        {[...ways.map(({ label, count }) => ({ what: label, count })), ...stayed].map(({ what, count }) => (
          <div key={what} className="grid grid-cols-[1fr_auto] gap-x-3 text-std-16N-170">
            <dt>{what}</dt>
            <dd className="contents">
              <span className="numerals font-bold">
                {count}件{came === 0 ? '' : `（${percentOf(count, came)}）`}
              </span>
              <meter
                aria-hidden="true"
                min={0}
                max={Math.max(came, 1)}
                value={count}
                className="col-span-2 block h-3 w-full"
              />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
