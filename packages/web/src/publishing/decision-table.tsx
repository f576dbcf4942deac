import type { ProposalDetail } from '@madoguchi/server/publish-contract';
import { momentShown } from '../words/japanese-time.ts';

/** The column of seals 決裁欄: who has decided, and what is still open; on paper the open ones are there to be stamped. */
export function DecisionTable({
  proposal: { steps, decisions },
}: {
  proposal: Pick<ProposalDetail, 'steps' | 'decisions'>;
}) {
  const count = Math.max(steps, decisions.length);
  if (count === 0) {
    return <p className="text-std-16N-170">本番で使う電話番号がないため、この伺いに決裁は要りません。</p>;
  }
  return (
    <table className="w-full border-collapse bg-white text-dns-16N-130">
      <caption className="mb-1 text-left text-std-16B-170">決裁</caption>
      <thead>
        <tr className="text-left text-dns-14B-130">
          {['段', '決裁', '決裁した人', '日時', '代決・理由'].map((title) => (
            <th key={title} scope="col" className="border border-solid-gray-420 bg-solid-gray-50 px-3 py-2">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: count }, (_, place) => {
          const taken = decisions[place];
          const cells = [
            `${place + 1}段目`,
            taken === undefined ? '未決' : taken.decision === 'approved' ? '決裁' : '差戻し',
            taken?.by.name ?? '',
            taken === undefined ? '' : momentShown(taken.at),
            taken === undefined
              ? ''
              : `${taken.onBehalfOf === null ? '' : `${taken.onBehalfOf}の代決　`}${taken.reason}`,
          ];
          return (
            <tr key={cells[0]} className="print:h-16">
              {cells.map((words, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns never move
                <td key={column} className="border border-solid-gray-420 px-3 py-2">
                  {words}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
