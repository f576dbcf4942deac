export type CountRow = { readonly id: string; readonly word: string; readonly count: number };

/** Words and how many of each, with its share of all as a bar and in figures: a chart that can be read aloud. */
export function CountTable({
  caption,
  unit,
  rows,
  empty,
}: {
  caption: string;
  unit: string;
  rows: readonly CountRow[];
  /** Where there are no rows. */
  empty: string;
}) {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <table className="numerals w-full border-collapse self-start rounded-8 bg-white text-dns-16N-130">
      <caption className="mb-1 text-left text-std-16B-170">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">内容</th>
          <th scope="col">数</th>
          <th scope="col">割合</th>
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 ? (
          <tr>
            <td colSpan={3} className="border border-solid-gray-300 px-3 py-2 text-solid-gray-700">
              {empty}
            </td>
          </tr>
        ) : null}
        {rows.map(({ id, word, count }) => (
          <tr key={id}>
            <th
              scope="row"
              className="border-y border-l border-solid-gray-300 px-3 py-1.5 text-left font-normal"
            >
              {word}
            </th>
            <td className="border-y border-solid-gray-300 px-3 py-1.5 text-right font-bold whitespace-nowrap">
              {count.toLocaleString('ja-JP')}
              {unit}
            </td>
            <td className="w-44 border-y border-r border-solid-gray-300 px-3 py-1.5 whitespace-nowrap text-solid-gray-700">
              {total === 0 ? null : <Share count={count} total={total} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Share({ count, total }: { count: number; total: number }) {
  return (
    <span className="flex items-center gap-2">
      <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none" className="h-2.5 min-w-0 grow">
        <rect width="100" height="10" className="fill-solid-gray-100" />
        <rect width={(count / total) * 100} height="10" className="fill-key-700" />
      </svg>
      <span className="w-14 text-right">{shareWords(count, total)}</span>
    </span>
  );
}

/** '12%'; few are not shown as none. */
function shareWords(count: number, total: number): string {
  const percent = Math.round((count / total) * 100);
  return count > 0 && percent === 0 ? '1%未満' : `${percent}%`;
}
