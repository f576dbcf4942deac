import type { ReactNode } from 'react';
import {
  Cell as AriaCell,
  Column as AriaColumn,
  Row as AriaRow,
  Table as AriaTable,
  TableBody,
  TableHeader,
} from 'react-aria-components/Table';

export type Column<T> = {
  readonly id: string;
  readonly title: string;
  /** Names the row to a screen reader; exactly one column has it. */
  readonly isRowHeader?: boolean;
  readonly width?: string;
  readonly cell: (row: T) => ReactNode;
};

/**
 * A table that takes one stop of the Tab key: arrow keys move between rows, Enter opens the row (where it has an address).
 * Each row object must stay the same object while it is unchanged, then it is not drawn again.
 */
export function Table<T extends object>({
  label,
  columns,
  rows,
  idOf,
  hrefOf,
  textOf,
}: {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  idOf: (row: T) => string;
  hrefOf?: (row: T) => string;
  /** What typing ahead looks for. */
  textOf: (row: T) => string;
}) {
  return (
    <div className="overflow-x-auto rounded-8 border border-solid-gray-300 bg-white print:overflow-visible print:border-0">
      <AriaTable aria-label={label} className="w-full border-collapse">
        <TableHeader>
          {columns.map((column) => (
            <AriaColumn
              key={column.id}
              id={column.id}
              isRowHeader={column.isRowHeader ?? false}
              className={`border-b border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-left text-dns-14B-130 whitespace-nowrap text-solid-gray-900 ${column.width ?? ''}`}
            >
              {column.title}
            </AriaColumn>
          ))}
        </TableHeader>
        <TableBody items={rows}>
          {(row) => {
            const href = hrefOf?.(row);
            return (
              <AriaRow
                id={idOf(row)}
                textValue={textOf(row)}
                {...(href === undefined ? {} : { href })}
                className={`group border-b border-solid-gray-200 last:border-b-0 ${href === undefined ? '' : 'cursor-pointer data-hovered:bg-key-50'}`}
              >
                {columns.map((column) => (
                  <AriaCell key={column.id} className="px-3 py-2 align-middle text-dns-16N-130">
                    {column.cell(row)}
                  </AriaCell>
                ))}
              </AriaRow>
            );
          }}
        </TableBody>
      </AriaTable>
    </div>
  );
}
