export type CountRow = { readonly id: string; readonly word: string; readonly count: number };

/** Words and how many of each; with a share of all, where that says something. */
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
            <td className="w-24 border-y border-r border-solid-gray-300 px-3 py-1.5 text-right whitespace-nowrap text-solid-gray-700">
              {shareWords(count, total)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** '12%'; few are not shown as none. */
function shareWords(count: number, total: number): string {
  if (total === 0) return '';
  const percent = Math.round((count / total) * 100);
  return count > 0 && percent === 0 ? '1%未満' : `${percent}%`;
}
