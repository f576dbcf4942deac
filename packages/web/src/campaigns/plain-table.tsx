import type { ReactNode } from 'react';

export type PlainColumn<T> = {
  readonly id: string;
  readonly title: string;
  /** Names the row to a screen reader; exactly one column has it. */
  readonly isRowHeader?: boolean;
  readonly cell: (row: T) => ReactNode;
};

/** A table whose rows hold buttons: each is a stop of the Tab key, unlike in `design/table.tsx`, where the rows are. */
export function PlainTable<T>({
  label,
  columns,
  rows,
  idOf,
}: {
  label: string;
  columns: readonly PlainColumn<T>[];
  rows: readonly T[];
  idOf: (row: T) => string;
}) {
  return (
    <div className="overflow-x-auto rounded-8 border border-solid-gray-300 bg-white print:overflow-visible print:border-0">
      <table aria-label={label} className="w-full border-collapse">
        <thead>
          <tr>
            {columns.map(({ id, title }) => (
              <th
                key={id}
                scope="col"
                className="border-b border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-left text-dns-14B-130 whitespace-nowrap text-solid-gray-900"
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={idOf(row)} className="border-b border-solid-gray-200 last:border-b-0">
              {columns.map(({ id, isRowHeader = false, cell }) =>
                isRowHeader ? (
                  <th key={id} scope="row" className={`${CELL} text-left font-normal`}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} className={CELL}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = 'px-3 py-2 align-middle text-dns-16N-130';
