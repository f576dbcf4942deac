/** Rows of a file as its reader will have them; it scrolls both ways. */
export function RowsOfFile({
  label,
  headers,
  rows,
}: {
  label: string;
  headers: readonly string[];
  rows: readonly (readonly string[])[];
}) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable (axe: scrollable-region-focusable)
      tabIndex={0}
      className="max-h-80 overflow-auto rounded-8 border border-solid-gray-300 bg-white"
    >
      <table className="numerals border-collapse text-dns-14N-130 whitespace-nowrap">
        <thead>
          <tr className="border-b border-solid-gray-420 bg-solid-gray-50 text-left">
            {headers.map((header, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change places, and names may be double
              <th key={at} scope="col" className="px-3 py-2">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows never change places
            <tr key={at} className="border-b border-solid-gray-200 last:border-b-0">
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells never change places
                <td key={column} className="px-3 py-1.5">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
