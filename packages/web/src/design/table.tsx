import type { ReactNode } from 'react';
import {
  Cell as AriaCell,
  Column as AriaColumn,
  Row as AriaRow,
  Table as AriaTable,
  TableBody,
  TableHeader,
} from 'react-aria-components/Table';
import { Icon } from './icon.tsx';

export type Column<T> = {
  readonly id: string;
  readonly title: string;
  /** Names the row to a screen reader; exactly one column has it. */
  readonly isRowHeader?: boolean;
  readonly width?: string;
  /** Its heading sorts the rows; the table has to be given `sort`. */
  readonly isSortable?: boolean;
  readonly cell: (row: T) => ReactNode;
};

export type Sort = { readonly column: string; readonly direction: 'ascending' | 'descending' };

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
  sort,
  onSort,
}: {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  idOf: (row: T) => string;
  hrefOf?: (row: T) => string;
  /** What typing ahead looks for. */
  textOf: (row: T) => string;
  /** How `rows` are sorted now: sorting them is the caller's. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
}) {
  return (
    <div className="overflow-x-auto rounded-8 border border-solid-gray-300 bg-white print:overflow-visible print:border-0">
      <AriaTable
        aria-label={label}
        className="w-full border-collapse"
        {...(sort === undefined ? {} : { sortDescriptor: sort })}
        onSortChange={({ column, direction }) => onSort?.({ column: String(column), direction })}
      >
        <TableHeader>
          {columns.map((column) => (
            <AriaColumn
              key={column.id}
              id={column.id}
              isRowHeader={column.isRowHeader ?? false}
              allowsSorting={column.isSortable ?? false}
              className={`border-b border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-left text-dns-14B-130 whitespace-nowrap text-solid-gray-900 ${column.width ?? ''}`}
            >
              {column.isSortable ? (
                <SortableTitle title={column.title} id={column.id} sort={sort} />
              ) : (
                column.title
              )}
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

function SortableTitle({ title, id, sort }: { title: string; id: string; sort: Sort | undefined }) {
  const isUp = sort?.direction === 'ascending';
  return (
    <span className="inline-flex cursor-pointer items-center gap-1 text-key-900 underline underline-offset-4 print:text-solid-gray-900 print:no-underline">
      {title}
      <span className={`print:hidden ${sort?.column === id ? '' : 'invisible'}`}>
        <Icon name={isUp ? 'chevronUp' : 'chevronDown'} className="size-4" />
      </span>
    </span>
  );
}
